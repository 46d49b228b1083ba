"""L1–L9: the parts of the paper as far as a text can tell — title, recipients, signature, notes, 版记 (GB/T 9704 §7)."""

import re
from collections.abc import Iterator

from jinguo.gongwen.checking.bodies import same_body
from jinguo.gongwen.checking.findings import Hit, Rule
from jinguo.gongwen.checking.paper import Paper
from jinguo.gongwen.reading.view import HAN

_TITLED = ("通知", "意见", "函", "报告", "请示", "决定", "通报", "批复", "纪要", "公告", "通告")


_CLOSED_TITLE = re.compile(rf"{HAN}{{0,30}}关于.{{2,60}}的(?:{'|'.join(_TITLED)})(?P<m>[。，；：、,;:.])")
_HEAD_LINES = 6


def title_end(paper: Paper) -> Iterator[Hit]:
    """A line of the head that would be the title but for the mark it ends with."""
    if paper.record.title is not None:
        return
    for p in paper.paragraphs[:_HEAD_LINES]:
        m = _CLOSED_TITLE.fullmatch(p.text)
        if m:
            yield Hit(
                src=p.src(*m.span("m")), changes=p.change(*m.span("m"), ""), zh="标题末尾不用标点。", en="A title ends without a mark.",
            )  # fmt: skip
            return


def title_spaces(paper: Paper) -> Iterator[Hit]:
    """A blank between two Han characters of the title. Inside quotes it belongs to the name; between joint issuers and
    between two matters it is meant, so a person is asked."""
    for p in paper.within("title"):
        bare = re.sub("“[^”]*”|《[^》]*》", lambda m: "\x00" * len(m[0]), p.text)
        for m in re.finditer(rf"(?<={HAN}|\x00) +(?={HAN}|\x00)", bare):
            if re.search("[会委局部厅院社校团室]$", bare[: m.start()]):
                continue
            yield Hit(
                src=p.src(m.start() - 1, m.end() + 1), offers=(p.text[m.start() - 1] + p.text[m.end()],),
                zh="标题中间多了空格。", en="There is a blank inside the title.", ask_zh="是不是有意空开的？",
                ask_en="Was it meant?",
            )  # fmt: skip


def title_parts(paper: Paper) -> Iterator[Hit]:
    """Organ, matter, genre. A paper under its own mark may go without the organ."""
    record = paper.record
    title = record.title
    if title is None or paper.genre not in _TITLED or "关于" not in title.text:
        return
    if title.text.startswith("关于") and not any(fact.kind == "mark" for fact in record.layout):
        yield Hit(
            src=title.src, zh="标题一般由发文机关名称、事由、文种组成，这里没有发文机关。",
            en="A title usually names the organ, the matter and the genre; the organ is missing.",
            ask_zh="要不要加上发文机关？", ask_en="Add the organ?",
        )  # fmt: skip


_NAMELESS = {
    "title": ("没有标题。", "There is no title."),
    "doc_number": ("没有发文字号。", "There is no document number."),
    "recipients": ("没有主送机关。", "There are no addressees."),
    "sign.org": ("没有发文机关署名。", "The issuing organ has not signed."),
    "sign.date": ("没有成文日期。", "The paper has no date."),
}


def missing_parts(paper: Paper) -> Iterator[Hit]:
    """Parts a notice usually has. A draft may get its number and date later."""
    if paper.genre not in _TITLED and paper.record.title is not None:
        return
    for gap in paper.record.gaps:
        if gap.code in _NAMELESS and not (gap.code == "recipients" and _salutation(paper)):
            zh, en = _NAMELESS[gap.code]
            yield Hit(src=(), zh=zh, en=en, ask_zh="发文前补上。", ask_en="Fill it in before issuing.")


def _salutation(paper: Paper) -> bool:
    """A line below the title that ends with a colon addresses someone, whoever it is."""
    titles = [n for n, p in enumerate(paper.paragraphs) if p.zone == "title"]
    below = paper.paragraphs[titles[-1] + 1 : titles[-1] + 2] if titles else []
    return any(p.text[-1] in "：:" and "如下" not in p.text for p in below)


def year_of_number(paper: Paper) -> Iterator[Hit]:
    number, day = paper.record.doc_number, paper.record.sign.date
    if number and day and not number.inferred and abs(number.year - int(day[:4])) == 1:
        yield Hit(
            src=number.src, zh=f"文号是{number.year}年的，成文日期是{day[:4]}年。", en=f"The number is of {number.year}, the date of {day[:4]}.",
            ask_zh="哪一个对？", ask_en="Which one is right?",
        )  # fmt: skip


