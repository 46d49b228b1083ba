"""What a person typed about an activity with one session, already clean: forms make it, actions write it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from jinguo.activities.models.activity import Venue, Visibility
from jinguo.activities.models.kinds import KIND_OF
from jinguo.campaigns.models import Clause
from jinguo.federation.models import Unit


@dataclass(frozen=True)
class Draft:
    """The facts of an activity and its session.

    Attributes:
        seats: None: come as you are; else how many, each sign-up taking at most `each`.
        series: the name of the series it belongs to, "" for none; expected: how many are expected at once, where said.
        home_address: of a session in a home; `address` then stays empty.
    """

    title: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    venue: str = Venue.OTHER
    area: Unit | None = None
    place: str = ""
    address: str = ""
    directions: str = ""
    access: str = ""
    online_url: str = ""
    seats: int | None = None
    each: int = 1
    summary: str = ""
    bring: str = ""
    cost: str = ""
    home_address: str = ""
    minors: bool = False
    discreet: bool = False
    contact_phone: str = ""
    visibility: str = Visibility.PUBLIC
    audiences: tuple[str, ...] = ()
    cohosts: tuple[str, ...] = ()
    series: str = ""
    subkind: str = ""
    expected: int | None = None
    clauses: tuple[Clause, ...] = field(default=())

    @property
    def door(self) -> str:
        """Where somebody lives, to be sealed, by whichever field it came."""
        return self.home_address or (self.address if self.venue == Venue.FAMILY else "")

    def columns(self) -> dict[str, Any]:
        """The columns of `Activity` it fills."""
        names = (
            "title", "kind", "subkind", "venue", "area", "place", "address", "directions", "access", "online_url", "summary",
            "bring", "cost", "contact_phone", "visibility", "minors", "discreet", "expected",
        )  # fmt: skip
        fits = KIND_OF.get(self.subkind) == self.kind  # a kind that was changed takes its subkind along
        at_home = self.venue == Venue.FAMILY
        told = {"directions": "", "address": ""} if at_home else {}  # the way to a home is its address
        return {name: getattr(self, name) for name in names} | {"subkind": self.subkind if fits else "", **told}
