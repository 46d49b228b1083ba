"""A unit asks for more time before it is late, and is answered with a date (reference/reporting §7)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jinguo.campaigns.models.campaign import CampaignState
from jinguo.campaigns.models.obligation import Obligation
from jinguo.federation import policy
from jinguo.lib import ids


class ExtensionAnswer(models.TextChoices):
    """What became of a request; empty while the office owes its answer."""

    GRANTED = "granted", _("同意延期")
    REFUSED = "refused", _("没有同意")
    TAKEN_BACK = "taken_back", _("单位收回")


class ExtensionRows(models.QuerySet["ExtensionRequest"]):
    def visible_to(self, actor: object) -> "ExtensionRows":
        """Requests of the actor's units, and every one of asks her own office issued."""
        return self.filter(
            policy.sight(actor, "obligation.view", "obligation__unit")
            | policy.sight(actor, "obligation.edit", "obligation__ask__campaign__office__unit")
        )

    def waiting(self) -> "ExtensionRows":
        """Those the office has not answered."""
        return self.filter(answered_at=None)

    def owed(self) -> "ExtensionRows":
        """Those the office still has to answer: once the work is over (办结) nothing of it waits; taken up again, it does."""
        return self.waiting().filter(obligation__ask__campaign__state=CampaignState.ISSUED)


class ExtensionRequest(models.Model):
    """One request for more time, asked before the due instant; at most one waits for an answer.

    Attributes:
        to: until when the unit asks to have; `granted_to`: until when it got, which may be another instant.
        due_at: the due instant it was asked under, kept as evidence that it was asked in time.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="extension_requests")
    due_at = models.DateTimeField()
    to = models.DateTimeField()
    reason = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=40)
    answer = models.CharField(max_length=10, choices=ExtensionAnswer.choices, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=40, blank=True)
    granted_to = models.DateTimeField(null=True, blank=True)
    answer_note = models.CharField(max_length=200, blank=True)

    objects = ExtensionRows.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(fields=["obligation"], condition=Q(answered_at=None), name="one_request_waits"),
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="") | (~Q(answered_at=None) & ~Q(answer="")),
                name="answered_says_what",
            ),
            models.CheckConstraint(
                condition=(Q(answer="granted") & ~Q(granted_to=None)) | (~Q(answer="granted") & Q(granted_to=None)),
                name="granted_has_a_date",
            ),
            models.CheckConstraint(condition=Q(asked_at__lt=models.F("due_at")), name="asked_before_due"),
        ]

    class Privacy:
        personal = {"asked_by", "answered_by"}
        plain = {
            "code", "obligation", "due_at", "to", "reason", "asked_at", "answer", "answered_at", "granted_to", "answer_note",
        }  # fmt: skip
