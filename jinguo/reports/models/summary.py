"""Snapshots and what is written from them. A snapshot never changes; a paper that was signed off never does either."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jinguo.federation import policy
from jinguo.lib import ids


class Snapshot(models.Model):
    """Everything a summary rests on, frozen at one instant.

    Attributes:
        data: obligations with their states, the return versions used, own events, figures and coverage.
        digest: SHA-256 of the data as canonical JSON (sorted keys, UTF-8, no blanks).
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.PROTECT, related_name="snapshots")
    at = models.DateTimeField()
    data = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-at"]

    class Privacy:
        personal = {"data"}
        plain = {"code", "campaign", "at", "digest"}


class SummaryState(models.TextChoices):
    """Where a summary stands. `replaced`: a newer snapshot was taken before it was submitted."""

    DRAFT = "draft", _("改稿中")
    SUBMITTED = "submitted", _("待审签")
    APPROVED = "approved", _("已审签")
    REPLACED = "replaced", _("已换新稿")


MOVES: dict[Any, tuple[Any, ...]] = {
    SummaryState.DRAFT: (SummaryState.SUBMITTED, SummaryState.REPLACED),
    SummaryState.SUBMITTED: (SummaryState.APPROVED, SummaryState.DRAFT),
    SummaryState.APPROVED: (),
    SummaryState.REPLACED: (),
}


class SummaryRows(models.QuerySet["Summary"]):
    def visible_to(self, actor: object) -> "SummaryRows":
        return self.filter(policy.sight(actor, "summary.view", "campaign__office__unit"))


class Summary(models.Model):
    """The text of one consolidation, sentence by sentence, until it becomes a paper.

    Attributes:
        back_note: what the leader asked for when she gave it back.
        approved_by: code of the actor who signed it off.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.PROTECT, related_name="summaries")
    snapshot = models.OneToOneField(Snapshot, on_delete=models.PROTECT, related_name="summary")
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=SummaryState.choices, default=SummaryState.DRAFT)
    made_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.CharField(max_length=40, blank=True)
    back_note = models.CharField(max_length=300, blank=True)
    paper = models.ForeignKey("papers.Paper", null=True, blank=True, on_delete=models.PROTECT, related_name="summaries")

    objects = SummaryRows.as_manager()

    class Meta:
        ordering = ["-made_at"]
        verbose_name_plural = "summaries"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign"], condition=Q(state__in=["draft", "submitted"]), name="one_open_summary_a_campaign"
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | (~Q(paper=None) & ~Q(approved_at=None) & ~Q(approved_by="")),
                name="approved_has_a_paper",
            ),
        ]

    class Privacy:
        personal = {"approved_by"}
        plain = {
            "code", "campaign", "snapshot", "title", "state", "made_at", "submitted_at", "approved_at", "back_note",
            "paper",
        }  # fmt: skip


class Origin(models.TextChoices):
    """Whose words a sentence is in."""

    BUILT = "built", _("按快照写成")
    TYPED = "typed", _("人工改写")


class Sentence(models.Model):
    """One sentence of a summary and what stands behind it.

    Attributes:
        position: its number in the paper's 依据表.
        section: key of the section it stands in, e.g. `overall`, `clause:二（一）一`.
        key: what the sentence says, for the recount, e.g. `duty:ab12…`.
        built_text: as the builder wrote it; `text`: as it stands now.
        sources: list of {kind, code, label, note}; never empty.
        figures: list of {text, measure, about}.
        dropped: left out of the paper, but kept here.
    """

    summary = models.ForeignKey(Summary, on_delete=models.CASCADE, related_name="sentences")
    position = models.PositiveIntegerField()
    section = models.CharField(max_length=40)
    key = models.CharField(max_length=60)
    built_text = models.TextField()
    text = models.TextField()
    origin = models.CharField(max_length=5, choices=Origin.choices, default=Origin.BUILT)
    sources = models.JSONField(default=list)
    figures = models.JSONField(default=list)
    dropped = models.BooleanField(default=False)

    class Meta:
        ordering = ["summary", "position"]
        constraints = [models.UniqueConstraint(fields=["summary", "position"], name="sentence_order")]

    class Privacy:
        personal = {"built_text", "text", "sources"}
        plain = {"summary", "position", "section", "key", "origin", "figures", "dropped"}


class SupplementState(models.TextChoices):
    """Where a supplement stands."""

    SUBMITTED = "submitted", _("待审签")
    APPROVED = "approved", _("已审签")
    DROPPED = "dropped", _("没有用")


class Supplement(models.Model):
    """What came after a signed summary: a snapshot of its own, and against it the sentences that are touched. The signed
    paper is never changed; this is said beside it.

    Attributes:
        number: 1, 2, … of its summary.
        items: list of {kind, code, unit, title, changes, touches} (`builder.supplement.Item`).
        lines: list of {number, before, now}: sentences that would read otherwise.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    summary = models.ForeignKey(Summary, on_delete=models.PROTECT, related_name="supplements")
    number = models.PositiveSmallIntegerField()
    snapshot = models.OneToOneField(Snapshot, on_delete=models.PROTECT, related_name="supplement")
    state = models.CharField(max_length=10, choices=SupplementState.choices, default=SupplementState.SUBMITTED)
    items = models.JSONField(default=list)
    lines = models.JSONField(default=list)
    made_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.CharField(max_length=40, blank=True)
    paper = models.ForeignKey("papers.Paper", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["summary", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["summary", "number"], condition=~Q(state="dropped"), name="supplement_number_once"
            ),
            models.UniqueConstraint(fields=["summary"], condition=Q(state="submitted"), name="one_open_supplement"),
        ]

    class Privacy:
        personal = {"items", "lines", "approved_by"}
        plain = {"code", "summary", "number", "snapshot", "state", "made_at", "approved_at", "paper"}
