"""Standing places (服务点): women's homes, rights centres, singles' stations. Where, when, who, what for; and their slots."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jinguo.federation import policy
from jinguo.federation.models.kept_book import KeptBook
from jinguo.lib import ids
from jinguo.lib.sealed import Sealed

MIDNIGHT = 24 * 60
"""Hours of a day are minutes from its beginning: 540 is 9:00, 1440 is 24:00."""


class StationKind(models.TextChoices):
    """What a standing place is for."""

    HOME = "home", _("妇女之家")
    RIGHTS = "rights", _("维权服务中心")
    SINGLES = "singles", _("婚恋指导服务站")
    FAMILY = "family", _("家庭教育指导站")
    MINI = "mini", _("妇女微家")
    OTHER = "other", _("其他服务点")


DISCREET: frozenset[str] = frozenset({StationKind.RIGHTS, StationKind.SINGLES})
"""Kinds whose appointments say nothing of themselves in messages, calendars and lists (services §P)."""


class OnHolidays(models.TextChoices):
    """What a place does on public holidays (法定节假日)."""

    REST = "rest", _("放假就关门，调休上班就开门")
    AS_EVER = "as_ever", _("节假日照常，只看周几")


class StationRows(models.QuerySet["Station"]):
    def visible_to(self, actor: object) -> "StationRows":
        """Places kept by the actor's units and those below; a visitor sees what is shown."""
        if policy.positions(actor) == [(policy.VISITOR, "")]:
            return self.on_site()
        return self.filter(policy.sight(actor, "station.view"))

    def on_site(self) -> "StationRows":
        """What the public site shows."""
        return self.filter(shown=True, ended_at=None)


class Station(models.Model):
    """One standing place, kept by a unit.

    Attributes:
        office: the nearest issuing office above the unit; its retention and channels count for appointments.
        address: what everybody may read; of a place in somebody's home only the village.
        in_home, home_address: it is somebody's home (妇女微家): the door, sealed, is for those with an appointment alone.
        services: one a line.
        host: who receives people, as a post (站长、值班执委). host_name: a person's name, only where she wants it public.
        discreet: appointments are neutral whatever the kind.
        slot_minutes: how long an appointment is; null: no appointments. slot_seats: how many at the same time.
        days_ahead: how far ahead one may book.
        book: the activity that holds the appointments, once there were bookable hours.
        opened: counts openings of slots; its update is what makes them stand in line (`actions.slots`).
        checked_on: the day somebody last said that all of this is true.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    unit = models.ForeignKey("federation.Unit", on_delete=models.PROTECT, related_name="stations")
    office = models.ForeignKey("federation.Office", on_delete=models.PROTECT, related_name="stations")
    kind = models.CharField(max_length=8, choices=StationKind.choices)
    name = models.CharField(max_length=60)
    address = models.CharField(max_length=120, blank=True)
    directions = models.CharField(max_length=200, blank=True)
    in_home = models.BooleanField(default=False)
    home_address_sealed = models.TextField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    services = models.TextField(max_length=600, blank=True)
    host = models.CharField(max_length=40, blank=True)
    host_name = models.CharField(max_length=20, blank=True)
    discreet = models.BooleanField(default=False)
    shown = models.BooleanField(default=True)
    holidays = models.CharField(max_length=8, choices=OnHolidays.choices, default=OnHolidays.REST)
    slot_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    slot_seats = models.PositiveSmallIntegerField(default=1)
    days_ahead = models.PositiveSmallIntegerField(default=14)
    book = models.OneToOneField(
        "activities.Activity", null=True, blank=True, on_delete=models.PROTECT, related_name="station"
    )
    opened = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    checked_on = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=200, blank=True)

    home_address = Sealed("home_address_sealed")
    objects = StationRows.as_manager()

    class Meta:
        ordering = ["unit__path", "name"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "name"], condition=Q(ended_at=None), name="station_named_once"),
            models.CheckConstraint(condition=Q(slot_minutes=None) | Q(slot_minutes__gte=5), name="slot_has_minutes"),
            models.CheckConstraint(condition=Q(slot_seats__gte=1), name="slot_has_a_seat"),
        ]

    class Privacy:
        personal = {"home_address_sealed", "host_name"}
        plain = {
            "code", "unit", "office", "kind", "name", "address", "directions", "in_home", "phone", "services", "host",
            "discreet", "shown", "holidays", "slot_minutes", "slot_seats", "days_ahead", "book", "opened", "made_at",
            "checked_on", "ended_at", "end_reason",
        }  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def is_discreet(self) -> bool:
        return self.discreet or self.kind in DISCREET

    @property
    def service_lines(self) -> list[str]:
        return [line for line in self.services.splitlines() if line]


class Purpose(models.TextChoices):
    """What hours are for."""

    OPEN = "open", _("开门")
    BOOK = "book", _("可预约")


class Hours(models.Model):
    """So long, every week on one weekday (0 is Monday)."""

    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="hours")
    purpose = models.CharField(max_length=4, choices=Purpose.choices)
    weekday = models.PositiveSmallIntegerField()
    opens = models.PositiveSmallIntegerField()
    closes = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["station", "purpose", "weekday", "opens"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="hours_on_a_weekday"),
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens"), closes__lte=MIDNIGHT), name="hours_have_a_length"
            ),
            models.UniqueConstraint(fields=["station", "purpose", "weekday", "opens"], name="hours_once"),
        ]

    class Privacy:
        personal: set[str] = set()
        plain = {"station", "purpose", "weekday", "opens", "closes"}


class OddDays(models.Model):
    """Some days that are not as every week: closed, or open at other hours.

    Attributes:
        spans: `540-720 870-1080`; empty: closed.
        note: why, as people read it.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="odd_days")
    first = models.DateField()
    last = models.DateField()
    spans = models.CharField(max_length=100, blank=True)
    note = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["first", "pk"]
        constraints = [models.CheckConstraint(condition=Q(last__gte=F("first")), name="odd_days_are_days")]

    class Privacy:
        personal: set[str] = set()
        plain = {"code", "station", "first", "last", "spans", "note"}


class Slot(models.Model):
    """Hours somebody has asked for: made at the first press for them, so that only what was wanted is a row.

    Attributes:
        session: of the station's book; there are the seat and who holds it.
        called_off_at: when the host said that nobody is seen then.
    """

    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="slots")
    session = models.OneToOneField("activities.Session", on_delete=models.PROTECT, related_name="slot")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    called_off_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["station", "starts_at"], name="slot_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="slot_ends_after_it_starts"),
        ]

    class Privacy:
        personal: set[str] = set()
        plain = {"station", "session", "starts_at", "ends_at", "called_off_at"}


class StationImport(KeptBook):
    """A sheet of places."""

    called = "station_import"
    unit = models.ForeignKey("federation.Unit", on_delete=models.PROTECT, related_name="station_imports")
