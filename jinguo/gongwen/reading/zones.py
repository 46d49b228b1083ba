"""Which part of the paper each line belongs to — head, title, recipients, body, tail — and which lines are one paragraph.

Works on lines, before any sentence is read: the head and the tail are lists of lines, only the body is prose.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from jinguo.gongwen.lexicon import Lexicon
from jinguo.gongwen.reading.chrome import without_page
from jinguo.gongwen.reading.closing import ANNEX, ClosingPatterns, find_closing
from jinguo.gongwen.reading.head_lines import head_kind, refuse_classified
from jinguo.gongwen.reading.joining import Joiner, unwrapped
from jinguo.gongwen.reading.markers import heading_label
from jinguo.gongwen.reading.titles import TitlePatterns, find_title, unglued
from jinguo.gongwen.reading.unfolding import unfolded
from jinguo.gongwen.reading.view import HAN, Line

Group = tuple[str, list[Line]]

_PAGE_NUMBER = re.compile(
    r"[—–―－─\-·. ]{1,6}\d{1,3}[—–―－─\-·. ]{1,6}|第 ?\d{1,3} ?页(?:[，, /]*共 ?\d{1,3} ?页)?|\d{1,3}/\d{1,3}"
)
_SHEET = re.compile(r"\d、.")
_SHEET_LENGTH = 150  # characters of a sheet's text
_LONE_NUMBER = re.compile(r"\d{1,3}")
_END = "。！？；：…!?;:）)】〕》”’」』"
_SLOT = re.compile(rf"{HAN}{{2,10}}[：:]")
_RECIPIENT_WORD = re.compile(
    "各|妇联|单位|部门|街道|乡镇|社区|委员会|妇委会|妇女|局|会员|企业|学校|同志|朋友|家庭|姐妹|同学|老师|团支部|工会|群众|职工|居民|市民|分会"
)
# Addressees and the first sentence on one line.
_GLUED = re.compile(
    r"(?:各|全[省市区县镇乡校院体]|[省市区县]直|尊敬的|广大|亲爱的)[^。；：“”]{1,150}(?<!\d)[：:](?=.{10})"
)  # no colon of 17:00
_BRACKETED = re.compile("[（【](?:各|[省市区县]).{3,150}[）】][：:]?")
_UNMARKED = re.compile(rf"各[{HAN[1:-1]}（）、，]{{3,80}}")
_ISSUES = re.compile("印发|转发|批转|下发|附后|制定了?|发给你们")

_PLAN = re.compile("(?:方案|要点|计划|办法|细则|安排)(?:（.{1,12}）)?$")


@dataclass(frozen=True)
class Zoned:
    """The lines grouped: `groups` are paragraphs (zone, lines) in order; the rest are facts of the page."""

    groups: list[Group]
    page_numbers: list[Line] = field(default_factory=list)
    running_heads: list[Line] = field(default_factory=list)
    page_lines: list[Line] = field(default_factory=list)  # menus, sources, share buttons of a web page
    splits: list[tuple[Line, Line]] = field(default_factory=list)  # the two lines a page edge parted


def zoned(lines: list[Line], lexicon: Lexicon, is_bold: Callable[[Line], bool]) -> Zoned:
    """Sort the lines into zones and join page-cut prose. Raises Unreadable for a classified paper."""
    titles, closing, joiner = TitlePatterns.of(lexicon), ClosingPatterns.of(lexicon), Joiner.of(lexicon, is_bold)
    lines, page = without_page(lines, lexicon)
    lines, page_numbers, running = _without_page_marks(lines)
    lines = unfolded(unglued(unwrapped(_without_sheet_marks(lines)), titles))
    title, title_end = find_title(lines, titles)
    groups: list[Group] = []
    at = _read_head(lines, title, title_end, groups)
    lines = _unglued_recipients(lines, at)
    at = _read_recipients(lines, at, groups)
    body_end, tail = find_closing(lines, at, closing)
    prose = lines[at:body_end]
    groups += joiner.paragraphs(prose)
    if not any(heading_label(line.text) for line in prose) and not _has_points(prose):
        words = "".join(line.text for line in [*lines[title or 0 : title_end], *prose])
        tail = _with_issued_paper(words, tail, joiner)
    return Zoned(groups + tail, page_numbers, running, page, joiner.splits)


def _without_page_marks(lines: list[Line]) -> tuple[list[Line], list[Line], list[Line]]:
    numbers = {i for i, line in enumerate(lines) if _PAGE_NUMBER.fullmatch(line.text) or _is_lone_page_number(lines, i)}
    counts: dict[str, int] = {}
    for i in numbers:
        for j in (i - 1, i + 1):
            if 0 <= j < len(lines) and lines[j].text[-1] not in _END and 4 <= len(lines[j].text) <= 40:
                counts[lines[j].text] = counts.get(lines[j].text, 0) + 1
    heads = {i for i, line in enumerate(lines) if counts.get(line.text, 0) > 1 and {i - 1, i + 1} & numbers}
    kept = [line for i, line in enumerate(lines) if i not in numbers and i not in heads]
    return kept, [lines[i] for i in sorted(numbers)], [lines[i] for i in sorted(heads)]


def _is_lone_page_number(lines: list[Line], i: int) -> bool:
    """Digits alone that part a sentence; 01 above a heading is that heading's number."""
    if not _LONE_NUMBER.fullmatch(lines[i].text) or not 0 < i < len(lines) - 1:
        return False
    above, below = lines[i - 1].text, lines[i + 1].text
    return len(above) > 12 and above[-1] not in _END and heading_label(below) is None and len(below) > 12


