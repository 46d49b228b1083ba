"""Links that let someone in without an account. A link is a row; the address holds its secret, the row its hash."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from jinguo.lib import ids


class Purpose(models.TextChoices):
    """What a link opens; nothing else."""

    UNIT = "unit", _("单位办理通知")
    SIGN_UP = "sign_up", _("本人报名")
    HOST = "host", _("村和妇女之家办活动")
    HAND_OVER = "hand_over", _("初次登录")


class LinkRows(models.QuerySet["Link"]):
    def live(self, moment: datetime) -> "LinkRows":
        return self.filter(revoked_at=None, expires_at__gt=moment)


class Link(models.Model):
    """One way in, for one unit or one person, for one purpose, until a moment.

    Attributes:
        secret_hash: SHA-256 of the 128-bit secret in the address.
        unit: the unit it acts for, when it acts for one.
        object_kind, object_code: the one thing it opens (e.g. a circulation, a sign-up).
        opened_at: when a GET first reached it: evidence of opening only, never of reading; never noted for a visitor's own sign-up.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    secret_hash = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    unit = models.ForeignKey("federation.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="links")
    object_kind = models.CharField(max_length=20)
    object_code = models.CharField(max_length=12)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = LinkRows.as_manager()

    class Meta:
        indexes = [models.Index(fields=["object_kind", "object_code"])]

    class Privacy:
        personal: set[str] = set()
        plain = {
            "code", "secret_hash", "purpose", "unit", "object_kind", "object_code", "created_at", "expires_at",
            "opened_at", "revoked_at",
        }  # fmt: skip

    @property
    def actor_code(self) -> str:
        return f"link:{self.code}"
