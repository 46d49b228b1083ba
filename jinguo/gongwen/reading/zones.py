"""Which part of the paper each line belongs to — head, title, recipients, body, tail — and which lines are one paragraph.

Works on lines, before any sentence is read: the head and the tail are lists of lines, only the body is prose.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from jinguo.gongwen.han import HAN_NUMBER
from jinguo.gongwen.lexicon import Lexicon, any_of
from jinguo.gongwen.reading.markers import heading_label
from jinguo.gongwen.reading.view import HAN, Line
from jinguo.gongwen.refusals import Unreadable

DATE_LINE = re.compile(
    rf"(?:\d{{4}}|[〇零○0一二三四五六七八九]{{4}})[ ]?年[ ]?(?:\d{{1,2}}|{HAN_NUMBER}{{1,3}})[ ]?月[ ]?(?:\d{{1,2}}|{HAN_NUMBER}{{1,3}})[ ]?日"
)
DOC_NUMBER = re.compile(
    rf"(?P<code>{HAN}{{1,12}}?)\s*(?P<o>[〔\[［【（(])\s*(?P<y>(?:19|20)?\d{{2}})\s*(?P<c>[〕\]］】）)])\s*"
    r"(?P<di>第)?\s*(?P<n>\d{1,4})\s*号"
)

_PAGE_NUMBER = re.compile(
    r"[—–―－─\-·. ]{1,6}\d{1,3}[—–―－─\-·. ]{1,6}|第 ?\d{1,3} ?页(?:[，, /]*共 ?\d{1,3} ?页)?|\d{1,3}/\d{1,3}"
)
_COPY_NUMBER = re.compile(r"\d{6}")
_SECRECY = re.compile(r"(?:绝密|机密|秘密)\s*(?:★.{0,12})?")
_URGENCY = re.compile(r"特急|加急|特提|平急|急件")
_SIGNER = re.compile(r"签发人[：:]")
_MARK = re.compile(r".{2,40}文件")
_COPIES = re.compile(r"(?:抄送|抄报|主送|印发)[：:]")
_PRINTED = re.compile(rf"(?P<org>.{{2,40}}?)?[ \u3000]*(?P<date>{DATE_LINE.pattern})[ \u3000]*印发")
_ATTACHED = re.compile(r"附[ \u3000]?件[ \u3000]*(?:\d{1,2}|[一二三四五六七八九十])?[ \u3000]*[：:]")
_ANNEX = re.compile(r"附[ \u3000]?件[ \u3000]*(?:\d{1,2}|[一二三四五六七八九十]{1,2})?[ \u3000]*[：:]?")
_LIST_ITEM = re.compile(r"\d{1,2}[ \u3000]*[.．、]")
_END = "。！？；：…!?;:）)】〕》”’」』"
_SLOT = re.compile(rf"{HAN}{{2,10}}[：:]")
_FRESH = re.compile(
    r"特此|附件|抄送|联系人|联系电话|联 ?系|电话|邮箱|电子邮箱|地址|传真|附[：:]|（此件|备注|各县|各单位|各级"
)
_POINT_START = re.compile(
    r"[一二三四五六七八九十]{1,2}[要是](?!一)|首先[，,]|其次[，,]|最后[，,]|其[一二三四五六]|第[一二三四五六]，"
)
_RECIPIENT_WORD = re.compile("各|妇联|单位|部门|街道|乡镇|社区|委员会|妇委会|妇女|局|会员|企业|学校|同志")
_TITLE_LINES = 3
_TITLE_LENGTH = 200
_HEAD_LINES = 30


@dataclass(frozen=True)
class Zoned:
    """The lines grouped: `groups` are paragraphs (zone, lines) in order; the rest are facts of the page."""

    groups: list[tuple[str, list[Line]]]
    page_numbers: list[Line]
    running_heads: list[Line]
    splits: list[tuple[Line, Line]]  # the two lines a page edge parted


def zoned(lines: list[Line], lexicon: Lexicon, is_bold: Callable[[Line], bool]) -> Zoned:
    """Sort the lines into zones and join page-cut prose. Raises Unreadable for a classified paper."""
    lines, page_numbers, running = _without_page_marks(lines)
    patterns = Patterns.of(lexicon)
    title, title_end = _find_title(lines, patterns)
    groups: list[tuple[str, list[Line]]] = []
    at = _read_head(lines, title, title_end, groups)
    at = _read_recipients(lines, at, title is not None, patterns, groups)
    body_end, tail = _find_tail(lines, at, patterns)
    splits: list[tuple[Line, Line]] = []
    prose = lines[at:body_end]
    groups += _join_prose(prose, is_bold, patterns, splits)
    if title is not None and not any(heading_label(line.text) for line in prose):
        tail = _with_issued_plan("".join(line.text for line in lines[title:title_end]), tail, is_bold, patterns, splits)
    return Zoned(groups + tail, page_numbers, running, splits)


@dataclass(frozen=True)
class Patterns:
    """Line patterns that depend on the lexicon."""

    title: re.Pattern[str]
    plain_title: re.Pattern[str]
    organ: re.Pattern[str]
    slot_heading: re.Pattern[str]

    @classmethod
    def of(cls, lexicon: Lexicon) -> "Patterns":
        genre = any_of(lexicon.genres)
        tail = rf"(?:{genre})(?:（[^（）]{{1,12}}）)?"
        return cls(
            title=re.compile(rf"(?:.{{2,60}}?)?关[ \u3000]?于.+(?:的[ \u3000]*|”|》){tail}"),
            plain_title=re.compile(rf"[^。，；：:,;]{{2,50}}{tail}"),
            organ=re.compile(
                rf"[{HAN[1:-1]}（）()“”· \u3000]{{0,40}}{any_of(lexicon.words('words', 'organ_ends'))}(?:（[^（）]{{1,12}}）)?"
            ),
            slot_heading=re.compile(
                rf"{HAN}{{0,6}}(?:主题|时间|地点|内容|要求|对象|安排|方式|步骤|任务|目标|事项|流程)"
            ),
        )


def _without_page_marks(lines: list[Line]) -> tuple[list[Line], list[Line], list[Line]]:
    numbers = {i for i, line in enumerate(lines) if _PAGE_NUMBER.fullmatch(line.text)}
    counts: dict[str, int] = {}
    for i in numbers:
        for j in (i - 1, i + 1):
            if 0 <= j < len(lines) and lines[j].text[-1] not in _END and 4 <= len(lines[j].text) <= 40:
                counts[lines[j].text] = counts.get(lines[j].text, 0) + 1
    heads = {i for i, line in enumerate(lines) if counts.get(line.text, 0) > 1 and {i - 1, i + 1} & numbers}
    kept = [line for i, line in enumerate(lines) if i not in numbers and i not in heads]
    return kept, [lines[i] for i in sorted(numbers)], [lines[i] for i in sorted(heads)]


def head_kind(text: str) -> str:
    """What a line above the title is: number, mark, urgency, secrecy, signer, copy_number or other."""
    if _SECRECY.fullmatch(text):
        return "secrecy"
    if _URGENCY.fullmatch(text):
        return "urgency"
    if _COPY_NUMBER.fullmatch(text):
        return "copy_number"
    if DOC_NUMBER.search(text) and len(text) <= 60 and "《" not in text:
        return "number"
    if _SIGNER.match(text):
        return "signer"
    return "mark" if _MARK.fullmatch(text) else "other"


def _find_title(lines: list[Line], patterns: Patterns) -> tuple[int | None, int]:
    """First and past-last line of the title; (None, 0) when there is none."""
    limit = min(len(lines), _HEAD_LINES)
    for first in range(limit):
        if head_kind(lines[first].text) != "other" or _is_prose_start(lines[first].text):
            continue
        for last in range(first, min(first + _TITLE_LINES, limit)):
            if last > first and head_kind(lines[last].text) != "other":
                break
            joined = "".join(line.text for line in lines[first : last + 1])
            if len(joined) > _TITLE_LENGTH or re.search("[。；！？]", re.sub("《[^《]*》|“[^“”]*”", "", joined)):
                break
            if patterns.title.fullmatch(joined) and "关于" in joined.replace(" ", ""):
                return first, last + 1
    for i in range(min(limit, 8)):
        text = lines[i].text
        if head_kind(text) == "other" and not heading_label(text) and patterns.plain_title.fullmatch(text):
            return i, i + 1
    return None, 0


def _is_prose_start(text: str) -> bool:
    return heading_label(text) is not None or text[-1] in "。：:；"


def _read_head(lines: list[Line], title: int | None, title_end: int, groups: list[tuple[str, list[Line]]]) -> int:
    """Group the lines above the title and the title; returns where the recipients may start."""
    at = 0
    if title is None:
        while at < len(lines) and head_kind(lines[at].text) != "other":
            groups.append((_refuse_classified(lines[at]), [lines[at]]))
            at += 1
        return at
    for line in lines[:title]:
        groups.append((_refuse_classified(line), [line]))
    groups.append(("title", lines[title:title_end]))
    at = title_end
    while at < len(lines) and head_kind(lines[at].text) == "number" and len(lines[at].text) < 40:
        groups.append(("number", [lines[at]]))
        at += 1
    return at


def _refuse_classified(line: Line) -> str:
    kind = head_kind(line.text)
    if kind == "secrecy":
        raise Unreadable("classified")
    return kind


def _read_recipients(
    lines: list[Line], at: int, titled: bool, patterns: Patterns, groups: list[tuple[str, list[Line]]]
) -> int:
    """The first unlabelled line that ends in a colon, within a few lines of the title."""
    for last in range(at, min(at + 6, len(lines))):
        text = lines[last].text
        if heading_label(text) or "。" in text or "如下" in text:
            return at
        if text[-1] in "：:":
            first = _recipients_start(lines, at, last)
            joined = "".join(line.text for line in lines[first : last + 1])
            if not _RECIPIENT_WORD.search(joined) or re.search("工作[：:]$|以下|：.+", joined):
                continue
            groups += [("other", [line]) for line in lines[at:first]]
            groups.append(("recipients", lines[first : last + 1]))
            return last + 1
    return at


def _recipients_start(lines: list[Line], at: int, last: int) -> int:
    """Recipients may run over several lines; other lines (来源、发布时间) may stand between them and the title."""
    first = last
    while first > at and lines[first - 1].text[-1] in "、，,":
        first -= 1
    while first > at and re.match("各|省|市|县|区", lines[first - 1].text) and not _SLOT.match(lines[first - 1].text):
        first -= 1
    return first


def _find_tail(lines: list[Line], at: int, patterns: Patterns) -> tuple[int, list[tuple[str, list[Line]]]]:
    """Where the body ends, and the grouped lines after it."""
    zones: dict[int, str] = {}
    end = _imprint(lines, at, patterns, zones)
    signed = _signature(lines, at, end, patterns, zones)
    body_end = signed if signed is not None else end
    body_end = _attachment_list(lines, at, body_end, zones)
    for i in range(body_end, len(lines)):
        if i not in zones:
            zones[i] = "note" if re.fullmatch("[（(].{2,60}[）)]", lines[i].text) else "after"
    _annexes(lines, body_end, zones)
    return body_end, [(zones[i], [lines[i]]) for i in range(body_end, len(lines))]


def _imprint(lines: list[Line], at: int, patterns: Patterns, zones: dict[int, str]) -> int:
    """Mark the 版记 from the last line upwards; returns its first line."""
    end = len(lines)
    while end > at:
        text = lines[end - 1].text
        if _PRINTED.fullmatch(text):
            zones[end - 1] = "imprint"
            above = lines[end - 2].text if end - 2 >= at else ""
            if DATE_LINE.match(text) and patterns.organ.fullmatch(above):
                zones[end - 2] = "imprint"
                end -= 1
        elif (
            _COPIES.match(text)
            or re.fullmatch("[（(]?共印 ?\\d+ ?份[）)]?。?", text)
            or (end < len(lines) and zones.get(end) == "imprint" and _copies_above(lines, at, end - 1))
        ):
            zones[end - 1] = "imprint"
        else:
            break
        end -= 1
    return end


def _copies_above(lines: list[Line], at: int, i: int) -> bool:
    """A turned line of 抄送: the label stands one or two lines higher."""
    return any(_COPIES.match(lines[j].text) for j in range(max(at, i - 2), i)) and not heading_label(lines[i].text)


def _signature(lines: list[Line], at: int, end: int, patterns: Patterns, zones: dict[int, str]) -> int | None:
    """The first date line below an organ's name closes the paper; annexes may follow it."""
    for i in range(at, end):
        text = lines[i].text
        date = DATE_LINE.search(text)
        if not date or date.end() != len(text):
            continue
        before = text[: date.start()].strip(" \u3000")
        above = lines[i - 1].text if i > at else ""
        if before and not patterns.organ.fullmatch(before):
            continue
        if not before and not (patterns.organ.fullmatch(above) and not heading_label(above)) and i < end - 3:
            continue
        first = i
        while first > at and not before and _is_organ(lines[first - 1].text, patterns):
            first -= 1
        zones.update(dict.fromkeys(range(first, i + 1), "sign"))
        return first
    last = end - 1
    if last > at and _is_organ(lines[last].text, patterns) and lines[last - 1].text[-1] in _END:
        zones[last] = "sign"
        return last
    return None


