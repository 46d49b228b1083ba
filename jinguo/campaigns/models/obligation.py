"""Asks (报送要求) and obligations (ask × unit): nobody is ever blank (DESIGN §2.3, §4)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from jinguo.campaigns.models.campaign import DueOrigin
from jinguo.campaigns.models.settled import (
    SETTLED,
    STEP,
    WAITING,
    SettledField,
    settled_case,
    with_settled,
)
from jinguo.federation import policy
from jinguo.lib import clock, ids

NEAR = timedelta(days=3)  # 临期: the reminder ladder's first step
LONG = timedelta(days=7)  # 久逾: a person telephones


class AskKind(models.TextChoices):
    """`each_activity` is open-ended: any number of returns."""

    EACH_ACTIVITY = "each_activity", _("每次活动")
    CLOSING = "closing", _("活动总结")
    DATED = "dated", _("定期表格")


class Ask(models.Model):
    """One thing the notice asks units to report.

    Attributes:
        due_at: one instant for everybody, or null; `due_working_days`: working days after each activity, or null.
        due_origin: where that comes from; without a confirmed due nothing is ever late.
        source: the superior's ask this one was passed on from; null for one's own.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.CASCADE, related_name="asks")
    item = models.ForeignKey("notices.Item", null=True, blank=True, on_delete=models.PROTECT, related_name="asks")
    kind = models.CharField(max_length=14, choices=AskKind.choices)
    title = models.CharField(max_length=120)
    sentence = models.TextField(blank=True)
    soft_word = models.CharField(max_length=10, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    due_working_days = models.PositiveSmallIntegerField(null=True, blank=True)
    due_origin = models.CharField(max_length=10, choices=DueOrigin.choices, blank=True)
    source = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="passed_on")

    class Privacy:
        personal: set[str] = set()
        plain = {
            "code", "campaign", "item", "kind", "title", "sentence", "soft_word", "due_at", "due_working_days", "due_origin",
            "source",
        }  # fmt: skip

    def __str__(self) -> str:
        return self.title


class ObligationState(models.TextChoices):
    """The state shown: computed, never stored, always exactly one. The labels are the field's words, not translated."""

    OPEN_ENDED = "open_ended", "待报（未定期限）"
    NOT_DUE = "not_due", "未到期"
    NEAR_DUE = "near_due", "临期"
    OVERDUE = "overdue", "逾期"
    LONG_OVERDUE = "long_overdue", "久逾"
    REPORTED = "reported", "已报"
    SENT_BACK = "sent_back", "退回补正"
    ACCEPTED = "accepted", "已接收"
    ZERO = "zero", "零报告"
    EXEMPT = "exempt", "免报"
    EXTENDED = "extended", "延期中"
    PROXY = "proxy", "代报"


class ObligationRows(models.QuerySet["Obligation"]):
    def visible_to(self, actor: object) -> "ObligationRows":
        return self.filter(
            policy.sight(actor, "obligation.view")
            | policy.sight(actor, "obligation.edit", "ask__campaign__office__unit")
        )

    def update(self, **new: Any) -> int:
        """`settled` goes along with the facts it comes from."""
        rows, values = with_settled(self, new)
        return models.QuerySet.update(rows, **values)

    def with_state(self, moment: datetime, ended: Iterable[date] = ()) -> "ObligationRows":
        """Annotate `state_word`, the same words as `state_at`, for counting and filtering in SQL.

        Args:
            ended: the days on which units of these rows ended. Given, `state_word` has one word more: `closed`, for an
                obligation whose unit ended before it was due (undated: before the moment) and which is out of the set.
        """
        rows = self.annotate(due_now=Coalesce("extended_to", "due_at"))
        return rows.annotate(state_word=_state_case(moment, list(ended)))

    def long_overdue(self, moment: datetime, ended: Iterable[date]) -> "ObligationRows":
        """Of rows that wait for an answer, those `with_state` calls long overdue; with `due_now`."""
        rows = self.annotate(due_now=Coalesce("extended_to", "due_at")).filter(due_now__lte=moment - LONG)
        days = list(ended)
        return rows.exclude(_ended_before_due(days, moment)) if days else rows


def _state_case(moment: datetime, ended: list[date]) -> models.Case:
    """The one state of each row, in the order `state_at` asks; needs `due_now`."""
    say = models.Value
    gone = [models.When(_ended_before_due(ended, moment), then=say("closed"))] if ended else []
    settled = [models.When(settled__lt=(n + 1) * STEP, then=say(word)) for n, word in enumerate(SETTLED)]
    return models.Case(
        settled[0],
        *gone,
        *settled[1:],
        models.When(due_now=None, then=say("open_ended")),
        models.When(due_now__lte=moment - LONG, then=say("long_overdue")),
        models.When(due_now__lte=moment, then=say("overdue")),
        models.When(~Q(extended_to=None), then=say("extended")),
        models.When(due_now__lte=moment + NEAR, then=say("near_due")),
        default=say("not_due"),
    )


