"""What happened: who came, how many there were, and the pictures."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jinguo.activities.models.activity import SENSITIVE, Activity
from jinguo.federation import policy
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


class WalkIn(models.Model):
    """People who came without a sign-up, as the unit counted them at the door: so many at a time, each may be undone.

    Attributes:
        code: drawn when the page was made, so that a form sent twice counts once.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code)
    session = models.ForeignKey("activities.Session", on_delete=models.CASCADE, related_name="walk_ins")
    people = models.PositiveSmallIntegerField(default=1)
    at = models.DateTimeField()
    actor = models.CharField(max_length=40)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(people__gte=1), name="somebody_walked_in")]

    class Privacy:
        personal: set[str] = set()
        plain = {"code", "session", "people", "at", "actor", "undone_at"}


class PressKind(models.TextChoices):
    """What was pressed on the day's page."""

    MARK = "mark", _("来了")
    UNDO = "undo", _("撤销")
    WALK_IN = "walk_in", _("记一笔")
    HEADS = "heads", _("记下人数")


class Press(models.Model):
    """A press on the day's page that has arrived, perhaps long after it was made: a phone without network sends it again
    until it has heard that this row is there. What it did is kept where it belongs; here stands only that it was done.

    Attributes:
        code: drawn on the phone at the press; sent twice, it counts once.
        at: when it was pressed, as far as the phone could tell; `arrived_at`: when it came in.
    """

    code = models.CharField(max_length=12, unique=True)
    session = models.ForeignKey("activities.Session", on_delete=models.CASCADE, related_name="presses")
    kind = models.CharField(max_length=8, choices=PressKind.choices)
    at = models.DateTimeField()
    arrived_at = models.DateTimeField()
    actor = models.CharField(max_length=40)

    class Privacy:
        personal: set[str] = set()
        plain = {"code", "session", "kind", "at", "arrived_at", "actor"}


class Exactness(models.TextChoices):
    """Whether a number was counted or estimated."""

    EXACT = "exact", _("准")
    ABOUT = "about", _("约")


class Headcount(models.Model):
    """How many came to one session, as the unit says. Newest stands; older ones stay. Blank is 「没报」, 0 is 「没有」.

    Attributes:
        on_site: person-times on site (人次); `women`: of them women; `online`: views, never added to `on_site`.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
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
        plain = {"code", "session", "on_site", "women", "online", "exactness", "at", "actor"}


MOST_PHOTOS = 9


class PhotoRows(models.QuerySet["Photo"]):
    def standing(self) -> "PhotoRows":
        return self.filter(removed_at=None)

    def visible_to(self, actor: object) -> "PhotoRows":
        """Pictures of the activities the actor may see; a visitor sees those whose people agreed."""
        rows = self.standing().filter(activity__in=Activity.objects.visible_to(actor))
        if policy.positions(actor) == [(policy.VISITOR, "")]:
            return rows.filter(consent=True).exclude(Q(activity__kind__in=SENSITIVE) | Q(activity__discreet=True))
        return rows


class Photo(models.Model):
    """A picture of an activity, shrunk and stripped of its location before it is stored; the original is not kept.

    Attributes:
        activity: null for one a unit sent with a report in a mail: `unit` says whose. Nobody was asked whether she agrees to
            its use, so it has no door but its report's.
        file: at most `limits.PICTURE_SIDE` pixels on the longer side; `small`: the thumbnail.
        width, height: pixels of `file`.
        place: 1 to 9; the constraint is what keeps the ninth the last.
        source_sha256: of the bytes that were sent, so that a picture sent twice is kept once.
        consent: those shown agreed to its use; without it the picture stays inside the unit.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    activity = models.ForeignKey(
        "activities.Activity", null=True, blank=True, on_delete=models.CASCADE, related_name="photos"
    )
    unit = models.ForeignKey(
        "federation.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="sent_photos"
    )
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    small = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    place = models.PositiveSmallIntegerField()
    source_sha256 = models.CharField(max_length=64)
    caption = models.CharField(max_length=100, blank=True)
    consent = models.BooleanField(default=False)
    taken_at = models.DateTimeField(null=True, blank=True)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = PhotoRows.as_manager()

    class Meta:
        ordering = ["activity", "place"]
        constraints = [
            models.CheckConstraint(condition=Q(place__gte=1, place__lte=MOST_PHOTOS), name="nine_photos"),
            models.UniqueConstraint(
                fields=["activity", "place"], condition=Q(removed_at=None), name="photo_place_once"
            ),
            models.UniqueConstraint(
                fields=["activity", "source_sha256"], condition=Q(removed_at=None), name="photo_kept_once"
            ),
            models.UniqueConstraint(
                fields=["unit", "source_sha256"], condition=Q(removed_at=None), name="sent_photo_kept_once"
            ),
            models.CheckConstraint(
                condition=Q(activity__isnull=False, unit=None) | Q(activity=None, unit__isnull=False, consent=False),
                name="photo_is_somebodys",
            ),
        ]

    class Privacy:
        personal = {"file", "small", "caption", "source_sha256"}
        plain = {
            "code", "activity", "unit", "width", "height", "place", "consent", "taken_at", "added_at", "removed_at",
        }  # fmt: skip
