"""Names in quotation marks: which are programmes, and which are festivals, abbreviations, slogans, quotations, places.

The words to the right decide first, then the lexicon, then the words to the left.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from jinguo.gongwen.lexicon import Lexicon, any_of
from jinguo.gongwen.parts import CitedDocument, Named
from jinguo.gongwen.reading.context import Context
from jinguo.gongwen.reading.head_lines import DOC_NUMBER
from jinguo.gongwen.reading.view import HAN

Kind = Literal["activity", "brand", "festival", "abbreviation", "policy", "slogan", "quotation", "place", "org_brand"]

_PROGRAMMES: tuple[Kind, ...] = ("activity", "brand", "policy")
_TELLING: tuple[Kind, ...] = (
    "festival", "abbreviation", "place", "org_brand", "policy", "quotation", "activity", "slogan", "brand",
)  # fmt: skip
_QUOTED = re.compile('“([^“”\n]{1,60})”|"([^"\n]{1,40})"|「([^「」\n]{1,60})」')
_BOOK = re.compile("《([^《》\n]*(?:[《〈][^《》〈〉\n]*[》〉][^《》\n]*)*)》")
_LAW = re.compile("(?:法|条例|法典|规定|办法|规划|纲要|决定|细则)(?:（[^）]*）)?$")
_NUMBER_AFTER = re.compile(
    rf"\s*[（(]\s*({HAN}{{1,12}}?\s*[〔\[［【（(]\s*\d{{2,4}}\s*[〕\]］】）)]\s*第?\s*\d{{1,4}}\s*号)\s*[）)]"
)


def named(ctx: Context, start: int, end: int) -> tuple[Named, ...]:
    """Each distinct name in [start, end) once, with all its places; quoted ones first, then brands known without marks."""
    found: dict[str, list[tuple[re.Match[str], Kind, str]]] = {}
    for m in _QUOTED.finditer(ctx.text, start, end):
        words = ctx.words(*m.span(m.lastindex or 0))
        kind, rule = _kind(ctx, words, m.start(), m.end())
        found.setdefault(words, []).append((m, kind, rule))
    quoted = [_merged(ctx, words, places) for words, places in found.items()]
    return (*quoted, *_known(ctx, start, end, set(found)))


def programmes(ctx: Context, start: int, end: int, known: Iterable[Named]) -> tuple[Named, ...]:
    """The activities and brands mentioned in [start, end), each with its places there and the kind the whole paper tells."""
    whole = {name.text: name for name in known if name.kind in _PROGRAMMES}
    return tuple(
        replace(name, kind=whole[name.text].kind, head=name.head or whole[name.text].head)
        for name in named(ctx, start, end)
        if name.text in whole
    )


def _merged(ctx: Context, words: str, places: list[tuple[re.Match[str], Kind, str]]) -> Named:
    """One name met in several places is one thing: the most telling place decides its kind."""
    _, kind, rule = min(places, key=lambda place: _TELLING.index(place[1]))
    src = tuple(s for m, _, _ in places for s in ctx.src(*m.span()))
    head = next((h for m, _, _ in places if (h := _head(ctx, m.end()))), "")
    return Named(text=words, kind=kind, head=head, src=src, rule=rule, conf="mid" if rule == "name.default" else "high")


def _head(ctx: Context, at: int) -> str:
    """The words after the closing mark up to an activity head: “漾泉巾帼红” + 巾帼志愿服务."""
    m = ctx.lexicon.compiled("names.head", _head_source).match(ctx.mask, at)
    return m[0] if m else ""


def _head_source(lexicon: Lexicon) -> str:
    return rf"[^，。；、：！？\n“”《》（）的等]{{0,14}}?{any_of(lexicon.words('names', 'activity_heads'))}(?:活动|行动|服务|项目|计划)?"


def _kind(ctx: Context, words: str, start: int, end: int) -> tuple[Kind, str]:
    lexicon = ctx.lexicon
    before, after = ctx.text[max(0, start - 8) : start], ctx.mask[end : end + 20]
    if words in lexicon.words("names", "festivals"):
        return "festival", "name.festival"
    if words in lexicon.words("names", "abbreviations"):
        return "abbreviation", "name.abbreviation"
    if words in lexicon.words("names", "places"):
        return "place", "name.place"
    organisation = rf"{HAN}{{0,12}}?{any_of(lexicon.words('names', 'organisation_heads'))}"
    if re.match(organisation, after) and not re.match(rf"{HAN}{{0,6}}(?:活动|行动)", after):
        return "org_brand", "name.organisation"
    return _kind_by_neighbours(ctx, words, before, end)


def _kind_by_neighbours(ctx: Context, words: str, before: str, end: int) -> tuple[Kind, str]:
    lexicon = ctx.lexicon
    head = _head(ctx, end)
    name_end = bool(re.search(any_of(lexicon.words("names", "name_ends")) + "$", words))
    if len(words) >= 12 and re.search("[，。]", words) and not head:
        return "quotation", "name.quotation"
    if head or name_end:
        return "activity", "name.right_context" if head else "name.own_end"
    if re.search(any_of(lexicon.words("names", "quotation_verbs")) + "[^，。]{0,4}$", before):
        return "quotation", "name.quotation"
    if re.search(any_of(lexicon.words("names", "slogan_verbs")) + "$", before):
        return "slogan", "name.slogan"
    if re.match("主题|为主题|这一主题", ctx.text[end : end + 4]):
        return "activity", "name.theme"
    return "brand", "name.default"


def _known(ctx: Context, start: int, end: int, quoted: set[str]) -> list[Named]:
    places: dict[str, list[int]] = {}
    for m in ctx.lexicon.patterns["names.brands"].finditer(ctx.unquoted, start, end):
        places.setdefault(m[0], []).append(m.start())
    return [
        Named(text=word, kind="brand", head=_head(ctx, at[0] + len(word)), src=tuple(s for a in at for s in ctx.src(a, a + len(word))),
              rule="name.lexicon")
        for word, at in places.items()
        if word not in quoted
    ]  # fmt: skip


def cited_documents(ctx: Context, start: int, end: int) -> tuple[CitedDocument, ...]:
    """《…》 and document numbers of other papers; each title once."""
    found: dict[str, CitedDocument] = {}
    taken: list[tuple[int, int]] = []
    for m in _BOOK.finditer(ctx.text, start, end):
        after = _NUMBER_AFTER.match(ctx.text, m.end())
        stop = after.end() if after else m.end()
        taken.append((m.start(), stop))
        number = after[1] if after else None
        kind = _cited_kind(ctx, m)
        src = ctx.src(m.start(), stop)
        if m[1] and m[1] not in found:
            found[m[1]] = CitedDocument(text=m[1], kind=kind, number=number, src=src, rule="cited.title_marks")
    for m in DOC_NUMBER.finditer(ctx.text, start, end):
        if not any(a <= m.start() < b for a, b in taken):
            text = re.sub("^.*(?:根据|按照|依据|落实|印发|和|及|的)", "", m[0])
            at = m.end() - len(text)
            cited = CitedDocument(text=text, number=text, src=ctx.src(at, m.end()), rule="cited.number", conf="mid")
            found.setdefault(text, cited)
    return tuple(found.values())


def _cited_kind(ctx: Context, m: re.Match[str]) -> Literal["document", "law", "work"]:
    if re.search("关于|通知|意见|方案|函|讲话|报告|计划", m[1]):
        return "document"
    if _LAW.search(m[1]):
        return "law"
    return "work"
