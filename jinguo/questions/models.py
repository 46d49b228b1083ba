"""Question sheets that an organiser writes herself, and the answers to them. What a sheet is about, its owner says.

An answer that says something of a person is sealed; one that only counts (how many, which day suits) stays readable, so that
sums outlive the persons.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jinguo.lib import ids
from jinguo.lib.sealed import Sealed


class Kind(models.TextChoices):
    """What an answer is."""

    TEXT = "text", _("几个字")
    NUMBER = "number", _("数")
    CHOICE = "choice", _("选一项")
    DATE = "date", _("日期")
    FILE = "file", _("文件或照片")
    CONSENT = "consent", _("打勾同意")


class Sheet(models.Model):
    """The questions about one thing.

    Attributes:
        about_kind, about_code: whose sheet it is, e.g. `activity` and its code.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    unit = models.ForeignKey("federation.Unit", on_delete=models.PROTECT, related_name="+")
    about_kind = models.CharField(max_length=20)
    about_code = models.CharField(max_length=12)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["about_kind", "about_code"], name="one_sheet_a_thing")]

    class Privacy:
        personal: set[str] = set()
        plain = {"code", "unit", "about_kind", "about_code", "made_at"}


class QuestionRows(models.QuerySet["Question"]):
    def standing(self) -> "QuestionRows":
        """Those that are asked."""
        return self.filter(retired_at=None).order_by("position", "pk")


class Question(models.Model):
    """One question.

    Attributes:
        choices: one a line, for `choice`.
        least, most: for `number` its bounds, for `text` the most characters.
        personal: the answer says something of the person, so it is sealed and forgotten; files and free texts always are.
        asks_if, asks_value: asked only of those who answered an earlier question with this value.
        retired_at: not asked any more; its answers stay.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=7, choices=Kind.choices)
    label = models.CharField(max_length=100)
    hint = models.CharField(max_length=200, blank=True)
    required = models.BooleanField(default=False)
    choices = models.TextField(blank=True)
    least = models.IntegerField(null=True, blank=True)
    most = models.IntegerField(null=True, blank=True)
    personal = models.BooleanField(default=True)
    asks_if = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="opens")
    asks_value = models.CharField(max_length=60, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = QuestionRows.as_manager()

    class Meta:
        ordering = ["sheet", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(personal=True) | ~Q(kind__in=["text", "file"]), name="texts_and_files_are_personal"
            ),
        ]

    class Privacy:
        personal: set[str] = set()
        plain = {
            "code", "sheet", "position", "kind", "label", "hint", "required", "choices", "least", "most", "personal",
            "asks_if", "asks_value", "retired_at",
        }  # fmt: skip

    @property
    def options(self) -> list[str]:
        return [line for line in self.choices.split("\n") if line]


class Answer(models.Model):
    """One answer of one person's filling-in.

    Attributes:
        about_kind, about_code: of the filling-in, e.g. `sign_up` and its code.
        value: as text, when the question is not personal; `told`: sealed, when it is; both empty once forgotten.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    about_kind = models.CharField(max_length=20)
    about_code = models.CharField(max_length=12)
    value = models.CharField(max_length=100, blank=True)
    told_sealed = models.TextField(blank=True)
    file = models.ForeignKey("files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    forgotten_at = models.DateTimeField(null=True, blank=True)

    told = Sealed("told_sealed")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["about_kind", "about_code", "question"], name="answered_once"),
        ]

    class Privacy:
        personal = {"told_sealed", "file"}
        plain = {"code", "question", "about_kind", "about_code", "value", "forgotten_at"}
