"""The host's page: the link a village or a women's home was given, and what was said there before it became an activity."""

from django.db import models
from django.db.models import Q

from jinguo.federation import policy
from jinguo.lib import ids
from jinguo.lib.sealed import Sealed


class HostDoor(models.Model):
    """The link by which a village or a home (妇女之家) holds its activities; at most one stands for a unit.

    Attributes:
        secret_sealed: kept sealed, so that the address can be shown again to the officer who hands it on.
        checked: what is made by this link stays a draft until an officer above publishes it.
        made_by: the actor code of who gave it.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    unit = models.ForeignKey("federation.Unit", on_delete=models.PROTECT, related_name="host_doors")
    link = models.OneToOneField("federation.Link", on_delete=models.PROTECT, related_name="+")
    secret_sealed = models.TextField()
    checked = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=40)
    closed_at = models.DateTimeField(null=True, blank=True)

    secret = Sealed("secret_sealed")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit"], condition=Q(closed_at=None), name="one_host_door_a_unit")
        ]

    class Privacy:
        personal = {"secret_sealed"}
        plain = {"code", "unit", "link", "checked", "made_at", "made_by", "closed_at"}


class SayingRows(models.QuerySet["Saying"]):
    def visible_to(self, actor: object) -> "SayingRows":
        """What was said on the pages this actor may use."""
        return self.filter(policy.sight(actor, "host.act"))


class Saying(models.Model):
    """What a host said or pasted, with a picture, kept before it is read; gone once it is an activity, or after a week.

    Attributes:
        code: drawn when the page was made; the activity made of it bears the same, so that it is made once.
        picture: the photograph, already shrunk and stripped of its place.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    unit = models.ForeignKey("federation.Unit", on_delete=models.PROTECT, related_name="+")
    words_sealed = models.TextField()
    picture = models.ForeignKey("files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=40)

    words = Sealed("words_sealed")
    objects = SayingRows.as_manager()

    class Privacy:
        personal = {"words_sealed", "picture"}
        plain = {"code", "unit", "said_at", "actor"}
