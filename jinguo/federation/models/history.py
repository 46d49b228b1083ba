"""What happened to a unit: the days it was founded, renamed, moved, merged, split or ended, and on what authority."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ChangeKind(models.TextChoices):
    """What happened, from the unit's own point of view."""

    FOUNDED = "founded", _("成立")
    RENAMED = "renamed", _("更名")
    MOVED = "moved", _("换了上级")
    MERGED = "merged", _("并入别的单位")
    ABSORBED = "absorbed", _("并进来一个单位")
    SPLIT_OFF = "split_off", _("从别的单位分设")
    SPLIT = "split", _("分设出一个单位")
    CLOSED = "closed", _("单位撤销")
    REOPENED = "reopened", _("恢复")


class UnitChange(models.Model):
    """One event of a unit's life. Written once, never changed.

    Attributes:
        day: the first day on which it is so; for an ending, the last day of the unit.
        before, after: names, or names of the units above, as they were called then.
        other: the unit it was merged with, split from or put below.
        basis: the paper it rests on, e.g. a document number; may be empty.
    """

    unit = models.ForeignKey("federation.Unit", on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=10, choices=ChangeKind.choices)
    day = models.DateField()
    before = models.CharField(max_length=80, blank=True)
    after = models.CharField(max_length=80, blank=True)
    other = models.ForeignKey("federation.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=80, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=40)

    class Meta:
        ordering = ["unit", "day", "pk"]

    class Privacy:
        personal: set[str] = set()
        plain = {"unit", "kind", "day", "before", "after", "other", "basis", "recorded_at", "recorded_by"}


class ToldApart(models.Model):
    """Two units that look like one and are not: somebody said so, and they are not offered for merging again."""

    first = models.ForeignKey("federation.Unit", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("federation.Unit", on_delete=models.CASCADE, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="told_apart_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="told_apart_in_order"),
        ]

    class Privacy:
        personal: set[str] = set()
        plain = {"first", "second", "said_at"}
