"""The append-only record of who did what to what.

Entries hold codes, action and field names and keyed digests, never personal values (DESIGN §4), and no foreign keys:
history never blocks life, and erasing a person leaves the chain valid.
"""

import json
from typing import Any

from django.db import models


class EntryRows(models.QuerySet["Entry"]):
    def unsealed(self) -> "EntryRows":
        return self.filter(seal=None)

    def about(self, kind: str, code: str) -> "EntryRows":
        return self.filter(object_kind=kind, object_code=code).order_by("-id")


class Seal(models.Model):
    """A closed batch of entries: its hash covers the entries and the seal before it."""

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    entries = models.PositiveIntegerField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["number"]

    class Privacy:
        personal: set[str] = set()
        plain = {"number", "at", "entries", "previous", "digest"}


class Entry(models.Model):
    """One thing done.

    Attributes:
        actor: `user:code`, `link:code`, `visitor`, or `system:name`.
        action: the policy's name of what was done, e.g. `campaign.issue`.
        owner: code of the unit whose record this is; "" for the installation itself.
        detail: canonical JSON: field names, codes, counts, keyed digests.
        digest: SHA-256 of the canonical row, computed when it is written.
    """

    at = models.DateTimeField()
    actor = models.CharField(max_length=40)
    action = models.CharField(max_length=60)
    owner = models.CharField(max_length=12, blank=True)
    object_kind = models.CharField(max_length=30)
    object_code = models.CharField(max_length=40)
    detail = models.TextField(default="{}")
    digest = models.CharField(max_length=64)
    seal = models.ForeignKey(Seal, null=True, on_delete=models.PROTECT, related_name="rows")

    objects = EntryRows.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["object_kind", "object_code", "id"], name="journal_about"),
            models.Index(fields=["id"], name="journal_unsealed", condition=models.Q(seal=None)),
        ]

    class Privacy:
        personal: set[str] = set()
        plain = {"at", "actor", "action", "owner", "object_kind", "object_code", "detail", "digest", "seal"}

    @property
    def facts(self) -> dict[str, Any]:
        """The detail, read."""
        return dict(json.loads(self.detail))
