"""What was said to a unit that has not answered yet: digests by the ladder, a nudge by hand, a telephone call.

Every row is a fact that happened once; uniqueness is the database's, so that a killed worker or a moved clock never
says the same thing twice (reference/reporting §7).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jinguo.campaigns.models.circulation import Circulation
from jinguo.federation import policy
from jinguo.lib import ids
from jinguo.lib.sealed import Sealed


class Digest(models.Model):
    """One private reminder to one unit: at most one a day, whatever it lists."""

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    unit = models.ForeignKey("federation.Unit", on_delete=models.PROTECT, related_name="digests")
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "day"], name="one_digest_a_day")]

    class Privacy:
        personal: set[str] = set()
        plain = {"code", "unit", "day", "at"}


class StepKind(models.TextChoices):
    """Which ladder a step belongs to; the thing is a circulation for signing, an obligation for reporting."""

    SIGN = "sign", _("签收")
    REPORT = "report", _("报送")


class Step(models.Model):
    """One rung of the ladder that one thing has climbed, under one due instant.

    Attributes:
        thing: row number of the circulation or obligation; an extension moves `due_at` and so begins a new ladder.
        rank: the rung's place; a lower one is never said after a higher one.
    """

    digest = models.ForeignKey(Digest, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=6, choices=StepKind.choices)
    thing = models.BigIntegerField()
    due_at = models.DateTimeField()
    rank = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "thing", "due_at", "rank"], name="step_once")]

    class Privacy:
        personal: set[str] = set()
        plain = {"digest", "kind", "thing", "due_at", "rank"}


class Nudge(models.Model):
    """One reminder by hand: at most one a day for one copy."""

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    circulation = models.ForeignKey(Circulation, on_delete=models.PROTECT, related_name="nudges")
    day = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["circulation", "day"], name="one_nudge_a_day")]

    class Privacy:
        personal = {"by"}
        plain = {"code", "circulation", "day", "at"}


class CallOutcome(models.TextChoices):
    """How a telephone call ended, in one press."""

    REACHED = "reached", _("已提醒")
    PROMISED = "promised", _("答应办")
    NO_ANSWER = "no_answer", _("没人接")
    WRONG_NUMBER = "wrong_number", _("号码不对")


class CallRows(models.QuerySet["Call"]):
    def visible_to(self, actor: object) -> "CallRows":
        return self.filter(
            policy.sight(actor, "circulation.assign", "circulation__unit")
            | policy.sight(actor, "circulation.assign", "circulation__campaign__office__unit")
        )


class Call(models.Model):
    """One telephone call to a unit about one notice. Its code comes with the form: pressing twice logs once."""

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    circulation = models.ForeignKey(Circulation, on_delete=models.PROTECT, related_name="calls")
    at = models.DateTimeField()
    by = models.CharField(max_length=40)
    outcome = models.CharField(max_length=12, choices=CallOutcome.choices)
    note_sealed = models.TextField(blank=True)

    note = Sealed("note_sealed")
    objects = CallRows.as_manager()

    class Meta:
        ordering = ["-at"]

    class Privacy:
        personal = {"by", "note_sealed"}
        plain = {"code", "circulation", "at", "outcome"}
