"""Papers out: made once, stored with their hash, frozen when signed off. A frozen paper is never edited in place."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jinguo.federation import policy
from jinguo.lib import ids


class PaperKind(models.TextChoices):
    """What a paper is."""

    SUMMARY = "summary", _("活动情况汇总")
    NOTICE = "notice", _("通知")


class PaperRows(models.QuerySet["Paper"]):
    def visible_to(self, actor: object) -> "PaperRows":
        return self.filter(policy.sight(actor, "summary.view", "office__unit"))


class Paper(models.Model):
    """One document the office made, as bytes in `files`, with what it was made from.

    Attributes:
        source_kind, source_code: what it was written from, e.g. a snapshot.
        frozen_at: from then on only a supplement or a new version may follow.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    office = models.ForeignKey("federation.Office", on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=10, choices=PaperKind.choices)
    title = models.CharField(max_length=200)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="papers")
    source_kind = models.CharField(max_length=20)
    source_code = models.CharField(max_length=12)
    made_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True, blank=True)

    objects = PaperRows.as_manager()

    class Meta:
        indexes = [models.Index(fields=["source_kind", "source_code"])]

    class Privacy:
        personal: set[str] = set()
        plain = {"code", "office", "kind", "title", "file", "source_kind", "source_code", "made_at", "frozen_at"}
