"""The mailbox an office is written to, and how far it has been fetched."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jinguo.federation import policy
from jinguo.lib import ids
from jinguo.lib.sealed import Sealed


class Security(models.TextChoices):
    """How the mailbox's server is spoken to."""

    TLS = "tls", _("TLS（993 端口）")
    STARTTLS = "starttls", _("STARTTLS（143 端口）")
    PLAIN = "plain", _("不加密（只限本机）")


class MailboxRows(models.QuerySet["Mailbox"]):
    def visible_to(self, actor: object) -> "MailboxRows":
        return self.filter(policy.sight(actor, "mail.edit", "office__unit"))

    def polled(self) -> "MailboxRows":
        """Those the worker looks into, the longest waiting first."""
        return self.filter(is_active=True).order_by("next_at", "pk")


class Mailbox(models.Model):
    """One office's mailbox.

    Attributes:
        secret: the 授权码 made in the provider's settings (not the web password), sealed and never shown again.
        trusted: the authserv-id whose Authentication-Results count (RFC 8601); "" when nobody's do.
        since: mails the server took before this day are left where they are.
        uid_validity, last_uid: the checkpoint. Another UIDVALIDITY means the numbers begin anew: everything since `since` is
            asked for again, and what is known by its hash is not kept twice.
        keep_days: how long a raw mail is kept.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    office = models.OneToOneField("federation.Office", on_delete=models.PROTECT, related_name="mailbox")
    address = models.EmailField()
    host = models.CharField(max_length=100)
    port = models.PositiveIntegerField(default=993)
    security = models.CharField(max_length=10, choices=Security.choices, default=Security.TLS)
    user = models.CharField(max_length=100)
    secret_sealed = models.TextField()
    trusted = models.CharField(max_length=100, blank=True)
    since = models.DateField()
    keep_days = models.PositiveSmallIntegerField(default=730)
    is_active = models.BooleanField(default=True)
    uid_validity = models.BigIntegerField(default=0)
    last_uid = models.BigIntegerField(default=0)
    checked_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=20, blank=True)
    next_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.CharField(max_length=12, blank=True)

    secret = Sealed("secret_sealed")
    objects = MailboxRows.as_manager()

    class Privacy:
        personal = {"secret_sealed"}
        plain = {
            "code", "office", "address", "host", "port", "security", "user", "trusted", "since", "keep_days", "is_active",
            "uid_validity", "last_uid", "checked_at", "failure", "next_at", "attempts", "lease_until", "lease_token",
        }  # fmt: skip
