"""Workbooks that came in and wait for somebody to look at what they would change: of units, of standing places."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jinguo.federation.models.unit import Unit
from jinguo.lib import ids
from jinguo.lib.sealed import Sealed


class ImportState(models.TextChoices):
    """Only a waiting one can be applied, once."""

    WAITING = "waiting", _("等您核对")
    APPLIED = "applied", _("已经写入")
    DROPPED = "dropped", _("没有采用")


class KeptBook(models.Model):
    """The rows of one workbook, kept sealed until they are written, dropped or a week old; then only the counts stay.

    Attributes:
        unit: everything in the workbook lies at or below it.
        rows: the sheets as JSON, sealed: contacts are in them.
        counts: kind of change → how many, once it was written.
        called: its kind in the journal.
    """

    called: ClassVar[str]
    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    unit: "models.ForeignKey[Unit]"
    name = models.CharField(max_length=120)
    rows_sealed = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=ImportState.choices, default=ImportState.WAITING)
    counts = models.JSONField(default=dict)
    came_at = models.DateTimeField()
    came_from = models.CharField(max_length=40)
    ended_at = models.DateTimeField(null=True, blank=True)

    rows = Sealed("rows_sealed")

    class Meta:
        abstract = True

    class Privacy:
        personal = {"rows_sealed"}
        plain = {"code", "unit", "name", "state", "counts", "came_at", "came_from", "ended_at"}

    @property
    def waits(self) -> bool:
        """Nobody has decided about it."""
        return self.state == ImportState.WAITING


class TreeImport(KeptBook):
    """A workbook of units."""

    called = "tree_import"
    unit = models.ForeignKey("federation.Unit", on_delete=models.PROTECT, related_name="tree_imports")
