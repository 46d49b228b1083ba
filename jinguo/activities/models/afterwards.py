"""What was given out on the day, and what those who came say of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jinguo.lib import ids
from jinguo.lib.sealed import Sealed


class HandOut(models.Model):
    """Things given to people at one session: leaflets, books, seedlings. Each line may be undone.

    Attributes:
        code: drawn when the page was made, so that a form sent twice counts once.
        count: pieces (份); about: estimated.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code)
    session = models.ForeignKey("activities.Session", on_delete=models.CASCADE, related_name="hand_outs")
    what = models.CharField(max_length=40)
    count = models.PositiveIntegerField()
    about = models.BooleanField(default=False)
    at = models.DateTimeField()
    actor = models.CharField(max_length=40)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(count__gte=1), name="something_handed_out")]

    class Privacy:
        personal: set[str] = set()
        plain = {"code", "session", "what", "count", "about", "at", "actor", "undone_at"}


class Useful(models.IntegerChoices):
    """The one question: was it of use to you?"""

    VERY = 3, _("很有用")
    SOME = 2, _("有一点用")
    LITTLE = 1, _("没什么用")


class Feedback(models.Model):
    """One answer to the one question. Never asked for, never counted against anybody, read by the host alone.

    Attributes:
        code: drawn when the page was made, so that an answer sent twice counts once.
        sign_up: whose, where it came by her private link: her last word stands; null: of somebody who just came.
        words: a sentence she may add; sealed, and forgotten with the guests.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code)
    session = models.ForeignKey("activities.Session", on_delete=models.CASCADE, related_name="feedback")
    sign_up = models.OneToOneField(
        "activities.SignUp", null=True, blank=True, on_delete=models.CASCADE, related_name="feedback"
    )
    useful = models.PositiveSmallIntegerField(choices=Useful.choices)
    words_sealed = models.TextField(blank=True)
    at = models.DateTimeField()

    words = Sealed("words_sealed")

    class Meta:
        ordering = ["at", "pk"]
        verbose_name_plural = "feedback"
        constraints = [models.CheckConstraint(condition=Q(useful__gte=1, useful__lte=3), name="feedback_is_an_answer")]

    class Privacy:
        personal = {"sign_up", "words_sealed"}
        plain = {"code", "session", "useful", "at"}
