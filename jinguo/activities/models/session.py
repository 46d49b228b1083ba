"""When it happens, how many seats there are, and who signed up."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jinguo.federation import policy
from jinguo.federation.models import Link
from jinguo.federation.models.link import Purpose
from jinguo.lib import ids
from jinguo.lib.sealed import Sealed


class Session(models.Model):
    """One sitting of an activity.

    Attributes:
        walk_in: come as you are, no sign-up.
        opens_at, closes_at: when sign-up opens and closes; null: at publication, and at the start.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    activity = models.ForeignKey("activities.Activity", on_delete=models.CASCADE, related_name="sessions")
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField(db_index=True)
    walk_in = models.BooleanField(default=False)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_it_starts")
        ]

    class Privacy:
        personal: set[str] = set()
        plain = {"code", "activity", "starts_at", "ends_at", "walk_in", "opens_at", "closes_at"}


class SeatPool(models.Model):
    """Seats that are handed out together. `taken` moves only by one conditional UPDATE; the constraint is the last wall.

    Attributes:
        capacity, taken: seats.
        waiting, waiting_cap: entries on the waiting list, and the longest it may grow: a list too long is false hope.
        each: the most seats one sign-up may take, all or none.
        drawn: how many sign-ups were decided here: the order number of the newest, drawn in the deciding transaction.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="pools")
    name = models.CharField(max_length=40, default="公开")
    capacity = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    waiting_cap = models.PositiveIntegerField(default=0)
    each = models.PositiveSmallIntegerField(default=1)
    drawn = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(taken__lte=F("capacity")), name="never_oversold"),
            models.CheckConstraint(condition=Q(waiting__lte=F("waiting_cap")), name="waiting_list_capped"),
            models.CheckConstraint(condition=Q(each__gte=1), name="each_takes_a_seat"),
            models.UniqueConstraint(fields=["session", "name"], name="pool_once"),
        ]

    class Privacy:
        personal: set[str] = set()
        plain = {"session", "name", "capacity", "taken", "waiting", "waiting_cap", "each", "drawn"}

    @property
    def free(self) -> int:
        return self.capacity - self.taken


class SignUpState(models.TextChoices):
    """Where a sign-up stands."""

    CONFIRMED = "confirmed", _("报名成功")
    WAITING = "waiting", _("候补")
    CANCELLED = "cancelled", _("已取消")


SIGN_UP_MOVES: dict[str, tuple[str, ...]] = {
    SignUpState.WAITING: (SignUpState.CONFIRMED, SignUpState.CANCELLED),
    SignUpState.CONFIRMED: (SignUpState.CANCELLED,),
    SignUpState.CANCELLED: (),
}


class SignUpRows(models.QuerySet["SignUp"]):
    def visible_to(self, actor: object) -> "SignUpRows":
        """The sign-ups of the actor's own unit; through a private link only the one it was made for."""
        rows = self.filter(policy.sight(actor, "signup.view", "pool__session__activity__unit"))
        if isinstance(actor, Link) and actor.purpose == Purpose.SIGN_UP:
            return rows.filter(code=actor.object_code)
        return rows

    def standing(self) -> "SignUpRows":
        return self.exclude(state=SignUpState.CANCELLED)


class SignUp(models.Model):
    """One person's seats in one pool.

    Attributes:
        name: what she called herself for this activity; a family may share one telephone. Sealed, forgotten with the
            session (`forgotten_at`), while the row and the counts stay.
        link_secret: the secret of her private link, sealed, so that pressing twice leads to the same address.
        seats: how many, all or none.
        order: drawn from the pool in the transaction that decided; the waiting list runs by it.
        token: six characters that always work at the door.
        promoted_at: when she moved up from the waiting list.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    pool = models.ForeignKey(SeatPool, on_delete=models.PROTECT, related_name="sign_ups")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="sign_ups")
    name_sealed = models.TextField(blank=True)
    link_secret_sealed = models.TextField(blank=True)
    seats = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=SignUpState.choices)
    order = models.PositiveIntegerField()
    token = models.CharField(max_length=8)
    by_staff = models.BooleanField(default=False)
    decided_at = models.DateTimeField()
    promoted_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    name = Sealed("name_sealed")
    link_secret = Sealed("link_secret_sealed")
    objects = SignUpRows.as_manager()

    class Meta:
        ordering = ["pool", "order"]
        constraints = [
            models.UniqueConstraint(fields=["pool", "person"], condition=~Q(state="cancelled"), name="signed_up_once"),
            models.UniqueConstraint(fields=["pool", "order"], name="order_drawn_once"),
            models.UniqueConstraint(fields=["pool", "token"], name="token_once_a_pool"),
            models.CheckConstraint(condition=Q(seats__gte=1), name="at_least_one_seat"),
        ]
        indexes = [models.Index(fields=["pool", "state", "order"], name="waiting_list_runs")]

    class Privacy:
        personal = {"person", "name_sealed", "link_secret_sealed"}
        plain = {
            "code", "pool", "seats", "state", "order", "token", "by_staff", "decided_at", "promoted_at", "cancelled_at",
            "forgotten_at",
        }  # fmt: skip
