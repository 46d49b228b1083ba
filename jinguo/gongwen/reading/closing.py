"""Below the body: 附件 list, signature and date, note, annexes, 版记. Found from the lines' forms, last line first."""

import re
from dataclasses import dataclass

from jinguo.gongwen.lexicon import Lexicon, any_of
from jinguo.gongwen.reading.head_lines import DATE_LINE
from jinguo.gongwen.reading.markers import heading_label
from jinguo.gongwen.reading.view import HAN, Line

ANNEX = re.compile(r"(?:附[ \u3000]?[件表录][ \u3000]*(?:\d{1,2}|[一二三四五六七八九十]{1,2})?|附)[ \u3000]*[：:]?")

_COPIES = re.compile(r"(?:抄送|抄报|主送|印发|分送)[：:]")
_PRINTED = re.compile(rf"(?P<org>.{{2,40}}?)?[ \u3000]*(?P<date>{DATE_LINE.pattern})[ \u3000]*印发")
_COPIES_COUNT = re.compile(r"[（(]?共印 ?\d+ ?份[）)]?。?")
_ATTACHED = re.compile(r"附[ \u3000]?[件表][ \u3000]*(?:\d{1,2}|[一二三四五六七八九十])?[ \u3000]*[：:]|附[：:]")
_LIST_ITEM = re.compile(r"\d{1,2}[ \u3000]*[.．、]")
_FILE = re.compile(r".{2,80}\.(?:docx?|xlsx?|pdf|rar|zip|wps|et|pptx?|jpg)(?:[ （(].{0,20})?", re.IGNORECASE)
_DAY = re.compile(rf"(?:{DATE_LINE.pattern}|(?:19|20)\d{{2}}[.\-/]\d{{1,2}}[.\-/]\d{{1,2}})[ \u3000|。]*")
_FANCY = "[*＊〇零壹贰叁肆伍陆柒捌玖拾一二三四五六七八九十廿卅]"
# A date that lost something on its way, or is written in capitals: it stands where the date stands, and says no day.
_DAMAGED_DAY = re.compile(
    r"(?:19|20)[\dxX×＊*]{2}(?:[ \u3000]*年[\d xX×月日]{0,8}|[ \u3000]*[.\-/][\dxX×.\-/]{0,6})?[ \u3000|。]*"
    rf"|{_FANCY}{{2,4}}年{_FANCY}{{1,3}}月{_FANCY}{{1,4}}日"
)
_NAME = re.compile(rf"[{HAN[1:-1]}（）()“”·• \u3000]{{2,60}}")
_CONTACT = re.compile(r"电话|传真|邮箱|邮编|地址|联系|网址|微信|Q{2}|http|www|@|\d{7}")
_SENTENCE_END = "。！？!?）)"
_STRAY = "，,、；;. "  # marks left at the start of a line by a broken layout
_SEALED_FOR = re.compile("[（(].{2,20}章[）)]")  # （办公室代章）
_ORGANS = 6  # lines of names above a date
_BELOW = 8  # lines of addresses and page foot below a signature without a date


@dataclass(frozen=True)
class ClosingPatterns:
    """Line patterns of the foot, made of the lexicon's organs."""

    organ: re.Pattern[str]

    @classmethod
    def of(cls, lexicon: Lexicon) -> "ClosingPatterns":
        ends = any_of(lexicon.words("words", "organ_ends"))
        return cls(organ=re.compile(rf"[{HAN[1:-1]}（）()“”·•*＊× \u3000]{{0,60}}{ends}(?:（[^（）]{{1,12}}）)?"))


def is_day(text: str) -> bool:
    """A whole date and nothing else."""
    return bool(_DAY.fullmatch(text))


def find_closing(lines: list[Line], at: int, patterns: ClosingPatterns) -> tuple[int, list[tuple[str, list[Line]]]]:
    """Where the body ends, and the grouped lines after it."""
    zones: dict[int, str] = {}
    end = _imprint(lines, at, patterns, zones)
    signed = _dated(lines, at, end, patterns, zones)
    if signed is None:
        signed = _undated(lines, at, end, patterns, zones)
    body_end = signed if signed is not None else _annex_start(lines, at, end)
    body_end = _attachment_list(lines, at, body_end, zones)
    for i in range(body_end, len(lines)):
        if i not in zones:
            zones[i] = "note" if re.fullmatch("[（(].{2,60}[）)]", lines[i].text) else "after"
    _annexes(lines, body_end, zones)
    return body_end, _grouped(lines, body_end, zones)


