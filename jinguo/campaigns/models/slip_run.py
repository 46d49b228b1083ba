"""Printed slips (签收单) of a whole city: asked for, made by the worker part by part, kept a week as one PDF."""

from django.db import models
from django.db.models import Q

from jinguo.federation import policy
from jinguo.lib import ids


class SlipRunRows(models.QuerySet["SlipRun"]):
    def visible_to(self, actor: object) -> "SlipRunRows":
        """Those of the actor's own office: each slip opens a unit's page."""
        return self.filter(policy.sight(actor, "campaign.edit", "campaign__office__unit"))

    def waiting(self) -> "SlipRunRows":
        """Those that still have parts to make."""
        return self.filter(file=None, ended_at=None)


class SlipRun(models.Model):
    """One PDF of slips, for everybody who had not signed when it was asked for.

    Attributes:
        copies: row numbers of the circulations, in the order of the tree; frozen.
        done: for how many of them a part is made.
        file: the whole, when it is ready. `ended_at`: when it was ready, or set aside, or forgotten.
        attempts, next_at, lease_until, lease_token: as `lib.claim` takes them.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.PROTECT, related_name="slip_runs")
    copies = models.JSONField()
    done = models.PositiveIntegerField(default=0)
    file = models.ForeignKey("files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=40)
    ended_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.CharField(max_length=12, blank=True)

    objects = SlipRunRows.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(fields=["campaign"], condition=Q(ended_at=None), name="one_slip_run_open"),
            models.CheckConstraint(condition=Q(file=None) | ~Q(ended_at=None), name="ready_slips_ended"),
        ]

    class Privacy:
        personal = {"asked_by"}
        plain = {
            "code", "campaign", "copies", "done", "file", "asked_at", "ended_at", "attempts", "next_at", "lease_until",
            "lease_token",
        }  # fmt: skip

    @property
    def total(self) -> int:
        return len(self.copies)

    @property
    def failed(self) -> bool:
        """Set aside after so many attempts; the officer asks again."""
        return self.ended_at is not None and self.file_id is None

    @property
    def is_ready(self) -> bool:
        return self.file_id is not None and self.file.deleted_at is None


class SlipPart(models.Model):
    """The slips from the `first`-th copy on, as a PDF of its own until all are joined: a killed worker loses one part at most."""

    run = models.ForeignKey(SlipRun, on_delete=models.CASCADE, related_name="parts")
    first = models.PositiveIntegerField()
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["first"]
        constraints = [models.UniqueConstraint(fields=["run", "first"], name="slip_part_once")]

    class Privacy:
        personal: set[str] = set()
        plain = {"run", "first", "file"}
