"""The paper's life: a file comes in, is read, and a person confirms what was read (DESIGN §4 Notice)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jinguo.federation import policy
from jinguo.lib import ids


class NoticeState(models.TextChoices):
    """Where a notice stands. `received`: the file is kept, nothing was parsed yet; `planned`: its plan became a campaign;
    `void`: taken back before it was issued."""

    RECEIVED = "received", _("待读")
    UNREADABLE = "unreadable", _("读不了")
    READ = "read", _("待确认")
    PLANNED = "planned", _("已成计划")
    VOID = "void", _("已作废")


class NoticeRows(models.QuerySet["Notice"]):
    def visible_to(self, actor: object) -> "NoticeRows":
        return self.filter(policy.sight(actor, "notice.view", "office__unit"))


class Notice(models.Model):
    """One notice as it came in. The file is kept with its hash before anything is parsed.

    Attributes:
        sha256: of the raw bytes; one living notice an office and hash, so the same file is recognised.
        received_by: the actor's code.
        fault: why the file could not be read, a key of `gongwen.refusals.SENTENCES`.
        signed_on: the 成文日期 a person filled in; a missing one stays missing.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    office = models.ForeignKey("federation.Office", on_delete=models.PROTECT, related_name="notices")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="notices")
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=NoticeState.choices)
    title = models.CharField(max_length=200, blank=True)
    doc_number = models.CharField(max_length=60, blank=True)
    fault = models.CharField(max_length=40, blank=True)
    received_at = models.DateTimeField()
    received_by = models.CharField(max_length=40)
    signed_on = models.DateField(null=True, blank=True)

    objects = NoticeRows.as_manager()

    class Meta:
        ordering = ["-received_at"]
        constraints = [
            models.UniqueConstraint(fields=["office", "sha256"], condition=~Q(state="void"), name="same_file_once"),
        ]

    class Privacy:
        personal: set[str] = set()
        plain = {
            "code", "office", "file", "sha256", "state", "title", "doc_number", "fault", "received_at", "received_by",
            "signed_on",
        }  # fmt: skip

    def __str__(self) -> str:
        return self.doc_number or self.title


class Reading(models.Model):
    """What the reader found, and the text it found it in. Never changed; a newer reader adds another reading.

    Attributes:
        raw_text: the extracted text; every offset of the record counts its code points.
        record: the `gongwen` record as JSON (schema_version inside), without its `raw`, which is `raw_text`.
    """

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="readings")
    raw_text = models.TextField()
    extractor = models.CharField(max_length=40)
    extractor_version = models.CharField(max_length=20)
    record = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at"]

    class Privacy:
        personal = {"raw_text", "record"}
        plain = {"notice", "extractor", "extractor_version", "made_at"}


class ItemKind(models.TextChoices):
    """What a plan item is. `task` levels: line （一）, measure 一要. Deadlines and contacts are a person's additions."""

    THEME = "theme", _("主题")
    LINE = "line", _("方面")
    MEASURE = "measure", _("措施")
    OWN_EVENT = "own_event", _("自办活动")
    REQUIREMENT = "requirement", _("要求")
    REPORT_DUTY = "report_duty", _("报送要求")
    RECIPIENT = "recipient", _("主送单位")
    DEADLINE = "deadline", _("期限")
    CONTACT = "contact", _("联系方式")


# Kinds that make a plan; the others say to whom, until when and whom to ask.
MAKES_PLAN = (
    ItemKind.THEME, ItemKind.LINE, ItemKind.MEASURE, ItemKind.OWN_EVENT, ItemKind.REQUIREMENT, ItemKind.REPORT_DUTY,
)  # fmt: skip


class Decision(models.TextChoices):
    """What a person decided about an item. `replaced`: it was split or merged into others."""

    PROPOSED = "proposed", _("待确认")
    CONFIRMED = "confirmed", _("已确认")
    EDITED = "edited", _("改过并确认")
    REJECTED = "rejected", _("不是任务")
    REPLACED = "replaced", _("已拆分或合并")


class ItemRows(models.QuerySet["Item"]):
    def standing(self) -> "ItemRows":
        """Items that count: neither rejected nor replaced."""
        return self.exclude(decision__in=[Decision.REJECTED, Decision.REPLACED])

    def settled(self) -> "ItemRows":
        return self.filter(decision__in=[Decision.CONFIRMED, Decision.EDITED])


class Item(models.Model):
    """One thing the plan may hold: proposed by the reader (dashed) until a person decides (solid).

    Attributes:
        ref: id of the record's leaf it comes from; "" for one a person added.
        clause: official clause id such as 二(四)三; "" where the notice gives none.
        quote, start, end: its sentence on the raw text; for several spans, the first; all are in `spans`.
        proposal: what the reader found, as JSON; never changed.
        values: what stands now: the proposal, or a person's edit beside it.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=ItemKind.choices)
    ref = models.CharField(max_length=20, blank=True)
    clause = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=200)
    quote = models.TextField(blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    spans = models.JSONField(default=list)
    proposal = models.JSONField(default=dict)
    values = models.JSONField(default=dict)
    decision = models.CharField(max_length=10, choices=Decision.choices, default=Decision.PROPOSED)
    came_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="became")

    objects = ItemRows.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["notice", "position"])]

    class Privacy:
        personal: set[str] = set()
        plain = {
            "code", "notice", "position", "kind", "ref", "clause", "title", "quote", "start", "end", "spans", "proposal",
            "values", "decision", "came_from",
        }  # fmt: skip


class Confirmation(models.Model):
    """One decision of a person about one item; the newest stands, older ones stay."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="confirmations")
    decision = models.CharField(max_length=10, choices=Decision.choices)
    values = models.JSONField(default=dict)
    actor = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    class Privacy:
        personal: set[str] = set()
        plain = {"item", "decision", "values", "actor", "at"}


class Question(models.TextChoices):
    """What the notice leaves open and only a person can decide."""

    DUE = "due", _("报送期限")
    SIGN_DUE = "sign_due", _("签收期限")
    SIGNED_ON = "signed_on", _("成文日期")
    SEEN = "seen", _("看过，无任务")
    AS_NOTICE = "as_notice", _("照通知办")


class Answer(models.Model):
    """What a person decided about an open question; the newest stands, older ones stay.

    Attributes:
        ref: what it is about where one question is asked of many: code of a report duty, id of a sentence.
        value: the decision as JSON, e.g. {"kind": "working_days", "days": 3}; {"kind": "open"}: it was taken back.
            See `jinguo.notices.questions`.
    """

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="answers")
    question = models.CharField(max_length=10, choices=Question.choices)
    ref = models.CharField(max_length=20, blank=True)
    value = models.JSONField(default=dict)
    actor = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    class Privacy:
        personal: set[str] = set()
        plain = {"notice", "question", "ref", "value", "actor", "at"}
