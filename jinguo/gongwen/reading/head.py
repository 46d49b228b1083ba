"""The head of the paper: document number, title with matter and genre, issuer, recipients, and what is unusual in them."""

import re

from jinguo.gongwen.lexicon import any_of
from jinguo.gongwen.parts import DocNumber, Recipient, Text
from jinguo.gongwen.reading.context import Context
from jinguo.gongwen.reading.head_lines import DOC_NUMBER
from jinguo.gongwen.reading.masks import cut
from jinguo.gongwen.reading.view import HAN, View
from jinguo.gongwen.remarks import Deviation

_SPACES = re.compile("[ \u3000]+")


_OPEN_KIND = re.compile(
    "各(?:[县市区旗州盟]|乡镇?|镇|街道)(?:（[^（）]{1,8}）)?"
)  # 各县（市）、| 区人民政府: one group
_KIND = re.compile("(?:[县市区旗州盟]|乡镇|镇|街道|局|开发区|管理区)(?:（[^（）]{1,8}）)?(?=[^、，])")


def read_number(ctx: Context) -> tuple[DocNumber | None, list[Deviation]]:
    """发文字号 in the head; the same form in the body is a citation and is not looked for here."""
    for paragraph in ctx.view.in_zone("number"):
        m = DOC_NUMBER.search(ctx.text, paragraph.start, paragraph.end)
        if m:
            src = ctx.src(m.start(), m.end())
            year = int(m["y"]) if len(m["y"]) == 4 else 2000 + int(m["y"])
            number = DocNumber(
                text=ctx.words(*m.span()), code=ctx.words(*m.span("code")), year=year, number=int(m["n"]), src=src, rule="head.number",
                inferred=len(m["y"]) != 4,
            )  # fmt: skip
            return number, _number_deviations(m, ctx)
    return None, []


def _number_deviations(m: re.Match[str], ctx: Context) -> list[Deviation]:
    faults = {
        "doc_number.brackets": (m["o"] + m["c"] != "〔〕", "发文字号的年份应加六角括号〔〕"),
        "doc_number.di": (m["di"] is not None, "发文字号的序号前不加“第”"),
        "doc_number.padding": (m["n"].startswith("0"), "发文字号的序号不编虚位"),
        "doc_number.year": (len(m["y"]) != 4, "发文字号的年份应标全称"),
    }
    src = ctx.src(m.start(), m.end())
    return [
        Deviation(text=ctx.words(*m.span()), code=code, message=message, src=src, rule="gbt9704.7.2.5")
        for code, (wrong, message) in faults.items()
        if wrong
    ]


class Title:
    """Title, and what its words say: matter, genre, subtype, issuing organ."""

    def __init__(self) -> None:
        self.title: Text | None = None
        self.matter: Text | None = None
        self.genre: Text | None = None
        self.subtype: Text | None = None
        self.issuer: Text | None = None
        self.deviations: list[Deviation] = []


def read_title(ctx: Context) -> Title:
    """Everything the title line says. Empty when the paper has none."""
    found = Title()
    paragraph = next(iter(ctx.view.in_zone("title")), None)
    if paragraph is None:
        return found
    start, end = paragraph.start, paragraph.end
    text = ctx.view.plain[start:end]
    found.title = Text(text=_tidy(text), src=ctx.src(start, end), rule="head.title")
    found.deviations = _title_spaces(ctx, start, end)
    genre = any_of(ctx.lexicon.genres)
    whole = re.compile(
        rf"(?P<org>.*?)关[ \u3000]?于(?P<matter>.+?)的?[ \u3000]*(?P<genre>{genre})(?P<note>（[^（）]*）)?"
    )
    m = whole.fullmatch(ctx.text, start, end) or re.compile(
        rf"(?P<matter>.*?)的?[ \u3000]*(?P<genre>{genre})(?:（[^（）]*）)?"
    ).fullmatch(ctx.text, start, end)
    if m is None:
        return found
    found.genre = Text(text=_tidy(ctx.words(*m.span("genre"))), src=ctx.src(*m.span("genre")), rule="title.genre")
    if m["matter"].strip():
        matter_start, matter_end = m.span("matter")
        found.matter = Text(
            text=_tidy(ctx.words(matter_start, matter_end)), src=ctx.src(matter_start, matter_end), rule="title.matter"
        )
        found.subtype = _subtype(ctx, found.matter)
    if m.groupdict().get("org"):
        found.issuer = Text(text=_tidy(ctx.words(*m.span("org"))), src=ctx.src(*m.span("org")), rule="title.organ")
    return found


def _tidy(text: str) -> str:
    """Without the blanks a title picks up between characters; inside quotation marks they belong to the name."""
    parts = re.split("([“《][^”》]*[”》])", text)
    return "".join(part if i % 2 else _SPACES.sub("", part) for i, part in enumerate(parts)).strip()