def _is_organ(text: str, patterns: Patterns) -> bool:
    return 2 <= len(text) <= 30 and bool(patterns.organ.fullmatch(text)) and heading_label(text) is None


def _attachment_list(lines: list[Line], at: int, body_end: int, zones: dict[int, str]) -> int:
    """附件：1.… and the numbered lines right after it, when they close the body."""
    for i in range(max(at, body_end - 15), body_end):
        if _ATTACHED.match(lines[i].text) and all(
            _LIST_ITEM.match(lines[j].text) or _ATTACHED.match(lines[j].text) or "。" not in lines[j].text
            for j in range(i, body_end)
        ):
            zones.update(dict.fromkeys(range(i, body_end), "attachments"))
            return i
    return body_end


def _annexes(lines: list[Line], start: int, zones: dict[int, str]) -> None:
    """After the signature, from a line 附件1 to the imprint: another text, not read as the body."""
    inside = False
    for i in range(start, len(lines)):
        inside = inside or (zones[i] in ("after", "note") and bool(_ANNEX.match(lines[i].text)))
        if inside and zones[i] != "imprint":
            zones[i] = "annex"


def _with_issued_plan(
    title: str,
    tail: list[tuple[str, list[Line]]],
    is_bold: Callable[[Line], bool],
    patterns: Patterns,
    splits: list[tuple[Line, Line]],
) -> list[tuple[str, list[Line]]]:
    """关于印发《方案》的通知 says nothing itself: the first annex is what it issues, and is read as the body."""
    first = next((i for i, (zone, _) in enumerate(tail) if zone == "annex"), None)
    if first is None or not re.search("印发|转发|批转", title):
        return tail
    after = next(
        (i for i in range(first + 1, len(tail)) if tail[i][0] != "annex" or _ANNEX.match(tail[i][1][0].text)), len(tail)
    )
    lines = [line for _, group in tail[first:after] for line in group]
    start = next(
        (i for i, line in enumerate(lines) if i > 0 and (heading_label(line.text) or line.text[-1] == "。")), None
    )
    if start is None or not any(heading_label(line.text) for line in lines):
        return tail
    head = [("annex", [line]) for line in lines[:start]]
    return [*tail[:first], *head, *_join_prose(lines[start:], is_bold, patterns, splits), *tail[after:]]