def two_names(paper: Paper) -> Iterator[Hit]:
    """The mark and the signature name different bodies."""
    record = paper.record
    mark = next((f for f in record.layout if f.kind == "mark"), None)
    organ = record.sign.org or ""
    if mark is None or not organ or " " in organ:
        return
    head = re.sub(r"\s|文件$", "", mark.text)
    if not same_body(head, organ):
        yield Hit(
            src=mark.src + record.sign.src[:1], zh=f"发文机关标志是“{head}”，署名是“{organ}”。", en=f"The mark says {head}, the signature {organ}.",
            ask_zh="以哪个为准？", ask_en="Which one is right?",
        )  # fmt: skip


def no_text_page(paper: Paper) -> Iterator[Hit]:
    for p in paper.paragraphs:
        m = re.fullmatch(r"[（(]此页无正文[）)]", p.text)
        if m:
            yield Hit(
                src=p.src(*m.span()), changes=p.change(*m.span(), ""), zh="2012 年的标准不再用“此页无正文”，用调整行距、字距的办法。",
                en="Since 2012 此页无正文 is no longer used; adjust the spacing instead.",
            )  # fmt: skip


def note_brackets(paper: Paper) -> Iterator[Hit]:
    """此件公开发布 below the date."""
    sign = paper.record.sign.src
    for p in paper.within("after", "body"):
        if sign and p.pos[0] > sign[-1].end and re.fullmatch("此件[^（）。]{2,20}", p.text):
            changes = p.change(0, 0, "（") + p.change(len(p.text), len(p.text), "）")
            yield Hit(src=p.whole(), changes=changes, zh="附注加圆括号。", en="A note stands in round brackets.")


def copies_end(paper: Paper) -> Iterator[Hit]:
    """The last body that gets a copy is followed by a full stop."""
    lines = paper.within("imprint")
    start = next((n for n, p in enumerate(lines) if re.match("抄送[：:]", p.text)), None)
    if start is None:
        return
    end = start
    while end + 1 < len(lines) and not re.search("印发|年|共印|^主送", lines[end + 1].text):
        end += 1
    last = lines[end]
    if end + 1 < len(lines) and end > start and re.search("办公室$|妇女联合会$|妇联$", last.text):
        last = lines[end - 1]  # the printing office on a line of its own
    if last.text[-1] not in "。；;，,.、":
        yield Hit(
            src=last.src(len(last.text) - 1, len(last.text)), changes=last.change(len(last.text), len(last.text), "。"),
            zh="最后一个抄送机关后面用句号。", en="A full stop follows the last body that gets a copy.",
        )  # fmt: skip


def label_space(paper: Paper) -> Iterator[Hit]:
    for p in paper.within("body", "annex"):
        m = re.match(
            rf"(?:[一二三四五六七八九十]{{1,3}}、|[（(][一二三四五六七八九十]{{1,3}}[）)])(?P<s>[ \u3000]+)(?={HAN})",
            p.text,
        )
        if m:
            yield Hit(
                src=p.src(*m.span()), changes=p.change(*m.span("s"), ""), zh="序号后面多了空格。", en="There is a blank after the number.",
            )  # fmt: skip


RULES = (
    Rule(id="L1", part="end", strength="G", basis="15834 B.4", zh="标题末尾无标点", en="no mark at the end of the title", find=title_end),
    Rule(id="L1", part="space", strength="P", basis="usage", zh="标题无空格", en="no blanks in the title", find=title_spaces),
    Rule(id="L2", strength="G", basis="regulation 九", zh="标题三要素", en="parts of the title", find=title_parts),
    Rule(id="L3", strength="G", basis="regulation 九", zh="公文要素齐全", en="parts of the paper", find=missing_parts),
    Rule(id="L4", strength="P", basis="usage", zh="文号和日期同年", en="number and date of one year", find=year_of_number),
    Rule(id="L5", strength="G", basis="9704 7.2.4", zh="标志和署名一致", en="mark and signature agree", find=two_names),
    Rule(id="L6", strength="G", basis="9704 7.3.5.5", zh="不用“此页无正文”", en="no 此页无正文", find=no_text_page),
    Rule(id="L7", strength="M", basis="9704 7.3.6", zh="附注加括号", en="note in brackets", find=note_brackets),
    Rule(id="L8", strength="M", basis="9704 7.4.2", zh="抄送末尾句号", en="full stop after copies", find=copies_end),
    Rule(id="L9", strength="P", basis="usage", zh="序号后无空格", en="no blank after numbers", find=label_space),
)  # fmt: skip