def _title_spaces(ctx: Context, start: int, end: int) -> list[Deviation]:
    between = re.compile(rf"(?<=[{HAN[1:-1]}”》）]) +(?=[{HAN[1:-1]}“《（])")
    return [
        Deviation(text=ctx.view.plain[m.start() - 1 : m.end() + 1], code="title.space", message="标题中间多了空格",
                  src=ctx.src(m.start() - 1, m.end() + 1), rule="gbt9704.7.3.1")
        for m in between.finditer(ctx.mask, start, end)
    ]  # fmt: skip


def _subtype(ctx: Context, matter: Text) -> Text | None:
    bare = re.sub("《.*》", "", matter.text)
    key = ctx.lexicon.first_match("subtypes", bare)
    return Text(text=key, src=matter.src, rule="title.subtype") if key else None


def read_mark_organ(view: View) -> Text | None:
    """The organ named by the mark above the number: 清河市妇女联合会文件."""
    for paragraph in view.in_zone("mark"):
        end = paragraph.end - len("文件")
        text = _SPACES.sub("", view.text[paragraph.start : end])
        return Text(text=text, src=view.src(paragraph.start, end), rule="head.mark")
    return None


def read_title_organ(view: View) -> Text | None:
    """The organ a title opens with: 清河市妇女联合会关于…."""
    for paragraph in view.in_zone("title"):
        at = view.text.find("关于", paragraph.start, paragraph.end)
        if at > paragraph.start:
            text = _SPACES.sub("", view.text[paragraph.start : at])
            return Text(text=text, src=view.src(paragraph.start, at), rule="title.organ")
    return None


def read_recipients(ctx: Context) -> tuple[Recipient, ...]:
    """The addressee phrases. A comma parts groups; an enumeration comma parts them too, unless what follows is only a
    further body of the same units (县直各单位妇委会、女职委)."""
    paragraph = next(iter(ctx.view.in_zone("recipients")), None)
    if paragraph is None:
        return ()
    end = paragraph.end - (ctx.text[paragraph.end - 1] in "：:")
    found: list[Recipient] = []
    body = re.compile(any_of(ctx.lexicon.words("people", "bodies")))
    for start, stop in cut(ctx.mask, paragraph.start, end, "，,；;"):
        pieces = cut(ctx.mask, start, stop, "、")
        group = pieces[0]
        bodies = _bodies(ctx, *group)
        for piece in pieces[1:]:
            words = ctx.words(*piece)
            if _OPEN_KIND.fullmatch(ctx.text, *group) and _KIND.match(ctx.text, *piece):
                group, bodies = (group[0], piece[1]), _bodies(ctx, group[0], piece[1])
            elif bodies and body.fullmatch(words) and _spreads(ctx.text[group[0] : group[1]]):
                group, bodies = (group[0], piece[1]), (*bodies, words)
            else:
                found.append(_recipient(ctx, group, bodies))
                group, bodies = piece, _bodies(ctx, *piece)
        found.append(_recipient(ctx, group, bodies))
    return tuple(found)


def _spreads(words: str) -> bool:
    """县直各单位妇委会 limits what follows it; 各县（区）妇联 is complete in itself."""
    return bool(re.search("各单位|直属|直", words))


def _bodies(ctx: Context, start: int, end: int) -> tuple[str, ...]:
    words = ctx.words(start, end)
    known = [b for b in ctx.lexicon.words("people", "bodies") if words.endswith(b)]
    return (max(known, key=len),) if known else ()


def _recipient(ctx: Context, span: tuple[int, int], bodies: tuple[str, ...]) -> Recipient:
    text = ctx.words(*span)
    first = text.split("、")[0]
    scope = first[: -len(bodies[0])] if bodies else first
    return Recipient(
        text=text, scope=_SPACES.sub("", scope), kinds=_kinds(ctx, scope), bodies=bodies, src=ctx.src(*span),
        rule="recipients.spread" if len(bodies) > 1 else "recipients.phrase",
    )  # fmt: skip


def _kinds(ctx: Context, scope: str) -> tuple[str, ...]:
    """各乡镇（街道） offers 乡镇 and 街道: the words after 各 and those in the brackets."""
    m = re.fullmatch(r"各(?P<first>[^（(]*)(?:[（(](?P<rest>[^）)]*)[）)])?", scope.strip())
    if not m:
        return ()
    kinds = ctx.lexicon.words("people", "unit_kinds")
    words = [m["first"], *re.split("[、，,]", m["rest"] or "")]
    found = [word for phrase in words for word in _split_kinds(phrase.strip("、各"), kinds)]
    return tuple(dict.fromkeys(found))


def _split_kinds(phrase: str, kinds: list[str]) -> list[str]:
    """县区 → 县, 区; 乡镇 stays one kind, as people say it."""
    if phrase in kinds:
        return [phrase]
    return list(phrase) if phrase and all(c in kinds for c in phrase) else []