def _without_sheet_marks(lines: list[Line]) -> list[Line]:
    """The lines without the 1、 2、 3、 that a file viewer writes at the top of each sheet, in the middle of a sentence."""
    if not lines or not _SHEET.match(lines[0].text):
        return lines
    out = [lines[0].piece(2, len(lines[0].text))]
    for line in lines[1:]:
        above = out[-1].text
        if _SHEET.match(line.text) and len(above) > _SHEET_LENGTH and above[-1] not in _END and "。" in above:
            out[-1] = out[-1].joined(line.piece(2, len(line.text)))
        else:
            out.append(line)
    return out if len(out) < len(lines) else lines


def _read_head(lines: list[Line], title: int | None, title_end: int, groups: list[Group]) -> int:
    """Group the lines above the title and the title; returns where the recipients may start."""
    at = 0
    if title is None:
        while at < len(lines) and head_kind(lines[at].text) != "other":
            groups.append((refuse_classified(lines[at]), [lines[at]]))
            at += 1
        return at
    for line in lines[:title]:
        groups.append((refuse_classified(line), [line]))
    groups.append(("title", lines[title:title_end]))
    at = title_end
    while at < len(lines) and head_kind(lines[at].text) == "number" and len(lines[at].text) < 40:
        groups.append(("number", [lines[at]]))
        at += 1
    return at


def _unglued_recipients(lines: list[Line], at: int) -> list[Line]:
    """The lines, the one that holds addressees and the first sentence parted between them."""
    for i in range(at, min(at + 4, len(lines))):
        glued = _GLUED.match(lines[i].text)
        if glued and _RECIPIENT_WORD.search(glued[0]) and not re.search("如下[：:]$|以下", glued[0]):
            line = lines[i]
            return [*lines[:i], line.piece(0, glued.end()), line.piece(glued.end(), len(line.text)), *lines[i + 1 :]]
        if "。" in lines[i].text:
            break
    return lines


def _read_recipients(lines: list[Line], at: int, groups: list[Group]) -> int:
    """The first unlabelled line that ends in a colon, within a few lines of the title."""
    for last in range(at, min(at + 8, len(lines))):
        text = lines[last].text
        if last == at and at and _BRACKETED.fullmatch(text) and _RECIPIENT_WORD.search(text):
            groups.append(("recipients", [lines[at]]))
            return at + 1
        if heading_label(text) or "。" in text or "如下" in text:
            break
        if text[-1] in "：:":
            first = _recipients_start(lines, at, last)
            joined = "".join(line.text for line in lines[first : last + 1])
            if not _RECIPIENT_WORD.search(joined) or re.search("工作[：:]$|以下|：.+", joined):
                continue
            groups += [("other", [line]) for line in lines[at:first]]
            groups.append(("recipients", lines[first : last + 1]))
            return last + 1
    return _read_unmarked_recipients(lines, at, groups)


def _read_unmarked_recipients(lines: list[Line], at: int, groups: list[Group]) -> int:
    """各乡镇妇联、县直各单位 without its colon, right below the title and above prose."""
    if 0 < at < len(lines) - 1 and _UNMARKED.fullmatch(lines[at].text) and _RECIPIENT_WORD.search(lines[at].text[1:]):
        below = lines[at + 1].text
        if len(below) > 20 and not heading_label(below):
            groups.append(("recipients", [lines[at]]))
            return at + 1
    return at


def _recipients_start(lines: list[Line], at: int, last: int) -> int:
    """Recipients may run over several lines; other lines (来源、发布时间) may stand between them and the title."""
    first = last
    while first > at and lines[first - 1].text[-1] in "、，,":
        first -= 1
    while first > at and re.match("各|省|市|县|区", lines[first - 1].text) and not _SLOT.match(lines[first - 1].text):
        first -= 1
    return first


def _with_issued_paper(words: str, tail: list[Group], joiner: Joiner) -> list[Group]:
    """关于印发《方案》的通知 says nothing itself: what it issues stands below its signature and is read as the body."""
    first = next((i for i, (zone, _) in enumerate(tail) if zone in ("annex", "after")), None)
    if first is None or not (_ISSUES.search(words) or _is_plan(tail[first:])):
        return tail
    after = next((i for i in range(first + 1, len(tail)) if _ends_paper(tail[i], tail[first])), len(tail))
    lines = [line for _, group in tail[first:after] for line in group]
    start = next(
        (i for i, line in enumerate(lines) if i > 0 and (heading_label(line.text) or line.text[-1] == "。")), None
    )
    if start is None or not any(heading_label(line.text) for line in lines):
        return tail
    head: list[Group] = [("annex", [line]) for line in lines[:start]]
    return [*tail[:first], *head, *joiner.paragraphs(lines[start:]), *tail[after:]]


def _has_points(prose: list[Line]) -> bool:
    """一是 … 二是 …: the paper has items of its own."""
    return any(re.search("一[是要].*二[是要]|首先，.*其次，", line.text) for line in prose)


def _is_plan(tail: list[Group]) -> bool:
    """An annex that names itself a plan right below its label is what a notice without items is about."""
    return any(_PLAN.search(line.text) for _, lines in tail[:4] for line in lines)


def _ends_paper(group: Group, first: Group) -> bool:
    zone, lines = group
    return zone not in ("annex", "after", "note") or (zone == "annex" and bool(ANNEX.match(lines[0].text)))
