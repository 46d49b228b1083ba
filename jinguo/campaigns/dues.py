"""How a due instant is said, with where it comes from. An undated 及时 stays undated (DESIGN §2.1)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from jinguo.campaigns.models.campaign import DueOrigin
from jinguo.campaigns.models.obligation import Ask
from jinguo.lib import clock
from jinguo.ui import dates

DRIVES = (
    DueOrigin.NOTICE,
    DueOrigin.CONFIRMED,
    DueOrigin.LOCAL,
)  # a system suggestion drives nothing until a person confirms it


@dataclass(frozen=True)
class Due:
    """A due date in words: `text` says until when (or that there is no date), `origin` where that comes from."""

    text: str
    origin: str = ""


def instant_words(instant: datetime, now: datetime | None = None) -> str:
    """2月17日 周五 18:00; the end of a day is said as that day's 24:00, never as the next day's 0:00."""
    today = clock.local(now or clock.now()).date()
    wall = clock.local(instant)
    if (wall.hour, wall.minute) == (0, 0):
        return f"{dates.day_text(wall.date() - timedelta(days=1), today)} 24:00"
    return dates.moment_text(instant, today)


def counts(origin: str) -> bool:
    """Does a due of this origin make anybody late?"""
    return origin in DRIVES


def due_confirmed(ask: Ask) -> datetime | None:
    """The instant that makes units late: of the notice or confirmed by a person, never a mere suggestion."""
    return ask.due_at if counts(ask.due_origin) else None


def sign_due(due_at: datetime | None, origin: str) -> Due:
    """Until when a notice should be signed for."""
    if due_at is None or not counts(origin):
        return Due(_("收到后就可以签，没有定日子"))
    label = DueOrigin(origin).label
    return Due(_("%(when)s 前") % {"when": instant_words(due_at)}, _("期限：%(origin)s") % {"origin": label})


def ask_due(ask: Ask, due_at: datetime | None = None, extended_to: datetime | None = None) -> Due:
    """Until when one thing is to be reported, for everybody or (with a unit's own due) for one unit."""
    if extended_to:
        return Due(_("%(when)s 前") % {"when": instant_words(extended_to)}, _("期限：已延期"))
    confirmed = counts(ask.due_origin)
    when = due_at or ask.due_at
    origin = _("期限：%(origin)s") % {"origin": DueOrigin(ask.due_origin).label} if confirmed else ""
    if ask.soft_word and confirmed and ask.due_origin == DueOrigin.CONFIRMED:
        origin = _("通知写“%(word)s”，日子由市妇联确认") % {"word": ask.soft_word}
    if when and confirmed:
        return Due(_("%(when)s 前") % {"when": instant_words(when)}, origin)
    if ask.due_working_days is not None and confirmed:
        return Due(_("每场办完 %(days)s 个工作日内") % {"days": ask.due_working_days}, origin)
    if ask.soft_word:
        return Due(_("通知写“%(word)s”，没有定日子") % {"word": ask.soft_word})
    return Due(_("通知没有定日子"))