def _grouped(lines: list[Line], start: int, zones: dict[int, str]) -> list[tuple[str, list[Line]]]:
    """Each line by itself, but a date that stands on two lines is one."""
    groups: list[tuple[str, list[Line]]] = []
    for i in range(start, len(lines)):
        if zones[i] == "sign" and groups and groups[-1][0] == "sign":
            above = groups[-1][1]
            if re.fullmatch(r"\d{4}[ \u3000年]*", above[-1].text) and is_day(above[-1].text + lines[i].text):
                above.append(lines[i])
                continue
        groups.append((zones[i], [lines[i]]))
    return groups


def _imprint(lines: list[Line], at: int, patterns: ClosingPatterns, zones: dict[int, str]) -> int:
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
            or _COPIES_COUNT.fullmatch(text)
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


def _dated(lines: list[Line], at: int, end: int, patterns: ClosingPatterns, zones: dict[int, str]) -> int | None:
    """The first date line below an organ's name closes the paper; annexes may follow it. Returns the first line of names."""
    for i in range(at, end):
        last = i
        text = lines[i].text
        if len(text) > 100:
            continue
        if re.fullmatch(r"\d{4}[ \u3000年]*", text) and i + 1 < end and is_day(text + lines[i + 1].text):
            last = i + 1
        date = _DAY.search(text) if last == i else _DAY.match(text + lines[last].text)
        damaged = date is None and i > at and bool(_DAMAGED_DAY.fullmatch(text))
        if not damaged and (date is None or (last == i and date.end() != len(text))):
            continue
        before = text[: date.start()].strip(" \u3000，,") if date and last == i else ""
        if before and not patterns.organ.fullmatch(before):
            continue
        organ = i > at and _signs(lines, at, i - 1, patterns)
        if not before and not organ and (damaged or not _stands_alone(lines, i, last, end)):
            continue
        first = i if before else _first_name(lines, at, i, patterns)
        if first == i and last + 2 == end and is_organ(lines[last + 1].text, patterns):
            last += 1  # the name below its date
        zones.update(dict.fromkeys(range(first, last + 1), "sign"))
        return first
    return None


def _first_name(lines: list[Line], at: int, date: int, patterns: ClosingPatterns) -> int:
    """The first of the names above a date. Names that stand in a list of the text (not below a sentence) are not signatures:
    then only the name next to the date is one."""
    first = date
    while first > at and date - first < _ORGANS and _named(lines, at, first - 1, date, patterns):
        first -= 1
    listed = date - first > 1 and first > at and not _closes_text(lines[first - 1].text)
    return date - 1 if listed else first


def _named(lines: list[Line], at: int, i: int, date: int, patterns: ClosingPatterns) -> bool:
    """Next to the date any name may sign; further up only an organ."""
    return _signs(lines, at, i, patterns) if i == date - 1 else is_organ(lines[i].text.lstrip(_STRAY), patterns)


def _closes_text(text: str) -> bool:
    """What stands above a signature: a closed sentence, a contact, an attachment."""
    return text[-1] in "。！？!?" or bool(
        _CONTACT.search(text) or _ATTACHED.match(text) or _LIST_ITEM.match(text) or _FILE.fullmatch(text)
    )


def _stands_alone(lines: list[Line], first: int, last: int, end: int) -> bool:
    """A date without a name closes the paper where a sentence ended above it and none goes on below."""
    if first == 0 or not (lines[first - 1].text[-1] in _SENTENCE_END or _closes_text(lines[first - 1].text)):
        return False
    below = lines[last + 1].text if last + 1 < end else ""
    return "。" not in below and heading_label(below) is None


def _signs(lines: list[Line], at: int, i: int, patterns: ClosingPatterns) -> bool:
    """A name that may stand above the date: an organ's, or any name right below a closed sentence or another name."""
    text = lines[i].text.lstrip(_STRAY)
    if is_organ(text, patterns) or _SEALED_FOR.fullmatch(text):
        return True
    if not 2 <= len(text) <= 30 or not _NAME.fullmatch(text) or heading_label(text) or re.search("附件|特此", text):
        return False
    above = lines[i - 1].text if i > at else ""
    return (
        above[-1:] in _SENTENCE_END
        or bool(above and _CONTACT.search(above))
        or is_organ(above, patterns)
        or bool(_FILE.fullmatch(above))
        or _below_files(lines, at, i - 1)
    )


