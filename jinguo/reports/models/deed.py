"""The register of 办实事、解难事: each deed once, for whom, with what result, from which report."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jinguo.lib import ids


class DeedKind(models.TextChoices):
    """What a deed is: something good done, or a difficulty solved."""

    GOOD = "good", _("办实事")
    HARD = "hard", _("解难事")


class ForWhom(models.TextChoices):
    """Whom a deed served."""

    WOMEN = "women", _("妇女群众")
    WORKERS = "workers", _("女职工")
    FAMILIES = "families", _("家庭")
    CHILDREN = "children", _("儿童")
    ELDERLY = "elderly", _("老人")
    JOB_SEEKERS = "job_seekers", _("求职创业妇女")
    POOR = "poor", _("困境妇女儿童")
    ILL = "ill", _("患病妇女")
    DISABLED = "disabled", _("残疾妇女")
    SINGLE = "single", _("单亲困难母亲")
    HARMED = "harmed", _("受侵害妇女儿童")
    OTHER = "other", _("其他")


# Of these the register keeps neither name nor result, and shows only counts that point at nobody.
SENSITIVE = frozenset({ForWhom.POOR, ForWhom.ILL, ForWhom.DISABLED, ForWhom.SINGLE, ForWhom.HARMED})


class CountedIn(models.TextChoices):
    """The unit of a deed's beneficiaries. They are never added together."""

    PERSONS = "persons", _("人")
    HOUSEHOLDS = "households", _("户")
    PERSON_TIMES = "times", _("人次")


class DeedRows(models.QuerySet["Deed"]):
    def standing(self) -> "DeedRows":
        return self.filter(removed_at=None)


class Deed(models.Model):
    """One deed of an accepted return.

    Attributes:
        position: 1, 2, … among the deeds of its return; the constraint is what keeps each counted once.
        version: the accepted version it was taken from.
        title, result: empty for a sensitive group.
        benefited: how many, in `counted_in`; null: not reported.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.PROTECT, related_name="deeds")
    given = models.ForeignKey("reports.Return", on_delete=models.PROTECT, related_name="deeds")
    version = models.ForeignKey("reports.ReturnVersion", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=4, choices=DeedKind.choices)
    for_whom = models.CharField(max_length=12, choices=ForWhom.choices)
    title = models.CharField(max_length=100, blank=True)
    result = models.CharField(max_length=200, blank=True)
    benefited = models.PositiveIntegerField(null=True, blank=True)
    about = models.BooleanField(default=False)
    counted_in = models.CharField(max_length=10, choices=CountedIn.choices, default=CountedIn.PERSONS)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    actor = models.CharField(max_length=40)

    objects = DeedRows.as_manager()

    class Meta:
        ordering = ["given", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["given", "position"], condition=Q(removed_at=None), name="deed_counted_once"
            ),
            models.CheckConstraint(
                condition=~Q(for_whom__in=["disabled", "harmed", "ill", "poor", "single"]) | Q(title="", result=""),
                name="sensitive_deed_says_nothing",
            ),
        ]

    class Privacy:
        personal = {"title", "result", "actor"}
        plain = {
            "code", "campaign", "given", "version", "position", "kind", "for_whom", "benefited", "about", "counted_in",
            "added_at", "removed_at",
        }  # fmt: skip

    @property
    def is_sensitive(self) -> bool:
        return self.for_whom in SENSITIVE
