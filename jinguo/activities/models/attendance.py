"""What happened: who came, how many there were, and the pictures."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jinguo.lib import ids


class CheckIn(models.Model):
    """A signed-up person came, with how many of her seats."""

    sign_up = models.OneToOneField("activities.SignUp", on_delete=models.PROTECT, related_name="check_in")
    seats = models.PositiveSmallIntegerField(default=1)
    at = models.DateTimeField()
    actor = models.CharField(max_length=40)

    class Privacy:
        personal = {"sign_up"}
        plain = {"seats", "at", "actor"}


class Exactness(models.TextChoices):
    """Whether a number was counted or estimated."""

    EXACT = "exact", _("准")
    ABOUT = "about", _("约")


class Headcount(models.Model):
    """How many came to one session, as the unit says. Newest stands; older ones stay. Blank is 「没报」, 0 is 「没有」.

    Attributes:
        on_site: person-times on site (人次); `women`: of them women; `online`: views, never added to `on_site`.
    """

    session = models.ForeignKey("activities.Session", on_delete=models.CASCADE, related_name="headcounts")
    on_site = models.PositiveIntegerField(null=True, blank=True)
    women = models.PositiveIntegerField(null=True, blank=True)
    online = models.PositiveIntegerField(null=True, blank=True)
    exactness = models.CharField(max_length=5, choices=Exactness.choices, default=Exactness.EXACT)
    at = models.DateTimeField()
    actor = models.CharField(max_length=40)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(women=None) | Q(on_site=None) | Q(women__lte=models.F("on_site")),
                name="women_are_among_those_on_site",
            )
        ]

    class Privacy:
        personal: set[str] = set()
        plain = {"session", "on_site", "women", "online", "exactness", "at", "actor"}


class Photo(models.Model):
    """A picture of an activity, shrunk and stripped of its location before it is stored.

    Attributes:
        consent: those shown agreed to its use; without it the picture stays inside the unit.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    activity = models.ForeignKey("activities.Activity", on_delete=models.CASCADE, related_name="photos")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    caption = models.CharField(max_length=100, blank=True)
    consent = models.BooleanField(default=False)
    taken_at = models.DateTimeField(null=True, blank=True)
    added_at = models.DateTimeField()

    class Privacy:
        personal = {"file", "caption"}
        plain = {"code", "activity", "consent", "taken_at", "added_at"}
