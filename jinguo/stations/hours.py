"""Opening hours as people write them, and back: 「周一至周五 9:00—12:00、14:30—18:00」.

Pure: text in, spans out. A span is (from, until) in minutes of its day; a week maps weekdays (0 is Monday) to spans.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinguo.lib.errors import Invalid

Span = tuple[int, int]
Week = dict[int, tuple[Span, ...]]
DAYS = "一二三四五六日"
NAMES = (
    gettext_lazy("周一"), gettext_lazy("周二"), gettext_lazy("周三"), gettext_lazy("周四"), gettext_lazy("周五"),
    gettext_lazy("周六"), gettext_lazy("周日"),
)  # fmt: skip
_ENGLISH = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ALIKE = (
    (r"星期|礼拜", "周"), (r"周天", "周日"), (r"工作日|weekdays", "周一至周五"), (r"周末|双休日|weekends?", "周六至周日"),
    (r"每天|天天|every day|daily", "周一至周日"), (r"中午12点", "12:00"),
    *((rf"\b{word}[a-z]*\b", f"周{day}") for word, day in zip(_ENGLISH, DAYS, strict=True)),
)  # fmt: skip
_CLOCK = r"(\d{1,2})\s*(?:[:.点时]\s*(\d{2}|半)?\s*分?)?"
_TO = r"\s*[-—–~至到]+\s*"
_RANGE = re.compile(_CLOCK + _TO + _CLOCK)
_RUN = re.compile(rf"周?([{DAYS}])\s*[-—–~至到]+\s*周?([{DAYS}])")
_SAYS_CLOSED = re.compile(r"休息|关门|不开|不上班|closed", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s、,和及与周:]+|上午|下午|晚上|早上|and", re.IGNORECASE)


def read_week(text: str) -> Week:
    """The hours of a week.

    Raises:
        Invalid: a line that is not understood, quoted.
    """
    week: dict[int, list[Span]] = {}
    for line in re.split(r"[\n;。]", unicodedata.normalize("NFKC", text).replace("；", ";")):
        if line.strip():
            days, spans = _line(line.strip())
            for day in days:
                week.setdefault(day, []).extend(spans)
    return {day: _whole(spans) for day, spans in sorted(week.items()) if spans}


def read_spans(text: str) -> tuple[Span, ...]:
    """The hours of one day, without a weekday; "" for none."""
    typed = unicodedata.normalize("NFKC", text).strip()
    spans, rest = _spans(typed)
    if _BETWEEN.sub("", rest):
        raise Invalid(_not_understood(typed))
    return _whole(spans)


def _line(line: str) -> tuple[list[int], list[Span]]:
    said = line
    for words, plain in _ALIKE:
        said = re.sub(words, plain, said, flags=re.IGNORECASE)
    spans, rest = _spans(said)
    days: set[int] = set()
    for first, last in _RUN.findall(rest):
        start, stop = DAYS.index(first), DAYS.index(last)
        days |= {day % 7 for day in range(start, (stop if stop >= start else stop + 7) + 1)}
    rest = _RUN.sub("", rest)
    days |= {DAYS.index(each) for each in rest if each in DAYS}
    left = _BETWEEN.sub("", re.sub(f"[{DAYS}]", "", rest))
    closed = bool(_SAYS_CLOSED.search(left)) and not spans
    if not days or (left and not closed) or not (spans or closed):
        raise Invalid(_not_understood(line))
    return sorted(days), spans


def _spans(text: str) -> tuple[list[Span], str]:
    """Every range of hours in a text, and what is left of it."""
    found = []
    for hour, minute, until, rest in _RANGE.findall(text):
        first, last = _minutes(hour, minute), _minutes(until, rest)
        if not first < last <= 24 * 60:
            raise Invalid(
                _("“%(text)s”：关门要晚于开门，一天到 24:00 为止。下午请写成 14:30 这样。") % {"text": text[:40]}
            )
        found.append((first, last))
    return found, _RANGE.sub("", text)


def _minutes(hour: str, minute: str) -> int:
    part = 30 if minute == "半" else int(minute or 0)
    if part > 59:
        raise Invalid(_("“%(hour)s:%(minute)s”不是一个时间。") % {"hour": hour, "minute": minute})
    return int(hour) * 60 + part


def _whole(spans: Iterable[Span]) -> tuple[Span, ...]:
    """In order; what touches or overlaps is one."""
    merged: list[Span] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return tuple(merged)


def _not_understood(line: str) -> str:
    return _("“%(line)s”没有看懂。请写成“周一至周五 9:00—12:00、14:30—18:00”，一行一种。") % {"line": line[:40]}


# ---- back to words ----------------------------------------------------------------------------------------------------


def hour_text(minutes: int) -> str:
    """9:00, 24:00."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def spans_text(spans: Iterable[Span]) -> str:
    """9:00—12:00、14:30—18:00."""
    return _("、").join(f"{hour_text(first)}—{hour_text(last)}" for first, last in spans)


def week_lines(week: Mapping[int, tuple[Span, ...]]) -> list[tuple[str, str]]:
    """(days, hours) line by line: neighbours with the same hours are one line; days without hours are left out."""
    lines: list[tuple[list[int], str]] = []
    for day in range(7):
        words = spans_text(week.get(day, ()))
        if lines and words and lines[-1][1] == words and lines[-1][0][-1] == day - 1:
            lines[-1][0].append(day)
        elif words:
            lines.append(([day], words))
    return [(_days_text(days), words) for days, words in lines]


def _days_text(days: list[int]) -> str:
    if len(days) == 7:
        return _("每天")
    if len(days) == 1:
        return str(NAMES[days[0]])
    return _("%(first)s至%(last)s") % {"first": NAMES[days[0]], "last": NAMES[days[-1]]}


def week_text(week: Mapping[int, tuple[Span, ...]]) -> str:
    """A week as `read_week` reads it again."""
    return "\n".join(f"{days} {words}" for days, words in week_lines(week))


def pack(spans: Iterable[Span]) -> str:
    """Spans as a column keeps them."""
    return " ".join(f"{first}-{last}" for first, last in spans)


def unpack(text: str) -> tuple[Span, ...]:
    """And back."""
    pairs = (part.split("-") for part in text.split())
    return tuple((int(first), int(last)) for first, last in pairs)


def common(some: Iterable[Span], others: Iterable[Span]) -> tuple[Span, ...]:
    """What lies in both."""
    theirs = list(others)
    both = ((max(a, c), min(b, d)) for a, b in some for c, d in theirs)
    return tuple(sorted((first, last) for first, last in both if first < last))
