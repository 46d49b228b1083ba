"""The index rows of everything that may be looked up, each with its owner and its audience. Never cases, never singles."""

from django.db import models


class Audience(models.TextChoices):
    """Who may find a row: anybody, or those whose posts see the owner."""

    PUBLIC = "public"
    STAFF = "staff"


class IndexRow(models.Model):
    """One thing that can be found.

    Attributes:
        owner_path: path of the unit that owns the thing.
        pairs: overlapping character pairs of the text, blank-separated (reference/deps §2.5), for exact substring search.
        pinyin: pinyin of the title, joined, and its initials.
    """

    kind = models.CharField(max_length=20)
    object_code = models.CharField(max_length=12)
    audience = models.CharField(max_length=6, choices=Audience.choices)
    owner_path = models.CharField(max_length=120, db_index=True)
    title = models.CharField(max_length=200)
    pairs = models.TextField()
    pinyin = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_code"], name="indexed_once")]
        # Looking for a part of a pinyin word reads this alone, not the wide rows.
        indexes = [models.Index(fields=["pinyin"], name="index_pinyin")]

    class Privacy:
        personal: set[str] = set()
        plain = {"kind", "object_code", "audience", "owner_path", "title", "pairs", "pinyin"}
