"""What a person typed about a standing place, already clean."""

from dataclasses import dataclass, field
from typing import Any

from jinguo.activities.actions.appointments import Book
from jinguo.stations.hours import Week
from jinguo.stations.models import DISCREET, OnHolidays


@dataclass(frozen=True)
class StationDraft:
    """The facts of a station.

    Attributes:
        open, books: the week's hours, and when of them appointments may be.
        slot_minutes: None: no appointments.
        address: of a place in a home the village; home_address: its door.
    """

    kind: str
    name: str
    open: Week = field(default_factory=dict)
    address: str = ""
    directions: str = ""
    in_home: bool = False
    home_address: str = ""
    phone: str = ""
    services: str = ""
    host: str = ""
    host_name: str = ""
    discreet: bool = False
    shown: bool = True
    holidays: str = OnHolidays.REST
    slot_minutes: int | None = None
    slot_seats: int = 1
    days_ahead: int = 14
    books: Week = field(default_factory=dict)

    def columns(self) -> dict[str, Any]:
        """The columns of `Station` it fills."""
        names = (
            "kind", "name", "address", "directions", "in_home", "phone", "services", "host", "host_name", "discreet",
            "shown", "holidays", "slot_minutes", "slot_seats", "days_ahead",
        )  # fmt: skip
        return {name: getattr(self, name) for name in names}

    def book(self) -> Book:
        """What those with an appointment are told of the place."""
        return Book(
            self.name, self.address, self.phone, self.in_home, self.home_address,
            self.discreet or self.kind in DISCREET,
        )  # fmt: skip
