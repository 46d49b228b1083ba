"""Who signed up: one person's seats in one pool, from the first press to the day."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jinguo.activities.models.session import SeatPool
from jinguo.federation import policy
from jinguo.federation.models import Link
from jinguo.federation.models.link import Purpose
from jinguo.lib import ids
from jinguo.lib.sealed import Sealed


class SignUpState(models.TextChoices):
    """Where a sign-up stands. `offered`: a seat is kept for somebody of the waiting list until she answers."""

    CONFIRMED = "confirmed", _("报名成功")
    OFFERED = "offered", _("等她确认")
    WAITING = "waiting", _("候补")
    CANCELLED = "cancelled", _("已取消")


SIGN_UP_MOVES: dict[str, tuple[str, ...]] = {
    SignUpState.WAITING: (SignUpState.OFFERED, SignUpState.CONFIRMED, SignUpState.CANCELLED),
    SignUpState.OFFERED: (SignUpState.CONFIRMED, SignUpState.CANCELLED),
    SignUpState.CONFIRMED: (SignUpState.CANCELLED,),
    SignUpState.CANCELLED: (),
}
HOLDING = (SignUpState.CONFIRMED, SignUpState.OFFERED)
"""States that hold seats."""


class Ended(models.TextChoices):
    """How a sign-up ended; empty while it stands."""

    LEFT = "left", _("自己取消")
    DECLINED = "declined", _("让给了下一位")
    EXPIRED = "expired", _("到时没有答复")
    BY_UNIT = "by_unit", _("主办单位取消")
    NO_ROOM = "no_room", _("直到开始也没有空位")


class Reach(models.TextChoices):
    """By which way she wants to hear; `none`: she opens her own page."""

    NONE = "none", _("自己看")
    SMS = "sms", _("短信")
    EMAIL = "email", _("邮件")


class SignUpRows(models.QuerySet["SignUp"]):
    def visible_to(self, actor: object) -> "SignUpRows":
        """The sign-ups of the actor's own unit; through a private link only the one it was made for."""
        rows = self.filter(policy.sight(actor, "signup.view", "activity__unit"))
        if isinstance(actor, Link) and actor.purpose == Purpose.SIGN_UP:
            return rows.filter(code=actor.object_code)
        return rows

    def standing(self) -> "SignUpRows":
        return self.exclude(state=SignUpState.CANCELLED)

    def confirmed(self) -> "SignUpRows":
        """Those who have a seat and have said so."""
        return self.filter(state=SignUpState.CONFIRMED)

    def holding(self) -> "SignUpRows":
        """Those that hold seats."""
        return self.filter(state__in=HOLDING)

    def reachable(self) -> "SignUpRows":
        """Those whom a message can reach."""
        return self.exclude(reach=Reach.NONE)


class SignUp(models.Model):
    """One person's seats in one pool.

    Attributes:
        session, activity: of the pool; columns of their own, since a constraint cannot look through one.
        nth: which of her sign-ups for this activity it is; the smallest free number, so that a limit is a constraint too.
        name: what she called herself for this activity; a family may share one telephone. Sealed, forgotten with the
            session (`forgotten_at`), while the row and the counts stay.
        link_secret: the secret of her private link, sealed, so that pressing twice leads to the same address.
        seats: how many, all or none; `minors`: of them under 18, with their guardian's consent.
        order: drawn from the pool in the transaction that decided; the waiting list runs by it.
        token: six characters that always work at the door.
        reach: how she hears; `email`: where, when by mail.
        offered_at, offer_until: since when and until when a seat is kept for her answer.
        promoted_at: when she moved up from the waiting list.
        ended: how it ended. told_at: when she was told that the activity is off; reminded_at: the day before.
        missed_at: when the host said that she did not come; empty as soon as she is marked as come.
        told_start: the start she knows of; when the session's is another one, she is told.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    pool = models.ForeignKey(SeatPool, on_delete=models.PROTECT, related_name="sign_ups")
    session = models.ForeignKey("activities.Session", on_delete=models.PROTECT, related_name="sign_ups")
    activity = models.ForeignKey("activities.Activity", on_delete=models.PROTECT, related_name="sign_ups")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="sign_ups")
    nth = models.PositiveSmallIntegerField(default=1)
    name_sealed = models.TextField(blank=True)
    link_secret_sealed = models.TextField(blank=True)
    email_sealed = models.TextField(blank=True)
    reach = models.CharField(max_length=5, choices=Reach.choices, default=Reach.NONE)
    seats = models.PositiveSmallIntegerField(default=1)
    minors = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=SignUpState.choices)
    ended = models.CharField(max_length=8, choices=Ended.choices, blank=True)
    order = models.PositiveIntegerField()
    token = models.CharField(max_length=8)
    by_staff = models.BooleanField(default=False)
    decided_at = models.DateTimeField()
    offered_at = models.DateTimeField(null=True, blank=True)
    offer_until = models.DateTimeField(null=True, blank=True)
    promoted_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    told_start = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)
    missed_at = models.DateTimeField(null=True, blank=True)

    name = Sealed("name_sealed")
    link_secret = Sealed("link_secret_sealed")
    email = Sealed("email_sealed")
    objects = SignUpRows.as_manager()

    class Meta:
        ordering = ["pool", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"], condition=~Q(state="cancelled"), name="signed_up_once_a_session"
            ),
            models.UniqueConstraint(
                fields=["activity", "person", "nth"], condition=~Q(state="cancelled"), name="signed_up_so_often"
            ),
            models.UniqueConstraint(fields=["pool", "order"], name="order_drawn_once"),
            models.UniqueConstraint(fields=["session", "token"], name="token_once_a_session"),
            models.CheckConstraint(condition=Q(seats__gte=1), name="at_least_one_seat"),
            models.CheckConstraint(condition=Q(minors__lte=models.F("seats")), name="minors_have_seats"),
            models.CheckConstraint(
                condition=~Q(state="offered") | Q(offer_until__isnull=False), name="an_offer_has_an_end"
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled") & ~Q(ended="") | ~Q(state="cancelled") & Q(ended=""),
                name="ended_says_how",
            ),
        ]
        indexes = [
            models.Index(fields=["pool", "state", "order"], name="waiting_list_runs"),
            models.Index(fields=["offer_until"], condition=Q(state="offered"), name="offers_running"),
        ]

    class Privacy:
        personal = {"person", "name_sealed", "link_secret_sealed", "email_sealed", "minors"}
        plain = {
            "code", "pool", "session", "activity", "nth", "reach", "seats", "state", "ended", "order", "token", "by_staff",
            "decided_at", "offered_at", "offer_until", "promoted_at", "cancelled_at", "reminded_at", "told_at",
            "told_start", "forgotten_at", "missed_at",
        }  # fmt: skip