def _ended_before_due(ended: list[date], moment: datetime) -> Q:
    """The unit's last day is over before the due instant, or, where there is none, before the moment."""
    found = Q(pk__in=[])
    for day in ended:
        end = clock.end_of(day)
        undated = Q(due_now=None) if end < moment else Q(pk__in=[])
        found |= Q(unit__valid_to=day) & (Q(due_now__gt=end) | undated)
    return found


def in_time(due: str) -> Q:
    """Rows first answered, by a return or by zero, not later than the instant in this column."""
    return Q(first_reported_at__lte=models.F(due)) | Q(zero_at__lte=models.F(due))


class Obligation(models.Model):
    """One unit's duty to answer one ask, frozen when the notice is issued. Facts are columns; `reports` sets them through
    this room's actions.

    Attributes:
        due_at: this unit's own due instant, confirmed; null: open-ended, never late.
        returns: how many returns stand (reported and not withdrawn); `accepted`: how many were accepted;
            `sent_back`: how many wait for mending.
        settled: what no clock changes of all this, in one number (see `campaigns.models.settled`).
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, related_name="obligations")
    unit = models.ForeignKey("federation.Unit", on_delete=models.PROTECT, related_name="obligations")
    due_at = models.DateTimeField(null=True, blank=True)
    extended_to = models.DateTimeField(null=True, blank=True)
    extension_reason = models.CharField(max_length=200, blank=True)
    exempt_at = models.DateTimeField(null=True, blank=True)
    exempt_reason = models.CharField(max_length=200, blank=True)
    zero_at = models.DateTimeField(null=True, blank=True)
    zero_reason = models.CharField(max_length=200, blank=True)
    proxy_unit = models.ForeignKey("federation.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    returns = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    sent_back = models.PositiveIntegerField(default=0)
    first_reported_at = models.DateTimeField(null=True, blank=True)
    last_reported_at = models.DateTimeField(null=True, blank=True)
    settled = SettledField(default=WAITING, editable=False)

    objects = ObligationRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ask", "unit"], name="asked_once"),
            models.CheckConstraint(condition=Q(accepted__lte=models.F("returns")), name="accepted_were_reported"),
            models.CheckConstraint(condition=Q(settled=settled_case()), name="settled_as_its_facts"),
        ]
        indexes = [
            # Everything the board counts: sixty thousand obligations are read from this alone, and those nobody has answered
            # stand together in it, by when they are due.
            models.Index(fields=["ask", "settled", "extended_to", "due_at", "unit"], name="obligations_settled"),
        ]

    class Privacy:
        personal: set[str] = set()
        plain = {
            "code", "ask", "unit", "due_at", "extended_to", "extension_reason", "exempt_at", "exempt_reason", "zero_at",
            "zero_reason", "proxy_unit", "returns", "accepted", "sent_back", "first_reported_at", "last_reported_at",
            "settled",
        }  # fmt: skip

    def state_at(self, moment: datetime) -> ObligationState:
        """The one state shown at a moment (reference/reporting §7)."""
        if self.exempt_at:
            return ObligationState.EXEMPT
        if self.sent_back:
            return ObligationState.SENT_BACK
        if self.returns:
            if self.proxy_unit_id:
                return ObligationState.PROXY
            return ObligationState.ACCEPTED if self.accepted == self.returns else ObligationState.REPORTED
        if self.zero_at:
            return ObligationState.ZERO
        due = self.extended_to or self.due_at
        if due is None:
            return ObligationState.OPEN_ENDED
        if moment >= due + LONG:
            return ObligationState.LONG_OVERDUE
        if moment >= due:
            return ObligationState.OVERDUE
        if self.extended_to:
            return ObligationState.EXTENDED
        return ObligationState.NEAR_DUE if moment >= due - NEAR else ObligationState.NOT_DUE


class ProxyReport(models.Model):
    """Evidence of one 代报: a federation reported for a unit below it that could not. Written once; a unit that corrects it
    by a report of its own ends the proxy on its obligation, never this line.

    Attributes:
        unit: who reported, for the obligation's unit; `about`: code of the return; `reason`: why the unit could not.
    """

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="proxy_reports")
    unit = models.ForeignKey("federation.Unit", on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=12, unique=True)
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.CharField(max_length=40)

    class Meta:
        ordering = ["-at"]

    class Privacy:
        personal = {"by", "reason"}
        plain = {"obligation", "unit", "about", "at"}
