"""What a person has said of several returns: that they tell of one event, or that they do not."""

from django.db import models
from django.db.models import F, Q

from jinguo.lib import ids


class JointEvent(models.Model):
    """One event that several units report, each for itself. Every figure counts it once; each unit's duty is met.

    Attributes:
        told_by: the returns about it.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.PROTECT, related_name="joint_events")
    made_at = models.DateTimeField()
    actor = models.CharField(max_length=40)

    class Meta:
        ordering = ["pk"]

    class Privacy:
        personal = {"actor"}
        plain = {"code", "campaign", "made_at"}


class Apart(models.Model):
    """Two returns that tell of two events, however alike they look. They are not proposed for joining again."""

    first = models.ForeignKey("reports.Return", on_delete=models.CASCADE, related_name="apart_from_later")
    second = models.ForeignKey("reports.Return", on_delete=models.CASCADE, related_name="apart_from_earlier")
    at = models.DateTimeField()
    actor = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="apart_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="apart_in_order"),
        ]

    class Privacy:
        personal = {"actor"}
        plain = {"first", "second", "at"}


class Adoption(models.Model):
    """Where an accepted return was used. The unit is told, and nobody else (reference/reporting §9.10).

    Attributes:
        version: what was used.
        summary: the signed-off summary that quotes it; null where a person said so of another paper.
        where: in words, e.g. 简报第5期第2条.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    given = models.ForeignKey("reports.Return", on_delete=models.PROTECT, related_name="adoptions")
    version = models.ForeignKey("reports.ReturnVersion", on_delete=models.PROTECT, related_name="+")
    summary = models.ForeignKey(
        "reports.Summary", null=True, blank=True, on_delete=models.PROTECT, related_name="adoptions"
    )
    where = models.CharField(max_length=120)
    at = models.DateTimeField()
    actor = models.CharField(max_length=40)

    class Meta:
        ordering = ["given", "pk"]
        constraints = [models.UniqueConstraint(fields=["given", "where"], name="adopted_once_there")]

    class Privacy:
        personal = {"actor"}
        plain = {"code", "given", "version", "summary", "where", "at"}
