"""A return (报送件): what one unit says about one activity, version by version. Nothing sent is ever changed."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jinguo.federation import policy
from jinguo.lib import ids
from jinguo.lib.sealed import Sealed


class ReturnState(models.TextChoices):
    """Where a return stands. The labels are the field's words, not translated.

    `resent`: mended after it was sent back; `corrected`: the accepted version stands and a newer one waits; `merged`: the
    same activity stands in another return of the unit, which counts for both.
    """

    DRAFT = "draft", "草稿"
    REPORTED = "reported", "已报"
    SENT_BACK = "sent_back", "退回补正"
    RESENT = "resent", "重报"
    ACCEPTED = "accepted", "已接收"
    CORRECTED = "corrected", "更正"
    WITHDRAWN = "withdrawn", "已撤回"
    MERGED = "merged", "已并入"


class Outcome(models.TextChoices):
    """How an accepted return ended, said when a summary is signed off."""

    ADOPTED = "adopted", "采用"
    KEPT = "kept", "留存"


_S = ReturnState
MOVES: dict[Any, tuple[Any, ...]] = {
    _S.DRAFT: (_S.REPORTED,),
    _S.REPORTED: (_S.ACCEPTED, _S.SENT_BACK, _S.WITHDRAWN, _S.MERGED),
    _S.SENT_BACK: (_S.RESENT, _S.CORRECTED, _S.WITHDRAWN, _S.ACCEPTED),
    _S.RESENT: (_S.ACCEPTED, _S.SENT_BACK, _S.WITHDRAWN, _S.MERGED),
    _S.ACCEPTED: (_S.CORRECTED, _S.REPORTED),
    _S.CORRECTED: (_S.ACCEPTED, _S.SENT_BACK),
    _S.WITHDRAWN: (_S.REPORTED,),
    _S.MERGED: (_S.REPORTED,),
}
WAITING = (_S.REPORTED, _S.RESENT, _S.CORRECTED)  # the city's turn
STANDING = (_S.REPORTED, _S.SENT_BACK, _S.RESENT, _S.ACCEPTED, _S.CORRECTED)  # counted as reported


class Channel(models.TextChoices):
    """By what door a version came."""

    WEB = "web", _("网页")
    MAIL = "mail", _("电子邮件")
    FILE = "file", _("文件导入")


class FormKind(models.TextChoices):
    """形式 of the field sheet (reference/reporting §10)."""

    LECTURE = "lecture", _("宣讲")
    SYMPOSIUM = "symposium", _("座谈")
    JOB_FAIR = "job_fair", _("招聘")
    VISIT = "visit", _("慰问")
    VOLUNTEER = "volunteer", _("志愿")
    LAW = "law", _("普法")
    SELECTION = "selection", _("评选")
    CULTURE = "culture", _("文体")
    ONLINE = "online", _("线上")
    OTHER = "other", _("其他")


class ReturnRows(models.QuerySet["Return"]):
    def visible_to(self, actor: object) -> "ReturnRows":
        """A unit sees all of its own; whoever stands above sees what was sent, never a draft."""
        return self.filter(
            policy.sight(actor, "return.edit") | (policy.sight(actor, "return.view") & ~Q(state=ReturnState.DRAFT))
        )

    def own_of(self, actor: object) -> "ReturnRows":
        """The actor's own unit's, drafts included."""
        return self.filter(policy.sight(actor, "return.edit"))

    def asked_by(self, actor: object) -> "ReturnRows":
        """Those the actor's own office asked for: hers to accept. What a layer below asks for itself is not."""
        return self.filter(policy.sight(actor, "campaign.view", "campaign__office__unit"))

    def standing(self) -> "ReturnRows":
        return self.filter(state__in=STANDING)

    def waiting(self) -> "ReturnRows":
        return self.filter(state__in=WAITING)

    def counted(self) -> "ReturnRows":
        """Those with an accepted version: what coverage and confirmed figures count."""
        return self.filter(state__in=STANDING).exclude(accepted=None)


