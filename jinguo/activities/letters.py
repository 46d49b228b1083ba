"""What guests are told: one short text a happening, that fits an SMS; a mail says the same under a subject.

Of an activity of a sensitive kind nothing is named: who reads over her shoulder learns that something was arranged, and when.
"""

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from jinguo.activities.models import SignUp
from jinguo.activities.models.activity import ActivityState
from jinguo.lib import clock
from jinguo.lib.texts import quote
from jinguo.ui.dates import moment_text, range_text


class Happening(StrEnum):
    """Why somebody hears from us."""

    CONFIRMED = "confirmed"
    WAITING = "waiting"
    OFFERED = "offered"
    GIVEN = "given"
    EXPIRED = "expired"
    NO_ROOM = "no_room"
    MOVED = "moved"
    CHANGED = "changed"
    SEATS = "seats"
    REMOVED = "removed"
    OFF = "off"
    REMINDER = "reminder"


def title_of(sign_up: SignUp) -> str:
    """The activity's name in quotes, or a word that says nothing."""
    activity = sign_up.pool.session.activity
    return _("约好的事") if activity.is_sensitive else quote(activity.title)


def when_of(sign_up: SignUp) -> str:
    """When she is to come: her slot's time, or the session's."""
    pool = sign_up.pool
    first, last = pool.slot_from or pool.session.starts_at, pool.slot_until or pool.session.ends_at
    return range_text(first, last, clock.now())


def _all_off(sign_up: SignUp) -> bool:
    """The whole activity is cancelled, not one session of it."""
    return bool(sign_up.pool.session.activity.state == ActivityState.CANCELLED)


def subject_of(sign_up: SignUp, happening: Happening) -> str:
    """The subject of a mail."""
    if sign_up.pool.session.activity.is_book:
        return _("您的预约：%(when)s") % {"when": when_of(sign_up)}
    if happening == Happening.OFF and not _all_off(sign_up):  # read in a list of mails: the others go on
        return _("有一场不办了：%(what)s，%(when)s") % {"what": title_of(sign_up), "when": when_of(sign_up)}
    words = {
        Happening.CONFIRMED: _("报上了：%(what)s"),
        Happening.WAITING: _("排上候补：%(what)s"),
        Happening.OFFERED: _("给您留了席位，请确认：%(what)s"),
        Happening.GIVEN: _("轮到您了，已经报上：%(what)s"),
        Happening.EXPIRED: _("留的席位到期了：%(what)s"),
        Happening.NO_ROOM: _("这一场没有排上：%(what)s"),
        Happening.MOVED: _("改时间了：%(what)s"),
        Happening.CHANGED: _("改好了：%(what)s"),
        Happening.SEATS: _("改好了：%(what)s"),
        Happening.REMOVED: _("取消了您的报名：%(what)s"),
        Happening.OFF: _("取消了：%(what)s"),
        Happening.REMINDER: _("快到了：%(what)s"),
    }
    return words[happening] % {"what": title_of(sign_up)}


def text_of(sign_up: SignUp, happening: Happening, address: str) -> str:
    """The whole text, with the address of her own page."""
    facts: dict[str, Any] = {
        "what": title_of(sign_up), "when": when_of(sign_up), "url": address, "until": "", "why": "", "n": sign_up.seats,
    }  # fmt: skip
    if sign_up.offer_until:
        facts["until"] = moment_text(sign_up.offer_until, clock.now())
    activity = sign_up.pool.session.activity
    if activity.is_book:
        return _booked(happening) % {**facts, "at": "" if activity.is_sensitive else f"，{activity.title}"}
    if happening == Happening.OFF and not _all_off(sign_up):
        return _("%(what)s %(when)s 这一场不办了，请不要来。换个时间来，请打开这一页：%(url)s") % facts
    if activity.cancel_reason and not activity.is_sensitive:
        facts["why"] = _("原因：%(why)s。") % {"why": activity.cancel_reason.rstrip("。")}
    return _sentence(happening) % facts


def _booked(happening: Happening) -> str:
    """Of an appointment: when, and where unless the place would tell why."""
    words = {
        Happening.CONFIRMED: _("约好了：%(when)s%(at)s。改时间、不来了，都在这一页：%(url)s"),
        Happening.CHANGED: _("改好了：%(when)s%(at)s。要再改、不来了，都在这一页：%(url)s"),
        Happening.SEATS: _("改好了：%(when)s%(at)s，一共 %(n)s 位。要再改、不来了，都在这一页：%(url)s"),
        Happening.REMOVED: _("替您取消了：%(when)s%(at)s。要是弄错了，请打这一页上的电话：%(url)s"),
        Happening.OFF: _("原来约的 %(when)s%(at)s不办了，请不要来。请另约一个时间：%(url)s"),
        Happening.REMINDER: _("提醒您：约了 %(when)s%(at)s。来不了请在这一页点“不来了”：%(url)s"),
    }
    return words[happening]


def _sentence(happening: Happening) -> str:
    words = {
        Happening.CONFIRMED: _("报上了：%(what)s，%(when)s。入场码、改主意都在这一页：%(url)s"),
        Happening.WAITING: _("排上候补：%(what)s，%(when)s。轮到您会再告诉您；第几位看这一页：%(url)s"),
        Happening.OFFERED: _("%(what)s有人让出，给您留了席位。请在 %(until)s 前点“我要来”，过时让给下一位：%(url)s"),
        Happening.GIVEN: _("轮到您了，已经报上：%(what)s，%(when)s。来不了请点“让出席位”：%(url)s"),
        Happening.EXPIRED: _("%(what)s给您留的席位已到期，让给了下一位。还想来可以再报：%(url)s"),
        Happening.NO_ROOM: _("%(what)s直到开始也没有空位，这一场没有排上，谢谢您等。%(url)s"),
        Happening.MOVED: _("%(what)s改了时间：%(when)s。来不了请点“让出席位”：%(url)s"),
        Happening.CHANGED: _("改好了：%(what)s，%(when)s。入场码、改主意都在这一页：%(url)s"),
        Happening.SEATS: _("改好了：%(what)s，%(when)s，一共 %(n)s 席。入场码、改主意都在这一页：%(url)s"),
        Happening.REMOVED: _("替您取消了报名：%(what)s，%(when)s。要是弄错了，请打这一页上的电话，或再报一次：%(url)s"),
        Happening.OFF: _("%(what)s取消了，请不要来。%(why)s%(url)s"),
        Happening.REMINDER: _("提醒您：%(what)s，%(when)s。来不了请点“让出席位”，让别人来：%(url)s"),
    }
    return words[happening]
