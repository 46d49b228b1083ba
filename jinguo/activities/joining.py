"""What a visitor's press, and the page that answers it, need to know, remembered by this process for a second.

An opening rush asks the same of every press: which pools there are, how guests can be told, when and where it is. A copy a second old is good
enough for that: whether a seat is free, and whether sign-up is still open, the pool's own row says in the deciding UPDATE.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Lock
from typing import Any, TypeVar

from jinguo.activities.models import Activity, SeatPool, Session
from jinguo.federation.models import Office
from jinguo.lib import clock, crypto
from jinguo.lib.sealed import lookup_hash
from jinguo.messages.models import Channel
from jinguo.messages.queries import carrier
from jinguo.questions.models import Question
from jinguo.questions.queries import questions_of

SECONDS = 1.0
MOST = 500  # activities remembered at once
_kept: dict[str, tuple[float, Any]] = {}
_reading = Lock()
Copy = TypeVar("Copy")


@dataclass(frozen=True)
class Joining:
    """How an activity can be joined now.

    Attributes:
        pools: those offered, in the order people see them; never empty.
        sms, mail: whether an office above can send so.
        questions: what is asked beside name and telephone.
        door: the secret of a unit's or the members' own address, "" for the public page.
    """

    activity: Activity
    pools: tuple[SeatPool, ...]
    sms: bool
    mail: bool
    questions: tuple[Question, ...] = ()
    door: str = ""


def joining(code: str) -> Joining | None:
    """A public activity's ways in, or None when nothing can be joined (whatever the reason)."""

    def read() -> Joining | None:
        rows = SeatPool.objects.shown().for_joining()
        return _of(rows.filter(session__activity__in=Activity.objects.on_site().filter(code=code)))

    return _remembered(code, read)


def joining_by(door: str) -> Joining | None:
    """The one pool a unit's address leads to; or every pool of an activity for members, by theirs."""

    def read() -> Joining | None:
        hashed = lookup_hash(SeatPool, "door", door)
        rows = SeatPool.objects.for_joining()
        members = rows.shown().filter(session__activity__in=Activity.objects.by_door(door))
        return _of(rows.filter(door_hash=hashed, kind="unit"), door) or _of(members, door)

    return _remembered(f"door:{crypto.hash_secret(door)}", read)


def joining_at_desk(session: Session) -> Joining | None:
    """Every way into one session, for whoever holds it and writes down who telephones: as it stands now, seats of units too."""
    pools = SeatPool.objects.for_joining().filter(session=session, is_open=True)
    return _of(pools.order_by("position", "pk")) if not session.walk_in else None


def _of(rows: Iterable[SeatPool], door: str = "") -> Joining | None:
    pools = tuple(rows)
    if not pools:
        return None
    activity = pools[0].session.activity
    sms, mail = ways_to_tell(activity.office)
    asked = tuple(questions_of("activity", activity.code))
    return Joining(activity, pools, sms, mail, asked, door)


def ways_to_tell(office: Office) -> tuple[bool, bool]:
    """Whether guests of an office can be told by SMS, and by mail."""
    return carrier(office, Channel.SMS) is not None, carrier(office, Channel.EMAIL) is not None


def pool_for_guests(pk: int) -> SeatPool | None:
    """A pool with everything a guest's own page shows of it and its activity."""

    def read() -> SeatPool | None:
        return SeatPool.objects.for_joining().select_related("session__activity__area").filter(pk=pk).first()

    return _remembered(f"pool:{pk}", read)


def pools_of_activity(pk: int) -> tuple[SeatPool, ...]:
    """All pools of an activity, in the order people see them: what a guest may change to is among them."""

    def read() -> tuple[SeatPool, ...]:
        return tuple(SeatPool.objects.for_joining().filter(session__activity=pk))

    return _remembered(f"activity:{pk}", read) or ()


def _remembered(name: str, read: Callable[[], Copy | None]) -> Copy | None:
    found: Copy | None = _still(name)
    if found is not None:
        return found
    with _reading:  # when a copy grows old in a rush, one reads it anew and the others take hers
        found = _still(name) or read()
        if found is None:
            _kept.pop(name, None)
            return None
        if len(_kept) >= MOST:
            _kept.clear()
        _kept[name] = (clock.monotonic(), found)
    return found


def _still(name: str) -> Any:
    at, found = _kept.get(name, (0.0, None))
    return found if clock.monotonic() - at < SECONDS else None