class Return(models.Model):
    """One return of one unit under one obligation.

    Attributes:
        key: says what it is about, once an obligation: `activity:<code>`, or the form's own token.
        current: the newest version sent; for a draft never sent, the draft.
        accepted: the version the city accepted and figures count, or null.
        sent_at: when `current` was sent; `first_sent_at`: when the first one was.
        times_back: how often it was sent back.
        joint: the event it tells of together with returns of other units; null for one of its own.
        merged_into: where the same activity of the unit stands, for a merged one.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    obligation = models.ForeignKey("campaigns.Obligation", on_delete=models.PROTECT, related_name="given")
    unit = models.ForeignKey("federation.Unit", on_delete=models.PROTECT, related_name="given")
    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.PROTECT, related_name="given")
    activity = models.ForeignKey(
        "activities.Activity", null=True, blank=True, on_delete=models.PROTECT, related_name="given"
    )
    key = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=ReturnState.choices, default=ReturnState.DRAFT)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    current = models.ForeignKey(
        "reports.ReturnVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    accepted = models.ForeignKey(
        "reports.ReturnVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="accepted_for"
    )
    created_at = models.DateTimeField()
    first_sent_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    times_back = models.PositiveSmallIntegerField(default=0)
    joint = models.ForeignKey(
        "reports.JointEvent", null=True, blank=True, on_delete=models.PROTECT, related_name="told_by"
    )
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")

    objects = ReturnRows.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["obligation", "key"], name="said_once"),
            models.CheckConstraint(
                condition=Q(state="draft", first_sent_at=None) | (~Q(state="draft") & ~Q(first_sent_at=None)),
                name="sent_says_when",
            ),
            models.CheckConstraint(
                condition=Q(accepted=None, accepted_at=None) | (~Q(accepted=None) & ~Q(accepted_at=None)),
                name="accepted_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(accepted=F("current")), name="accepted_is_newest"
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False, accepted=None)
                | (~Q(state="merged") & Q(merged_into=None)),
                name="merged_says_where",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-sent_at", "-id"], name="returns_tray"),
            models.Index(fields=["campaign", "state"], name="returns_of_campaign"),
        ]

    class Privacy:
        personal: set[str] = set()
        plain = {
            "code", "obligation", "unit", "campaign", "activity", "key", "state", "outcome", "current", "accepted",
            "created_at", "first_sent_at", "sent_at", "accepted_at", "times_back", "joint", "merged_into",
        }  # fmt: skip

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING


class ReturnVersion(models.Model):
    """The field sheet (reference/reporting §10) as it was at one sending. A null number was not reported; 0 is none.

    Attributes:
        number: 1, 2, …; `sent_at` null: still being written.
        token: drawn when the form was shown: the same form sent twice is sent once.
        on_site: person-times on site (人次); `women`: of them women; `online`: views; `benefited`: people (人);
            `deeds`: 办实事件数. Each `…_about`: the unit said 约.
        event: the same for reports that name the same activity, day and place (`metrics.event_mark`); "" where one is missing.
        sources: field → where its value came from, e.g. {"from": "activity:ab12.title"} or {"from": "typed"}; of a mail also
            the words it was read from ("quote").
        doubts: what was asked before sending: list of {code, field, reason}; an empty reason was left unanswered.
        actor: code of whoever sent it.
        answered_at, answer: when and how the city answered this version.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    given = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    token = models.CharField(max_length=12)
    title = models.CharField(max_length=100, blank=True)
    held_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    place = models.CharField(max_length=100, blank=True)
    cohosts = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=10, choices=FormKind.choices, blank=True)
    on_site = models.PositiveIntegerField(null=True, blank=True)
    on_site_about = models.BooleanField(default=False)
    women = models.PositiveIntegerField(null=True, blank=True)
    women_about = models.BooleanField(default=False)
    online = models.PositiveIntegerField(null=True, blank=True)
    online_about = models.BooleanField(default=False)
    benefited = models.PositiveIntegerField(null=True, blank=True)
    benefited_about = models.BooleanField(default=False)
    deeds = models.PositiveIntegerField(null=True, blank=True)
    summary = models.TextField(max_length=300, blank=True)
    body = models.TextField(max_length=1200, blank=True)
    story = models.TextField(max_length=600, blank=True)
    difficulties = models.TextField(max_length=600, blank=True)
    web_link = models.URLField(max_length=300, blank=True)
    event = models.CharField(max_length=32, blank=True)
    reporter_sealed = models.TextField(blank=True)
    phone_sealed = models.TextField(blank=True)
    approver_sealed = models.TextField(blank=True)
    sources = models.JSONField(default=dict)
    doubts = models.JSONField(default=list)
    reason = models.CharField(max_length=200, blank=True)
    channel = models.CharField(max_length=4, choices=Channel.choices, default=Channel.WEB)
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    actor = models.CharField(max_length=40)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=10, blank=True)

    reporter = Sealed("reporter_sealed")
    phone = Sealed("phone_sealed")
    approver = Sealed("approver_sealed")

    class Meta:
        ordering = ["given", "number"]
        constraints = [
            models.UniqueConstraint(fields=["given", "number"], name="version_once"),
            models.UniqueConstraint(fields=["given", "token"], name="form_once"),
            models.UniqueConstraint(fields=["given"], condition=Q(sent_at=None), name="one_draft_a_return"),
        ]
        # How long versions waited for an answer: read from here alone, not from the wide rows.
        indexes = [models.Index(fields=["given", "sent_at", "answered_at"], name="versions_waited")]

    class Privacy:
        personal = {
            "summary", "body", "story", "difficulties", "reporter_sealed", "phone_sealed", "approver_sealed", "doubts",
            "sources", "actor",
        }  # fmt: skip
        plain = {
            "code", "given", "number", "token", "title", "held_on", "ended_on", "place", "cohosts", "kind", "on_site",
            "on_site_about", "women", "women_about", "online", "online_about", "benefited", "benefited_about", "deeds",
            "web_link", "event", "reason", "channel", "written_at", "sent_at", "answered_at", "answer",
        }  # fmt: skip


class ReturnClause(models.Model):
    """A clause of the notice this version answers."""

    version = models.ForeignKey(ReturnVersion, on_delete=models.CASCADE, related_name="clause_links")
    clause = models.ForeignKey("campaigns.Clause", on_delete=models.PROTECT, related_name="return_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "clause"], name="answers_once")]

    class Privacy:
        personal: set[str] = set()
        plain = {"version", "clause"}


class ReturnPhoto(models.Model):
    """A picture of the activity that goes with this version; never required."""

    version = models.ForeignKey(ReturnVersion, on_delete=models.CASCADE, related_name="photo_links")
    photo = models.ForeignKey("activities.Photo", on_delete=models.PROTECT, related_name="return_links")
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["version", "position"]
        constraints = [models.UniqueConstraint(fields=["version", "photo"], name="pictured_once")]

    class Privacy:
        personal: set[str] = set()
        plain = {"version", "photo", "position"}


class ReviewNote(models.Model):
    """What the city asks to be mended, field by field; `field` "" is about the whole."""

    version = models.ForeignKey(ReturnVersion, on_delete=models.CASCADE, related_name="notes")
    field = models.CharField(max_length=20, blank=True)
    note = models.CharField(max_length=300)
    at = models.DateTimeField()
    actor = models.CharField(max_length=40)

    class Meta:
        ordering = ["version", "pk"]

    class Privacy:
        personal = {"note", "actor"}
        plain = {"version", "field", "at"}
