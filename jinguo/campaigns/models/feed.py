"""A unit's calendar feed: a secret address that calendar programs read, until it is revoked."""

from django.db import models
from django.db.models import Q

from jinguo.lib import ids
from jinguo.lib.sealed import Sealed


class Feed(models.Model):
    """One secret address of one unit's dates. It shows due dates and the unit's own activities, nothing personal."""

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    unit = models.ForeignKey("federation.Unit", on_delete=models.PROTECT, related_name="feeds")
    secret_sealed = models.TextField()
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    secret = Sealed("secret_sealed", lookup="secret_hash")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit"], condition=Q(revoked_at=None), name="one_feed_a_unit")]

    class Privacy:
        personal = {"secret_sealed", "secret_hash"}
        plain = {"code", "unit", "made_at", "revoked_at"}
