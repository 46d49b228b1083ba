"""What a unit sent by web that reads like a letter for help: kept from everybody but the duty case worker."""

from django.db import models

from jinguo.federation import policy
from jinguo.federation.queries import case_sight
from jinguo.lib import ids
from jinguo.lib.sealed import Sealed


class HeldRows(models.QuerySet["Held"]):
    def visible_to(self, actor: object) -> "HeldRows":
        """For the duty case worker of the office that asked."""
        return self.filter(case_sight(actor, "version__given__campaign__office__unit"))

    def counted_by(self, actor: object) -> "HeldRows":
        """As a bare number, for the officer of that office."""
        return self.filter(policy.sight(actor, "mail.view", "version__given__campaign__office__unit"))


class Held(models.Model):
    """The content of one version, sealed. The version itself is empty and unsent, so that no list, search, comparison, figure
    or snapshot knows of it; released, it is filled and sent as of the moment it came.

    Attributes:
        sheet: the sheet as JSON, with why it was changed, and of a report by proxy the unit that made it and its reason.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    version = models.OneToOneField("reports.ReturnVersion", on_delete=models.PROTECT, related_name="held")
    held_at = models.DateTimeField()
    sheet_sealed = models.TextField()

    sheet = Sealed("sheet_sealed")
    objects = HeldRows.as_manager()

    class Meta:
        ordering = ["-held_at", "-pk"]

    class Privacy:
        personal = {"sheet_sealed"}
        plain = {"code", "version", "held_at"}
