"""What is asked about a sheet before it is sent. A doubt never blocks: it is mended, explained, or left to the reviewer.

Only three things block (reference/reporting §7): the unit is unknown, nothing is said, the file cannot be read. Pure:
values in, sentences out.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MANY_TIMES = 5  # times the unit's own median
ENOUGH = 3  # returns before a median says anything
_COUNTED = re.compile(r"(\d[\d,，]*)\s*(?:余|多)?人次")
_IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_BANK = re.compile(r"(?<!\d)\d{16}(?:\d{3})?(?!\d)")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_EMPTY_WORDS = {"核实无误", "无误", "属实", "已核实", "情况属实", "确认无误"}


@dataclass(frozen=True)
class Doubt:
    """A question with its code and the field it is about. The same code is asked once."""

    code: str
    field: str
    question: str | Promise


@dataclass(frozen=True)
class Background:
    """What a sheet is compared with.

    Attributes:
        today: the day of sending.
        issued_on: the day the notice went out, or None.
        usual: the unit's own person-times on site in accepted returns.
        said_before: the unit has already reported an activity of this name on this day.
    """

    today: date
    issued_on: date | None = None
    usual: tuple[int, ...] = ()
    said_before: bool = False


def doubts_about(values: dict[str, Any], background: Background) -> list[Doubt]:
    """Every question this sheet raises, in the order of the sheet."""
    found = [*_days(values, background), *_numbers(values, background), *_words(values)]
    if background.said_before:
        sentence = _("同一天、同一个名称的活动，贵单位报过一次了。如果确实是另一场，请说明；重复的这件不用再报。")
        found.append(Doubt("said_before", "title", sentence))
    return found


def _days(values: dict[str, Any], background: Background) -> list[Doubt]:
    held, ended, found = values.get("held_on"), values.get("ended_on"), []
    if held and held > background.today:
        found.append(Doubt("not_yet", "held_on", _("活动日期还没有到。办完再报也不迟；要先报，请说明。")))
    if held and background.issued_on and held < background.issued_on:
        found.append(Doubt("before_notice", "held_on", _("活动日期在通知发出之前。算在这次里吗？")))
    if held and ended and ended < held:
        found.append(Doubt("ends_first", "ended_on", _("结束的日期早于开始的日期。")))
    return found


def _numbers(values: dict[str, Any], background: Background) -> list[Doubt]:
    on_site, women, found = values.get("on_site"), values.get("women"), []
    if on_site is not None and women is not None and women > on_site:
        sentence = _("其中妇女的人次多于现场参加的人次。哪个数要改？")
        found.append(Doubt("more_women", "women", sentence))
    usual = sorted(background.usual)
    if on_site is not None and len(usual) >= ENOUGH and on_site > MANY_TIMES * usual[len(usual) // 2]:
        sentence = _("现场人次比贵单位平时多出五倍以上。是不是多打了一位？")
        found.append(Doubt("far_more", "on_site", sentence))
    return found


def _words(values: dict[str, Any]) -> list[Doubt]:
    text = "\n".join(str(values.get(name) or "") for name in ("summary", "body", "story", "difficulties"))
    found, on_site = [], values.get("on_site")
    counted = {int(re.sub(r"[,，]", "", number)) for number in _COUNTED.findall(text)}
    known = {values.get(name) for name in ("on_site", "women", "online", "benefited")}
    if on_site is not None and counted and not counted & known:
        sentence = _("文字里写的人次和上面填的不一样。以哪个为准？")
        found.append(Doubt("text_differs", "on_site", sentence))
    if _IDENTITY.search(text) or _BANK.search(text) or _MOBILE.search(text):
        sentence = _("文字里好像有手机号、身份证号或银行卡号。请删去，报送用不着。")
        found.append(Doubt("personal", "body", sentence))
    return found


def is_empty_answer(reason: str) -> bool:
    """Whether a reason says nothing, like a bare 核实无误."""
    return "".join(reason.split()).strip("。.！!") in _EMPTY_WORDS
