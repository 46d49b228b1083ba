"""Ways in beside the link of the letter: a group's link, one-time codes, printed sheets; and on how many devices a link was."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jinguo.campaigns.models.circulation import Circulation
from jinguo.lib import ids
from jinguo.lib.sealed import Sealed


class GroupDoor(models.Model):
    """One link for a whole group chat, in which each unit chooses itself and proves it. It opens no unit's matter alone.

    Attributes:
        secret_sealed: kept sealed, unlike a unit's own secret, because the text for the group is shown again and again.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.PROTECT, related_name="group_doors")
    secret_sealed = models.TextField()
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    secret = Sealed("secret_sealed", lookup="secret_hash")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign"], condition=Q(revoked_at=None), name="one_group_door_open")
        ]

    class Privacy:
        personal = {"secret_sealed", "secret_hash"}
        plain = {"code", "campaign", "made_at", "expires_at", "revoked_at"}

    @property
    def actor_code(self) -> str:
        return f"group:{self.code}"


class CodePurpose(models.TextChoices):
    """`prove`: sent to a registered contact; `move`: shown behind a link, typed on another device or in another browser."""

    PROVE = "prove", _("证明是本单位")
    MOVE = "move", _("换个设备打开")


class OneTimeCode(models.Model):
    """A short code that opens one unit's copy once, within minutes, in a few tries."""

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    circulation = models.ForeignKey(Circulation, on_delete=models.CASCADE, related_name="one_time_codes")
    purpose = models.CharField(max_length=6, choices=CodePurpose.choices)
    typed_hash = models.CharField(max_length=64, db_index=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Privacy:
        personal = {"typed_hash"}
        plain = {"code", "circulation", "purpose", "made_at", "expires_at", "tries", "used_at"}


class Way(models.TextChoices):
    """How the holder of a link came by it, where it was not the letter."""

    PAPER = "paper", _("纸质签收单")
    CODE = "code", _("群链接和验证码")


class Entrance(models.Model):
    """By which way a link was handed out; signing through it says so."""

    link = models.OneToOneField("federation.Link", on_delete=models.PROTECT, related_name="+")
    circulation = models.ForeignKey(Circulation, on_delete=models.PROTECT, related_name="entrances")
    way = models.CharField(max_length=6, choices=Way.choices)
    made_at = models.DateTimeField()

    class Privacy:
        personal: set[str] = set()
        plain = {"link", "circulation", "way", "made_at"}


class Device(models.Model):
    """A browser in which a link's page was seen. The hash is of a random cookie: it says "another one", never which."""

    link = models.ForeignKey("federation.Link", on_delete=models.CASCADE, related_name="+")
    device_hash = models.CharField(max_length=64)
    first_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["link", "device_hash"], name="device_once_a_link")]

    class Privacy:
        personal = {"device_hash"}
        plain = {"link", "first_at"}
