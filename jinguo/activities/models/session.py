"""When it happens, and how many seats there are."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jinguo.lib import ids
from jinguo.lib.sealed import Sealed


class Session(models.Model):
    """One sitting of an activity.

    Attributes:
        walk_in: come as you are, no sign-up.
        opens_at, closes_at: when sign-up opens and closes; null: at publication, and at the start.
        called_off_at: since when this one is off while the activity's others go on.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    activity = models.ForeignKey("activities.Activity", on_delete=models.CASCADE, related_name="sessions")
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField(db_index=True)
    walk_in = models.BooleanField(default=False)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    called_off_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_it_starts")
        ]

    class Privacy:
        personal: set[str] = set()
        plain = {"code", "activity", "starts_at", "ends_at", "walk_in", "opens_at", "closes_at", "called_off_at"}


class PoolKind(models.TextChoices):
    """For whom a pool's seats are kept."""

    PUBLIC = "public", _("谁都能报")
    GROUP = "group", _("分组，如女方、男方")
    SLOT = "slot", _("分时段")
    UNIT = "unit", _("留给一个单位")


class PoolRows(models.QuerySet["SeatPool"]):
    def shown(self) -> "PoolRows":
        """Those a visitor may choose from; a unit's pool is reached by its own address only."""
        return self.exclude(kind=PoolKind.UNIT)

    def for_joining(self) -> "PoolRows":
        """With everything a sign-up reads, in the order people are shown them."""
        rows = self.select_related("session__activity__unit", "session__activity__office__unit", "unit")
        return rows.order_by("session__starts_at", "position", "pk")


class SeatPool(models.Model):
    """Seats that are handed out together. `taken` moves only by one conditional UPDATE; the constraint is the last wall.

    Attributes:
        name: of the group (女方, 男方), or of the unit; shown where there is something to choose.
        slot_from, slot_until: the time these seats are for, where the session is cut into slots.
        door: the secret in the address by which a unit's people come to its pool.
        is_open: whether anything is handed out by pressing; asked inside the deciding UPDATE, so that closing is exact.
        capacity, taken: seats; one that is offered to somebody counts as taken.
        waiting, waiting_cap: entries on the waiting list, and the longest it may grow: a list too long is false hope.
        each: the most seats one sign-up may take, all or none.
        offer_hours: how long somebody from the waiting list has to answer; 0: she is given the seat without asking.
        drawn: how many sign-ups were decided here: the order number of the newest, drawn in the deciding transaction.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="pools")
    kind = models.CharField(max_length=6, choices=PoolKind.choices, default=PoolKind.PUBLIC)
    name = models.CharField(max_length=40, default="公开")
    unit = models.ForeignKey("federation.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    slot_from = models.DateTimeField(null=True, blank=True)
    slot_until = models.DateTimeField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    door_sealed = models.TextField(blank=True)
    door_hash = models.CharField(max_length=64, blank=True, db_index=True)
    is_open = models.BooleanField(default=True)
    capacity = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    waiting_cap = models.PositiveIntegerField(default=0)
    each = models.PositiveSmallIntegerField(default=1)
    offer_hours = models.PositiveSmallIntegerField(default=24)
    drawn = models.PositiveIntegerField(default=0)

    door = Sealed("door_sealed", lookup="door_hash")
    objects = PoolRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(taken__lte=F("capacity")), name="never_oversold"),
            models.CheckConstraint(condition=Q(waiting__lte=F("waiting_cap")), name="waiting_list_capped"),
            models.CheckConstraint(condition=Q(each__gte=1), name="each_takes_a_seat"),
            models.UniqueConstraint(fields=["session", "name"], name="pool_once"),
            models.CheckConstraint(
                condition=Q(kind="unit", unit__isnull=False) | ~Q(kind="unit") & Q(unit__isnull=True),
                name="pool_of_a_unit_names_it",
            ),
            models.CheckConstraint(
                condition=Q(slot_until__gt=F("slot_from")) | Q(slot_from=None, slot_until=None),
                name="slot_has_a_length",
            ),
        ]

    class Privacy:
        personal = {"door_sealed", "door_hash"}
        plain = {
            "code", "session", "kind", "name", "unit", "slot_from", "slot_until", "position", "is_open", "capacity", "taken",
            "waiting", "waiting_cap", "each", "offer_hours", "drawn",
        }  # fmt: skip

    @property
    def free(self) -> int:
        return self.capacity - self.taken
