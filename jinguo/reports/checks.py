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

from jinguo.lib.pleas import pleads
from jinguo.reports.understanding.private import find_private

TEXTS = ("title", "place", "cohosts", "summary", "body", "story", "difficulties")
MANY_TIMES = 5  # times the unit's own median
ENOUGH = 3  # returns before a median says anything
_COUNTED = re.compile(r"(\d[\d,，]*)\s*(?:余|多)?人次")
_EMPTY_WORDS = {"核实无误", "无误", "属实", "已核实", "情况属实", "确认无误"}


QUESTIONS: dict[str, str | Promise] = {
    "not_yet": _("活动日期还没有到。办完再报也不迟；要先报，请说明。"),
    "before_notice": _("活动日期在通知发出之前。算在这次里吗？"),
    "ends_first": _("结束的日期早于开始的日期。"),
    "more_women": _("其中妇女的人次多于现场参加的人次。哪个数要改？"),
    "far_more": _("现场人次比贵单位平时多出五倍以上。是不是多打了一位？"),
    "text_differs": _("文字里写的人次和上面填的不一样。以哪个为准？"),
    "personal": _("文字里好像有手机号、身份证号、银行卡号，或者受助人、患者、孩子的姓名。请删去，报送用不着。"),
    "help": _(
        "这里像是有人在求助，而报送很多人看得到。真是求助，请打 12338、110 或 12348；再点一次，就只交给值班的个案工作者看。是工作报送，请改成不用当事人自己的话。"
    ),
    "photo_used": _(
        "有一张照片好像在%(about)s里用过。放错了就换一张；就是要用，再点一次就报出去，市里看不到这句提醒。"
    ),
    "words_used": _(
        "这里有一段话和%(about)s里的几乎一样。写错地方了就改一改；就是要这么写，再点一次就报出去，市里看不到这句提醒。"
    ),
    "said_before": _("同一天、同一个名称的活动，贵单位报过一次了。如果确实是另一场，请说明；重复的这件不用再报。"),
}


# Told to the reporter alone: neither kept with the sheet nor shown to a reviewer (reference/reporting §9.11). A sheet that
# reads like a letter for help is held, not sent (`actions.holding`).
GENTLE = frozenset({"photo_used", "words_used", "help"})


@dataclass(frozen=True)
class Doubt:
    """A question with its code and the field it is about. The same code is asked once. `about`: what a gentle one names."""

    code: str
    field: str
    about: str = ""

    @property
    def question(self) -> str | Promise:
        return str(QUESTIONS[self.code]) % {"about": self.about} if self.about else QUESTIONS[self.code]

    @property
    def is_gentle(self) -> bool:
        return self.code in GENTLE


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
    asked = [*_days(values, background), *_numbers(values, background), *_words(values)]
    if background.said_before:
        asked.append(("said_before", "title"))
    return [Doubt(code, field) for code, field in asked]


_Asked = list[tuple[str, str]]


def _days(values: dict[str, Any], background: Background) -> _Asked:
    held, ended, asked = values.get("held_on"), values.get("ended_on"), _Asked()
    if held and held > background.today:
        asked.append(("not_yet", "held_on"))
    if held and background.issued_on and held < background.issued_on:
        asked.append(("before_notice", "held_on"))
    if held and ended and ended < held:
        asked.append(("ends_first", "ended_on"))
    return asked


def _numbers(values: dict[str, Any], background: Background) -> _Asked:
    on_site, women, asked = values.get("on_site"), values.get("women"), _Asked()
    if on_site is not None and women is not None and women > on_site:
        asked.append(("more_women", "women"))
    usual = sorted(background.usual)
    if on_site is not None and len(usual) >= ENOUGH and on_site > MANY_TIMES * usual[len(usual) // 2]:
        asked.append(("far_more", "on_site"))
    return asked


def _words(values: dict[str, Any]) -> _Asked:
    text = "\n".join(str(values.get(name) or "") for name in ("summary", "body", "story", "difficulties"))
    asked, on_site = _Asked(), values.get("on_site")
    counted = {int(re.sub(r"[,，]", "", number)) for number in _COUNTED.findall(text)}
    known = {values.get(name) for name in ("on_site", "women", "online", "benefited")}
    if on_site is not None and counted and not counted & known:
        asked.append(("text_differs", "on_site"))
    named = [name for name in TEXTS if find_private(str(values.get(name) or ""))]
    asked += [("personal", name) for name in named[:1]]
    pleading = [name for name in TEXTS if pleads(str(values.get(name) or ""))]
    return asked + [("help", name) for name in pleading[:1]]


def is_empty_answer(reason: str) -> bool:
    """Whether a reason says nothing, like a bare 核实无误."""
    return "".join(reason.split()).strip("。.！!") in _EMPTY_WORDS
