"""A campaign: the confirmed plan of one notice, its clauses, and whom it is addressed to."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jinguo.federation import policy
from jinguo.lib import ids


class CampaignState(models.TextChoices):
    """`draft`: units are being chosen; `issued`: frozen and sent out; `closed`: the office says that the work is over."""

    DRAFT = "draft", _("圈定单位")
    ISSUED = "issued", _("已发出")
    CLOSED = "closed", _("已结束")


class DueOrigin(models.TextChoices):
    """Where a due instant comes from. All but a suggestion drive something (DESIGN §4)."""

    NOTICE = "notice", _("通知原文")
    CONFIRMED = "confirmed", _("市妇联确认")
    LOCAL = "local", _("转发单位确认")
    SUGGESTED = "suggested", _("系统建议")


class CampaignRows(models.QuerySet["Campaign"]):
    def visible_to(self, actor: object) -> "CampaignRows":
        return self.filter(policy.sight(actor, "campaign.view", "office__unit"))


class Campaign(models.Model):
    """What one notice asks for, as a person confirmed it.

    Attributes:
        letters_at: from when its letters may leave (null: from when it was issued): issued at night or on a rest day they
            wait until the office opens, unless she says that it is urgent.
        sign_due_at: until when units should sign for the notice; null: no such date, nobody is late.
        passes_on: the copy of a superior's notice this one passes on to the units below; null for a notice of one's own.
        unchanged: passed on as it is, under a covering sentence (`cover`); else a local notice made from it.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    office = models.ForeignKey("federation.Office", on_delete=models.PROTECT, related_name="campaigns")
    notice = models.OneToOneField("notices.Notice", on_delete=models.PROTECT, related_name="campaign")
    title = models.CharField(max_length=200)
    doc_number = models.CharField(max_length=60, blank=True)
    theme = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=8, choices=CampaignState.choices, default=CampaignState.DRAFT)
    created_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True, blank=True)
    letters_at = models.DateTimeField(null=True, blank=True)
    sign_due_at = models.DateTimeField(null=True, blank=True)
    sign_due_origin = models.CharField(max_length=10, choices=DueOrigin.choices, blank=True)
    passes_on = models.OneToOneField(
        "campaigns.Circulation", null=True, blank=True, on_delete=models.PROTECT, related_name="onward"
    )
    unchanged = models.BooleanField(default=False)
    cover = models.CharField(max_length=300, blank=True)

    objects = CampaignRows.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(issued_at=None) | ~Q(state="draft"), name="issued_is_not_draft"),
            models.CheckConstraint(
                condition=Q(unchanged=False) | Q(passes_on__isnull=False), name="unchanged_passes_something_on"
            ),
        ]

    class Privacy:
        personal: set[str] = set()
        plain = {
            "code", "office", "notice", "title", "doc_number", "theme", "state", "created_at", "issued_at", "letters_at",
            "sign_due_at", "sign_due_origin", "passes_on", "unchanged", "cover",
        }  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        """The office has said that the work is over."""
        return self.state == CampaignState.CLOSED


class ClauseKind(models.TextChoices):
    """The kinds of DESIGN §4."""

    THEME = "theme", _("主题")
    LINE = "line", _("方面")
    MEASURE = "measure", _("措施")
    OWN_EVENT = "own_event", _("自办活动")
    REQUIREMENT = "requirement", _("要求")
    REPORT_DUTY = "report_duty", _("报送要求")


class Reach(models.TextChoices):
    """Whom a clause reaches: an empty cell never counts against a unit it merely suits (因地制宜)."""

    EACH = "each", _("每个主送单位")
    SUITED = "suited", _("适合的单位")
    ISSUER = "issuer", _("本级自办")


class Clause(models.Model):
    """One confirmed clause with a stable id such as 二(四)三.

    Attributes:
        force: the notice's own word: 要, 可, 不得, 请, 将.
        venues, groups, brands, quantities: lists of words of the notice.
        event_kind, event_on: for an own event; the date stays null while the notice gives none.
        event_words: what the notice says of its time where that is not one day: 3月6日、13日下午2:30, 3月上旬.
        lead_department, responsible: who leads it, set by the officer.
        item: what it was confirmed from; null in a local notice, where `source` is the superior's clause it was made from
            and a clause without one was added there.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="clauses")
    item = models.ForeignKey("notices.Item", null=True, blank=True, on_delete=models.PROTECT, related_name="clauses")
    source = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="passed_on")
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=20)
    kind = models.CharField(max_length=12, choices=ClauseKind.choices)
    heading = models.CharField(max_length=200)
    sentence = models.TextField(blank=True)
    force = models.CharField(max_length=10, blank=True)
    venues = models.JSONField(default=list)
    groups = models.JSONField(default=list)
    brands = models.JSONField(default=list)
    quantities = models.JSONField(default=list)
    event_kind = models.CharField(max_length=20, blank=True)
    event_on = models.DateField(null=True, blank=True)
    event_words = models.CharField(max_length=120, blank=True)
    lead_department = models.CharField(max_length=60, blank=True)
    responsible = models.CharField(max_length=60, blank=True)
    reach = models.CharField(max_length=8, choices=Reach.choices)

    class Meta:
        ordering = ["campaign", "position"]
        constraints = [models.UniqueConstraint(fields=["campaign", "number"], name="clause_number_once")]

    class Privacy:
        personal = {"responsible"}
        plain = {
            "code", "campaign", "item", "source", "position", "number", "kind", "heading", "sentence", "force", "venues",
            "groups", "brands", "quantities", "event_kind", "event_on", "event_words", "lead_department", "reach",
        }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number} {self.heading}"


class Addressee(models.Model):
    """One recipient phrase of the notice and what it was resolved to.

    Attributes:
        words: what led there: list of [words of the phrase, what they were taken for].
        unresolved: words that led nowhere; shown to the officer.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="addressees")
    item = models.ForeignKey("notices.Item", null=True, blank=True, on_delete=models.PROTECT, related_name="addressees")
    position = models.PositiveIntegerField()
    phrase = models.CharField(max_length=200)
    words = models.JSONField(default=list)
    unresolved = models.CharField(max_length=200, blank=True)
    units = models.ManyToManyField("federation.Unit", through="campaigns.AddresseeUnit", related_name="+")

    class Meta:
        ordering = ["campaign", "position"]
        constraints = [models.UniqueConstraint(fields=["campaign", "position"], name="addressee_order")]

    class Privacy:
        personal: set[str] = set()
        plain = {"campaign", "item", "position", "phrase", "words", "unresolved", "units"}


class AddresseeUnit(models.Model):
    """A unit a phrase stands for; the officer may leave one out, or put one in."""

    addressee = models.ForeignKey(Addressee, on_delete=models.CASCADE, related_name="choices")
    unit = models.ForeignKey("federation.Unit", on_delete=models.PROTECT, related_name="+")
    included = models.BooleanField(default=True)
    added_by_hand = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["addressee", "unit"], name="addressee_unit_once")]

    class Privacy:
        personal: set[str] = set()
        plain = {"addressee", "unit", "included", "added_by_hand"}
