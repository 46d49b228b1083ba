"""Days as people write them in reports. Only what is written is a date: 近日 and 今天 are none."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

_DIGITS = {sign: number for number, sign in enumerate("〇一二三四五六七八九十")} | {"零": 0, "○": 0}
_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_DAY = re.compile(
    rf"(?:(?P<y>\d{{4}}|[〇○零一二三四五六七八九]{{4}})\s*年\s*)?(?P<m>{_N})\s*月\s*(?P<d>{_N})\s*[日号]"
    rf"(?:(?:上午|下午|晚)?\s*(?:至|到|-|—|－|~|～)+\s*(?:(?P<m2>{_N})\s*月\s*)?(?P<d2>{_N})\s*[日号])?"
    r"|(?<![\d.])(?P<y3>20\d\d)[-./](?P<m3>\d{1,2})[-./](?P<d3>\d{1,2})(?![\d.])"
)
AHEAD = timedelta(days=45)  # an announced activity; further ahead a day without a year is last year's


@dataclass(frozen=True)
class Day:
    """One date or span of days in a text."""

    first: date
    last: date | None
    start: int
    end: int


def number(word: str) -> int:
    """十二, 二十 or 12 as 12, 20, 12."""
    if word.isdigit():
        return int(word)
    if "十" in word:
        tens, _ten, ones = word.partition("十")
        return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
    return _DIGITS[word[0]]


def days_in(text: str, received: date) -> list[Day]:
    """Every date of a text, in order. A year that is not written is the one that makes it most recent."""
    found = []
    for match in _DAY.finditer(text):
        try:
            found.append(_day(match, received))
        except (ValueError, KeyError):
            continue  # 2月30日
    return found


def _day(match: re.Match[str], received: date) -> Day:
    if match["y3"]:
        return Day(date(int(match["y3"]), int(match["m3"]), int(match["d3"])), None, *match.span())
    month, day = number(match["m"]), number(match["d"])
    if match["y"]:
        year = int("".join(str(_DIGITS.get(sign, sign)) for sign in match["y"]))
        first = date(year, month, day)
    else:
        first = date(received.year, month, day)
        if first > received + AHEAD:
            first = date(received.year - 1, month, day)
    last = None
    if match["d2"]:
        last = date(first.year, number(match["m2"]) if match["m2"] else month, number(match["d2"]))
        if last < first and match["m2"]:
            last = last.replace(year=first.year + 1)  # 12月30日至1月2日
        last = last if last > first else None
    return Day(first, last, *match.span())
