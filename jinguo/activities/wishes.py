"""What people ask for, as clean values: forms make them, actions fulfil them."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from jinguo.activities.models.attendance import Exactness
from jinguo.activities.models.session import PoolKind
from jinguo.activities.models.sign_up import Reach
from jinguo.federation.models import Unit
from jinguo.lib.pleas import pleads
from jinguo.questions.wishes import Given
from jinguo.ui.dates import clock_text

LEAST_WAITING = 10
NOBODY = "来宾"  # what stands on the host's list for a name that was a plea
ANSWER = "answer:"  # before the code of the question, in what is sealed
# A plea has one of these; in a rush most names cost no more than looking for them.
_LOUD = re.compile(r"[我俺本救求帮幫打活死杀殺轻輕投处處]|me", re.IGNORECASE)


@dataclass(frozen=True)
class Wish:
    """What somebody asks for, as clean values.

    Attributes:
        name: as she calls herself; `phone`: eleven digits.
        seats: hers and her companions', all or none; `minors`: of them under 18.
        email: where she wants to hear; without it `sms` says whether by SMS.
        answers: to the activity's own questions.
        consents: purposes she agreed to beside the sign-up itself.
        apart: what reads like a plea, taken out of the rest (`sifted`), as the case worker is to see it.
    """

    name: str
    phone: str
    seats: int = 1
    minors: int = 0
    email: str = ""
    sms: bool = False
    consents: tuple[str, ...] = ()
    answers: tuple[Given, ...] = ()
    apart: tuple[tuple[str, str], ...] = ()

    @property
    def reach(self) -> Reach:
        return Reach.EMAIL if self.email else Reach.SMS if self.sms else Reach.NONE


@dataclass(frozen=True)
class PoolWish:
    """A pool as typed. `waiting_cap` None: as many as there are seats, at least ten."""

    kind: str
    capacity: int
    name: str = ""
    each: int = 1
    waiting_cap: int | None = None
    offer_hours: int = 24
    slot_from: datetime | None = None
    slot_until: datetime | None = None
    unit: Unit | None = None

    def cap(self) -> int:
        return waiting_cap(self.capacity) if self.waiting_cap is None else self.waiting_cap

    def called(self) -> str:
        """What the pool is called: as typed, or after its slot or its unit."""
        if self.kind == PoolKind.SLOT and self.slot_from and self.slot_until:
            return slot_name(self.slot_from, self.slot_until)
        if self.kind == PoolKind.UNIT and self.unit:
            return str(self.unit.short_name)[:40]
        return self.name or "公开"


@dataclass(frozen=True)
class Heads:
    """A head-count as typed. None is 「没报」, 0 is 「没有」."""

    on_site: int | None = None
    women: int | None = None
    online: int | None = None
    exactness: str = Exactness.EXACT


@dataclass(frozen=True)
class Pressed:
    """One press on the day's page as a phone tells it.

    Attributes:
        code: drawn at the press.
        ago: how long ago by the phone's own clock, which may be wrong: two readings of it are compared, never with ours.
        sign_up: whom it marks or unmarks; `people`: of a walk-in; `heads`: of a head-count.
    """

    code: str
    kind: str
    ago: timedelta = timedelta()
    sign_up: str = ""
    people: int = 0
    heads: Heads = Heads()


def slot_name(first: datetime, last: datetime) -> str:
    """What seats for a part of the session are called: its hours."""
    return f"{clock_text(first)}—{clock_text(last)}"


def waiting_cap(seats: int) -> int:
    """The longest waiting list: as many as there are seats, at least ten."""
    return max(seats, LEAST_WAITING)


def public_name(name: str) -> str:
    """What she is called where the host reads it."""
    return NOBODY if _LOUD.search(name) and pleads(name) else name


def sifted(wish: Wish) -> Wish:
    """The wish without what reads like a plea, which is then in `apart`."""
    loud = [one for one in wish.answers if pleads(one.text)]
    named = public_name(wish.name)
    if not loud and named == wish.name:
        return wish
    lines = [f"{one.question.label}：{one.text}" for one in loud]
    apart = {f"{ANSWER}{one.question.code}": one.text for one in loud} | {
        "called": wish.name,
        "words": "\n".join(lines),
    }
    answers = tuple(one for one in wish.answers if one not in loud)
    return replace(wish, name=named, answers=answers, apart=tuple(apart.items()))