def _join_prose(
    lines: list[Line], is_bold: Callable[[Line], bool], patterns: Patterns, splits: list[tuple[Line, Line]]
) -> list[tuple[str, list[Line]]]:
    groups: list[list[Line]] = []
    has_stop = False  # the group holds a full stop: a labelled paragraph with one is a run-in, and prose
    for i, line in enumerate(lines):
        above = lines[i - 2] if i > 1 and groups and len(groups[-1]) == 1 else None
        if groups and _continues(groups[-1], has_stop, line, above, is_bold, patterns):
            splits.append((groups[-1][-1], line))
            groups[-1].append(line)
        else:
            groups.append([line])
            has_stop = False
        has_stop = has_stop or "。" in line.text
    return [("body", group) for group in groups]


def _continues(
    group: list[Line],
    has_stop: bool,
    line: Line,
    above: Line | None,
    is_bold: Callable[[Line], bool],
    patterns: Patterns,
) -> bool:
    """Whether `line` goes on with the sentence that ends the group: a page edge cut it. No length is asked.

    above: the line before the group's only line, when it has but one.
    """
    first, last = group[0].text, group[-1].text
    if last[-1] in _END or last[-1] == "." or _starts_fresh(line.text) or "\t" in last + line.text:
        return False
    if last[-1] in "，、,":
        return True
    if heading_label(first):
        return has_stop
    if above is not None and _is_slot_heading(above.text):
        return False  # the short line under 一、活动主题
    name = len(group) == 1 and (patterns.slot_heading.fullmatch(first) or _is_name(first, patterns))
    return not (is_bold(group[-1]) or _SLOT.match(first) or name)


def _is_slot_heading(text: str) -> bool:
    label = heading_label(text)
    return label is not None and bool(re.search("主题|时间|地点|对象|口号", text)) and text[-1] not in _END


def _starts_fresh(text: str) -> bool:
    fresh = heading_label(text) or _POINT_START.match(text) or _FRESH.match(text) or _SLOT.match(text)
    return bool(fresh) or bool(DATE_LINE.fullmatch(text))


def _is_name(text: str, patterns: Patterns) -> bool:
    """An organ's name or a date standing alone."""
    return bool(patterns.organ.fullmatch(text) and len(text) <= 30) or bool(DATE_LINE.fullmatch(text))
