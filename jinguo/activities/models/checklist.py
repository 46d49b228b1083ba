"""What a campaign asks of every activity held under it: a short list its office keeps, and what each host says to it.

It is about the activity, never about a visitor: nobody is asked how she is.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jinguo.lib import ids
from jinguo.lib.sealed import Sealed


class PointKind(models.TextChoices):
    """What a point is about."""

    SAFETY = "safety", _("安全")
    HEALTH = "health", _("卫生和健康措施")
    CONTACT = "contact", _("紧急联系人")
    OTHER = "other", _("别的要求")


class CheckPoint(models.Model):
    """One point of a campaign's list, written or confirmed by its office.

    Attributes:
        clause: the requirement of the notice it was made from; null: the office's own.
        until: the last day it holds; a health measure always has one.
        dropped_at: when the office took it off; what hosts have said to it stays.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.PROTECT, related_name="check_points")
    clause = models.ForeignKey(
        "campaigns.Clause", null=True, blank=True, on_delete=models.PROTECT, related_name="check_points"
    )
    kind = models.CharField(max_length=8, choices=PointKind.choices)
    text = models.CharField(max_length=120)
    until = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["campaign", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(kind="health") | Q(until__isnull=False), name="health_measure_ends"),
            models.UniqueConstraint(
                fields=["campaign", "clause"], condition=Q(dropped_at=None), name="clause_checked_once"
            ),
        ]

    class Privacy:
        personal: set[str] = set()
        plain = {"code", "campaign", "clause", "kind", "text", "until", "made_at", "dropped_at"}

    def __str__(self) -> str:
        return self.text


class Said(models.TextChoices):
    """What a host says to a point."""

    SETTLED = "settled", _("已落实")
    NA = "na", _("不适用")


class CheckAnswer(models.Model):
    """What the host of one activity says to one point.

    Attributes:
        note: how, or who: for an emergency contact a name and a telephone, so it is sealed, and forgotten with the guests.
    """

    activity = models.ForeignKey("activities.Activity", on_delete=models.CASCADE, related_name="check_answers")
    point = models.ForeignKey(CheckPoint, on_delete=models.PROTECT, related_name="answers")
    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    said = models.CharField(max_length=7, choices=Said.choices)
    note_sealed = models.TextField(blank=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=40)

    note = Sealed("note_sealed")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "point"], name="point_answered_once")]

    class Privacy:
        personal = {"note_sealed"}
        plain = {"activity", "point", "code", "said", "at", "actor"}