def _below_files(lines: list[Line], at: int, i: int) -> bool:
    """Line `i` is one of the list that 附件： opens: the name below it signs, whatever its last word is."""
    while i > at and _LIST_ITEM.match(lines[i].text):
        i -= 1
    return i > at and bool(_ATTACHED.match(lines[i].text))


def is_organ(text: str, patterns: ClosingPatterns) -> bool:
    """An organ's name alone on its line."""
    return 2 <= len(text) <= 60 and bool(patterns.organ.fullmatch(text)) and heading_label(text) is None


def _undated(lines: list[Line], at: int, end: int, patterns: ClosingPatterns, zones: dict[int, str]) -> int | None:
    """Names below the last sentence, with nothing but addresses and page foot after them."""
    for i in range(end - 1, max(at, end - 1 - _BELOW), -1):
        text = lines[i].text
        if heading_label(text) or ("。" in text and len(text) > 30):
            return None
        if not is_organ(text, patterns) or _CONTACT.search(text):
            continue
        first = i
        while first - 1 > at and is_organ(lines[first - 1].text, patterns):
            first -= 1
        if lines[first - 1].text[-1] in _SENTENCE_END or _FILE.fullmatch(lines[first - 1].text):
            zones.update(dict.fromkeys(range(first, i + 1), "sign"))
            return first
        return None
    return None


def _annex_start(lines: list[Line], at: int, end: int) -> int:
    """A line 附件1 alone begins an annex even where nobody signed."""
    prose = next((i for i in range(at, end) if "。" in lines[i].text), end)
    return next((i for i in range(prose + 1, end - 1) if _opens_annex(lines, i, end)), end)


def _opens_annex(lines: list[Line], i: int, end: int) -> bool:
    text = lines[i].text
    if len(text) > 6 or not re.match("附[ \u3000]?件", text) or not ANNEX.fullmatch(text):
        return False
    below = lines[i + 1 : end]
    names = len(below) <= 5 and all(len(line.text) <= 40 and "。" not in line.text for line in below)
    return not (text[-1] in "：:" and (names or _LIST_ITEM.match(below[0].text)))


def _attachment_list(lines: list[Line], at: int, body_end: int, zones: dict[int, str]) -> int:
    """附件：1.… and the numbered lines right after it, when they close the body."""
    for i in range(max(at, body_end - 15), body_end):
        if _ATTACHED.match(lines[i].text) and all(_lists(lines[j].text) for j in range(i, body_end)):
            zones.update(dict.fromkeys(range(i, body_end), "attachments"))
            return i
    return body_end


def _lists(text: str) -> bool:
    if _CONTACT.search(text) or is_day(text):
        return False
    return bool(_LIST_ITEM.match(text) or _ATTACHED.match(text)) or "。" not in text


def _annexes(lines: list[Line], start: int, zones: dict[int, str]) -> None:
    """After the signature, from a line 附件1 to the imprint: another text, not read as the body. Lines 附件：name that have
    no text below them are a list of files."""
    listed = "attachments" in zones.values()
    inside = False
    for i in range(start, len(lines)):
        if zones[i] == "imprint" or zones[i] not in ("after", "note"):
            continue
        text = lines[i].text
        if (
            not inside
            and (_ATTACHED.match(text) or _FILE.fullmatch(text))
            and len(text) > 6
            and _only_files(lines, i, zones)
        ) and not listed:
            zones[i] = "attachments"
            continue
        inside = inside or bool(ANNEX.match(text))
        if inside:
            zones[i] = "annex"


def _only_files(lines: list[Line], i: int, zones: dict[int, str]) -> bool:
    """No prose and no heading in the lines after `i`."""
    below = [lines[j].text for j in range(i + 1, min(i + 12, len(lines))) if zones[j] != "imprint"]
    return not any("。" in text or (heading_label(text) and not _LIST_ITEM.match(text)) for text in below)
