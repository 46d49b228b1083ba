"""The headings of the body: labelled lines in any scheme, lines that stand out without a label, and where each heading ends."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jinguo.gongwen.lexicon import Lexicon, any_of
from jinguo.gongwen.reading.context import Context
from jinguo.gongwen.reading.markers import Label, bare_labels, heading_label
from jinguo.gongwen.reading.nesting import Step, depths
from jinguo.gongwen.reading.view import HAN, Paragraph

_MAX_HEADING = 40  # a longer one is a whole sentence
_MAX_SENTENCE = 120
_STOP = re.compile("[。；！？;!?]")
_COLON = re.compile(
    r"[^，。；：:,;（(\n]{2,20}(?<![为是到至在])[：:](?=[^\n])(?![：:\d])|[^，。；：:,;（(\n]{2,20}(?<![\d为是到至在])[：:](?=[^\n])"
)
_STAGE = re.compile(
    r"第?[一二三四五六七八九十\d]{1,2}(?:阶段|步|天|场|期|组|类|环节)[：:]|阶段[一二三四五六七八九十\d][：:]"
)
_BULLET = re.compile(r"[•●■◆▲★◇□※➤▶☆❖][ \u3000]*")
_PLAIN = 25  # characters of a heading without a label
_BLANK = re.compile("[ \u3000]+")
_OWN_NAME = 10  # characters
_COMMA = re.compile("[，,：:]")
# A slot glued to the heading before it: （一）召开大会时间：3月8日.
_SLOT_INSIDE = re.compile(
    "(?<![的及和与、，按定活])(?:活动|比赛|会议)?(?:时间|地点|主要内容|责任单位|牵头单位|参加人员|参加对象)[：:](?=[^\n])"
)
_GLUE = '(?=[ 以为在通根按各全从要使把紧坚围充将“"\\d（]|我|本|广)'


@dataclass(frozen=True)
class Heading:
    """A heading before it has a place in the tree: paragraph, label (text and number empty for none), depth, extent."""

    paragraph: Paragraph
    rule: str
    level: int
    marker: str
    number: int
    head_start: int


def headings(ctx: Context, body: Sequence[Paragraph]) -> list[Heading]:
    """All headings in the order of the text, their levels told by the order in which their kinds appear."""
    texts = [ctx.text[p.start : p.end] for p in body]
    labels = _labels(texts)
    plain = _plain(ctx, body, texts, labels)
    places = sorted({*labels, *plain})
    steps = [_step(labels.get(i), plain.get(i)) for i in places]
    return [
        _labelled(ctx, body[i], labels[i], level) if i in labels else _unlabelled(body[i], texts[i], level, plain[i])
        for i, level in zip(places, depths(steps), strict=True)
    ]


def _step(label: Label | None, rule: str | None) -> Step:
    if label:
        return Step(label.rule, label.level, label.number)
    return Step("heading.han", 1, 1) if rule == "heading.lost_label" else Step("plain", 0, 0)


def _labels(texts: Sequence[str]) -> dict[int, Label]:
    rows = ["" if "\t" in text else text for text in texts]
    found = {i: label for i, text in enumerate(rows) if (label := heading_label(text))}
    return {**bare_labels(rows), **found}


def _labelled(ctx: Context, paragraph: Paragraph, label: Label, level: int) -> Heading:
    doubled = label.text[:2] in ("（（", "((")
    marker = ctx.words(paragraph.start + doubled, paragraph.start + len(label.text))
    return Heading(paragraph, label.rule, level, marker, label.number, paragraph.start + label.length)


def _unlabelled(paragraph: Paragraph, text: str, level: int, rule: str) -> Heading:
    bullet = _BULLET.match(text)
    return Heading(paragraph, rule, level, "", 0, paragraph.start + (bullet.end() if bullet else 0))


def _plain(ctx: Context, body: Sequence[Paragraph], texts: Sequence[str], labels: dict[int, Label]) -> dict[int, str]:
    """Headings without a label, by the rule that found them; none in a paper whose sections are numbered 一、二、."""
    numbered = [i for i, label in labels.items() if label.level <= 1]
    if numbered:
        return _lost_first(ctx, texts, labels, min(numbered))
    slot = slot_line(ctx.lexicon)
    found: dict[int, str] = {}
    for i, text in enumerate(texts):
        if i in labels or "\t" in text or len(text) > _PLAIN or text[-1] in "。；，,;、" or "：" in text[:-1]:
            continue
        bullet = _BULLET.match(text)
        if bullet and len(text) > bullet.end():
            found[i] = "heading.bullet_line"
        elif slot.fullmatch(text):
            found[i] = "heading.slot_line"
        elif ctx.view.bold_end(body[i].start) == body[i].end and text[-1] not in "：:":
            found[i] = "heading.bold_line"
    found = {i: rule for i, rule in found.items() if i + 1 < len(texts)}
    if labels or len(found) > 1:
        return found
    return _lines_above_prose(texts)


def _lost_first(ctx: Context, texts: Sequence[str], labels: dict[int, Label], second: int) -> dict[int, str]:
    """The line of the first section, where the paper's numbering begins at 二、: a slot's name that lost its 一、."""
    if labels[second].number != 2:
        return {}
    slot = slot_line(ctx.lexicon)
    lost = next((i for i in range(second) if i not in labels and slot.fullmatch(texts[i])), None)
    return {} if lost is None else {lost: "heading.lost_label"}


def _lines_above_prose(texts: Sequence[str]) -> dict[int, str]:
    """Short lines, each above a paragraph of prose, at least two of them, in a paper that labels nothing."""
    found = {
        i: "heading.line_above_prose"
        for i, text in enumerate(texts[:-1])
        if 4 <= len(text) <= _PLAIN
        and re.fullmatch(rf"[{HAN[1:-1]}A-Za-z“”《》·， ！、—]+", text)
        and text[-1] not in "，、"
        and len(texts[i + 1]) > 2 * len(text)
        and texts[i + 1][-1] in "。！；"
    }
    return found if len(found) > 1 else {}


def slot_line(lexicon: Lexicon) -> re.Pattern[str]:
    """A line that only names a slot of the plan: 活动时间, 参赛对象："""
    return lexicon.compiled(
        "headings.slot_line", lambda words: rf"{HAN}{{0,6}}{any_of(words.words('headings', 'slot_ends'))}[：:]?"
    )


def extent(ctx: Context, start: int, end: int, label_at: int) -> tuple[str, int]:
    """Where a heading that starts at `start` ends, and the rule that says so."""
    stop = _STOP.search(ctx.mask, start, end)
    bold = ctx.view.bold_end(label_at) if start < end else None
    if bold is not None and start < bold < end and (not stop or bold <= stop.end() or ctx.text[bold - 1] in "。：:"):
        return "heading.bold", bold
    limit = stop.start() if stop else end
    slot = _SLOT_INSIDE.search(ctx.text, start + 4, limit)
    if slot and _parts_heading(ctx, start, slot.start()):
        return "heading.before_slot", slot.start()
    colon = None if _STAGE.match(ctx.text, start, limit) else _COLON.match(ctx.mask, start, limit)
    if colon:
        return "heading.colon", colon.end() - 1
    blank = _BLANK.search(ctx.text, start, min(limit, start + _PLAIN))
    if (
        blank
        and blank.start() > start
        and limit - blank.end() >= 8
        and slot_line(ctx.lexicon).fullmatch(ctx.text, start, blank.start())
    ):
        return "heading.blank", blank.start()
    glued = _glued(ctx, start, end)
    if glued:
        return "heading.glued", glued
    if stop is None:
        return "heading.line", end
    if limit - start <= _MAX_HEADING:
        return "heading.first_stop", limit
    if limit - start <= _MAX_SENTENCE:
        return "heading.sentence", limit
    comma = _COMMA.search(ctx.mask, start + 2, limit)
    return "heading.first_clause", comma.start() if comma else limit


def _parts_heading(ctx: Context, start: int, slot: int) -> bool:
    """The slot is a further thing behind the heading, not the end of the heading's own name (作品征集时间：)."""
    apart = ctx.text[slot - 1] in " \u3000" or slot - start >= _OWN_NAME
    return apart and _COMMA.search(ctx.mask, start, slot) is None


def _glued(ctx: Context, start: int, end: int) -> int | None:
    """指导思想以…为指导: a slot's name with its text right behind it."""
    pattern = ctx.lexicon.compiled("headings.glued", _glued_pattern)
    m = pattern.match(ctx.text, start, end)
    return m.end() if m and end - m.end() >= 8 else None


def _glued_pattern(lexicon: Lexicon) -> str:
    known = any_of(lexicon.words("headings", "glued")) + _GLUE
    led_by = f"{HAN}{{2,4}}?{any_of(lexicon.words('headings', 'slot_ends'))}(?=以)"
    value = "(?:活动|会议|比赛)(?:主题|时间|地点)(?![和与及、的安要宣])"
    return f"{known}|{led_by}|{value}"
