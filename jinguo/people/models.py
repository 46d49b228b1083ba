"""Members of the public, what they agreed to, what one of them said in the wrong place, and the clocks of forgetting."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jinguo.federation import policy
from jinguo.federation.queries import case_sight
from jinguo.lib import ids
from jinguo.lib.sealed import Sealed


class PersonRows(models.QuerySet["Person"]):
    """Persons."""

    def with_phones(self, office: int, hashes: Iterable[str]) -> "PersonRows":
        """Those whom an office knows by these keyed hashes of telephone numbers.

        That the hash is not empty is said for the index's sake: SQLite would read everybody the office knows.
        """
        return self.filter(office=office, phone_hash__in=hashes).exclude(phone_hash="")


class Person(models.Model):
    """Someone an office knows by name and telephone, for as long as a purpose lasts.

    Name and phone are sealed; the phone is found again by its keyed hash, within one office only. `erased_at` marks a
    person whose values were destroyed by the retention clock: the row stays so that counts stay.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    office = models.ForeignKey("federation.Office", on_delete=models.PROTECT, related_name="people")
    name_sealed = models.TextField(blank=True)
    phone_sealed = models.TextField(blank=True)
    phone_hash = models.CharField(max_length=64, blank=True)
    guardian = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="wards")
    household = models.ForeignKey(
        "people.Household", null=True, blank=True, on_delete=models.PROTECT, related_name="members"
    )
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    name = Sealed("name_sealed")
    phone = Sealed("phone_sealed", lookup="phone_hash")

    objects = PersonRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "phone_hash"], condition=~Q(phone_hash=""), name="person_once_an_office"
            ),
        ]

    class Privacy:
        personal = {"name_sealed", "phone_sealed", "phone_hash", "guardian", "household"}
        plain = {"code", "office", "created_at", "erased_at"}


class Household(models.Model):
    """A family that signs up or is honoured together."""

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    office = models.ForeignKey("federation.Office", on_delete=models.PROTECT, related_name="households")

    class Privacy:
        personal: set[str] = set()
        plain = {"code", "office"}


class Consent(models.Model):
    """What somebody agreed to: one purpose, one version of the text, until withdrawn (个人信息保护法 14, 15, 29)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=40)
    text_version = models.CharField(max_length=20)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "purpose", "text_version", "given_at"], name="consent_once")
        ]

    class Privacy:
        personal = {"person"}
        plain = {"purpose", "text_version", "given_at", "withdrawn_at"}


class Hold(models.Model):
    """A legal hold: while it lasts no retention clock touches the thing."""

    object_kind = models.CharField(max_length=20)
    object_code = models.CharField(max_length=12)
    reason = models.CharField(max_length=200)
    placed_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["object_kind", "object_code"])]

    class Privacy:
        personal: set[str] = set()
        plain = {"object_kind", "object_code", "reason", "placed_at", "lifted_at"}


class ClockRows(models.QuerySet["RetentionClock"]):
    def due(self, kind: str, moment: datetime) -> "ClockRows":
        """Clocks of one kind that have run out and are under no hold."""
        held = Hold.objects.filter(
            object_kind=models.OuterRef("object_kind"), object_code=models.OuterRef("object_code"), lifted_at=None
        )
        return self.filter(object_kind=kind, due_at__lte=moment, fired_at=None).exclude(models.Exists(held))


class RetentionClock(models.Model):
    """When something must be forgotten, and on what ground. The room that owns the thing does the forgetting."""

    object_kind = models.CharField(max_length=20)
    object_code = models.CharField(max_length=12)
    due_at = models.DateTimeField()
    ground = models.CharField(max_length=60)
    fired_at = models.DateTimeField(null=True, blank=True)

    objects = ClockRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["object_kind", "object_code"], name="one_clock_a_thing")]
        indexes = [models.Index(fields=["object_kind", "due_at"], condition=Q(fired_at=None), name="clock_running")]

    class Privacy:
        personal: set[str] = set()
        plain = {"object_kind", "object_code", "due_at", "ground", "fired_at"}


class Purpose(models.TextChoices):
    """Why personal data are asked for; each has its own text and its own consent."""

    SIGN_UP = "sign_up", _("办理本次报名")
    PHOTO = "photo", _("使用现场照片")
    SENSITIVE = "sensitive", _("办理一件只想少数人知道的事")
    GUARDIAN = "guardian", _("带未满 18 岁的孩子参加")


class HeldWordsRows(models.QuerySet["HeldWords"]):
    def visible_to(self, actor: object) -> "HeldWordsRows":
        """For the duty case worker of the office whose page it was."""
        return self.filter(case_sight(actor, "office__unit"))

    def counted_by(self, actor: object) -> "HeldWordsRows":
        """As a bare number, for the officer of that office."""
        return self.filter(policy.sight(actor, "mail.view", "office__unit"))


class HeldWords(models.Model):
    """A sentence typed into a small form that reads like a plea: sealed, for the duty case worker alone. What the form was
    for has not been done (of a visitor's sign-up or feedback: all but the sentence); released, it is, as of the moment it came.

    Attributes:
        door: which form; the room that owns it does what it was for (`campaigns.actions.words`, `activities.actions.apart`).
        unit: whose page it was. about: code of the thing it was typed beside.
        actor: who typed it, as a code. words: all the form said, as JSON; the same form sent twice is held once.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    office = models.ForeignKey("federation.Office", on_delete=models.PROTECT, related_name="held_words")
    unit = models.ForeignKey("federation.Unit", on_delete=models.PROTECT, related_name="held_words")
    door = models.CharField(max_length=20)
    about = models.CharField(max_length=12)
    actor = models.CharField(max_length=40)
    held_at = models.DateTimeField()
    words_sealed = models.TextField()
    words_hash = models.CharField(max_length=64)

    words = Sealed("words_sealed", lookup="words_hash")
    objects = HeldWordsRows.as_manager()

    class Meta:
        ordering = ["-held_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["door", "about", "words_hash"], name="words_held_once")]

    class Privacy:
        personal = {"actor", "words_sealed", "words_hash"}
        plain = {"code", "office", "unit", "door", "about", "held_at"}
