"""What a correction, or an answer to what was asked, puts right."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from jinguo.reports.understanding.days import days_in
from jinguo.reports.understanding.texts import Texts
from jinguo.reports.understanding.values import HOSTS, NUM, PLACE, TITLE, Found, amount

_BECOMES = r"(?:应为|应该是|应该为|应是|改为|改成|修改为|更改为|更正为|实际(?:为|是))"
_RIGHT = re.compile(
    r"(?P<what>参加|现场|人数|人次|受益|惠及|服务|女|线上|观看|实事)?[^。；;\n]{0,24}?"
    + _BECOMES
    + rf"\s*(?P<about>约|近)?(?P<n>{NUM})\s*(?P<more>余|多)?\s*(?P<u>人次|人|名|次|件)?(?!\s*[月日号年时点:：.])"
)
_SWAPPED = re.compile(
    r"(?P<old>\d[\d,，]{0,8})\s*(?:余|多)?\s*(?:人次|人|名|次|件)?[\s，,]{0,2}(?:写错了?|有误)?[\s，,]{0,2}"
    + _BECOMES
    + r"\s*(?P<about>约|近)?(?P<n>\d[\d,，]{0,8})\s*(?P<more>余|多)?(?!\s*[月日号年时点:：.])"
)
_DAY = re.compile(r"(?:时间|日期)[^。；;\n]{0,20}?" + _BECOMES + r"\s*(?P<v>[^。；;\n]{3,30})")
_PLACE = re.compile(r"(?:地点|地址|场地)[^。；;，,\n]{0,20}?" + _BECOMES + r"\s*(?P<v>[^，,。；;\n]{2,60})")
_TITLE = re.compile(r"(?:名称|题目|标题|主题)[^。；;，,\n]{0,20}?" + _BECOMES + r"\s*(?P<v>[^，,。；;\n]{4,60})")
_HOSTS = re.compile(r"(?:联办|协办|承办|主办)[^。；;，,\n]{0,16}?" + _BECOMES + r"\s*(?P<v>[^，,。；;\n]{2,80})")
_BARE = re.compile(
    r"(?:是|共|有|实到|参加)?\s*(?P<about>约|近)?\s*(?P<n>\d[\d,，]{0,8})\s*(?P<more>余|多)?\s*(?:人次|人|名|次|件)?"
)
_OF_PEOPLE = re.compile(r"多少人|几个人|人数|人次")
_COUNTED = ("on_site", "women", "online", "benefited", "deeds")


def corrections(
    texts: Texts,
    fields: Mapping[str, Found],
    asked: Mapping[str, str],
    stands: Mapping[str, int | None],
    received: date,
) -> dict[str, Found]:
    """The fields that are right now.

    Args:
        fields: everything the mail says.
        asked: field of the sheet ("" for the whole) → what the unit was asked to mend, where its mail answers that.
        stands: the numbers of the return as they stand, by which `56 应为 65` says which one it means.
    """
    found = dict(fields)
    if texts.main.part > 0:
        return found  # a new paper
    for name in ("title", "kind", "results"):  # a note: its heading is no new name, its words no new text
        found.pop(name, None)
    found |= _put_right(texts) | _swapped(texts, stands) | _words(texts, received)
    if not any(name in found for name in _COUNTED):
        found |= _answered(texts, asked)
    return found


def replaced(text: str) -> set[int]:
    """The numbers a correction says were wrong: 56 of `56 应为 65`."""
    return {value for match in _SWAPPED.finditer(text) if (value := amount(match["old"])) is not None}


def _put_right(texts: Texts) -> dict[str, Found]:
    """`参加人数应为 80 人`: the number that is right, never the one it replaces."""
    found: dict[str, Found] = {}
    for match in _RIGHT.finditer(texts.own):
        value = amount(match["n"])
        if value is None or not (match["what"] or match["u"]):
            continue
        about = bool(match["about"] or match["more"])
        found[_field_of(match["what"] or "", match["u"] or "")] = Found(value, 0, *match.span(), match.group(), about)
    return found


def _field_of(what: str, unit: str) -> str:
    if what in ("线上", "观看"):
        return "online"
    if unit == "件" or what == "实事":
        return "deeds"
    if what in ("受益", "惠及", "服务"):
        return "benefited"
    return "women" if what == "女" else "on_site"


def _swapped(texts: Texts, stands: Mapping[str, int | None]) -> dict[str, Found]:
    """`56 应为 65`: the number that stands as 56, where one does, or where the people on site are the first of them."""
    found: dict[str, Found] = {}
    for match in _SWAPPED.finditer(texts.own):
        old, value = amount(match["old"]), amount(match["n"])
        names = [name for name in _COUNTED if old is not None and stands.get(name) == old]
        if value is not None and names and (len(names) == 1 or names[0] == "on_site"):
            about = bool(match["about"] or match["more"])
            found[names[0]] = Found(value, 0, *match.span(), match.group(), about)
    return found


def _words(texts: Texts, received: date) -> dict[str, Found]:
    """A day, a place, a name or a further host that is right now."""
    found: dict[str, Found] = {}
    for match in _DAY.finditer(texts.own):
        day = next(iter(days_in(match["v"], received)), None)
        if day is not None and day.start < 4:
            start, end = match.start("v") + day.start, match.start("v") + day.end
            found["held_on"] = Found(day.first, 0, start, end, texts.own[start:end])
            if day.last:
                found["ended_on"] = Found(day.last, 0, start, end, texts.own[start:end])
    for name, pattern, most in (("place", _PLACE, PLACE), ("title", _TITLE, TITLE), ("cohosts", _HOSTS, HOSTS)):
        if said := pattern.search(texts.own):
            value = said["v"].strip(' “”"《》')[:most]
            found[name] = Found(value, 0, *said.span("v"), said["v"])
    return found


def _answered(texts: Texts, asked: Mapping[str, str]) -> dict[str, Found]:
    """`86人` to 来了多少人次？: a bare number answers the one number that was asked for."""
    names: Iterable[str] = [name for name in asked if name in _COUNTED]
    if not names and _OF_PEOPLE.search(asked.get("", "")):
        names = ["on_site"]
    said = [line for line in re.finditer(r"\S[^\n]*", texts.own) if re.search(r"\d", line.group())]
    names = list(names)
    if len(names) != 1 or len(said) != 1:
        return {}
    match = _BARE.fullmatch(said[0].group().strip(" 。.！!，,"))
    value = amount(match["n"]) if match else None
    if match is None or value is None:
        return {}
    start = said[0].start()
    about = bool(match["about"] or match["more"])
    return {names[0]: Found(value, 0, start, start + len(match.group()), match.group(), about)}
