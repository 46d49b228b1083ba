"""The outbox: every message of every channel is a row before it is sent (DESIGN §2.6)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jinguo.federation import policy
from jinguo.lib import ids
from jinguo.lib.sealed import Sealed


class Channel(models.TextChoices):
    """How a message travels."""

    EMAIL = "email", _("电子邮件")
    WECOM = "wecom", _("企业微信群")
    DINGTALK = "dingtalk", _("钉钉群")
    FEISHU = "feishu", _("飞书群")
    SMS = "sms", _("短信")


class RobotKind(models.TextChoices):
    """Whose group robot; the values are those of `Channel`."""

    WECOM = "wecom", _("企业微信")
    DINGTALK = "dingtalk", _("钉钉")
    FEISHU = "feishu", _("飞书")


class Delivery(models.TextChoices):
    """Where a message stands. `unknown`: handed over, but the answer was lost, a person decides; `dropped`: no longer
    wanted, e.g. its link was replaced before it left; `bounced`: it left, and came back."""

    WAITING = "waiting", _("待发")
    SENT = "sent", _("已发出")
    ASIDE = "aside", _("没发出去")
    UNKNOWN = "unknown", _("不知是否送到")
    DROPPED = "dropped", _("不用发了")
    BOUNCED = "bounced", _("退信")


UNSENT = (Delivery.WAITING, Delivery.ASIDE)
"""What may still be taken back, unless it was handed over this moment."""

PRIVATE = frozenset({"sign_up"})
"""Matters whose messages go to private persons."""


class MessageRows(models.QuerySet["OutMessage"]):
    def visible_to(self, actor: object) -> "MessageRows":
        """The office's messages. A receipt to a letter for help names the woman who wrote: it is on nobody's list."""
        return self.filter(policy.sight(actor, "message.view", "office__unit")).exclude(about_kind="case_mail")

    def waiting(self) -> "MessageRows":
        """Rows that may be sent: one handed to a server already is not among them."""
        return self.filter(state=Delivery.WAITING, handed_at=None).order_by("next_at", "pk")


class OutMessage(models.Model):
    """One message to one address.

    Attributes:
        key: says what this message is for, e.g. `circulation:ab12…:first`; the same key is never queued twice.
        token: short mark in the subject by which a reply finds its matter.
        message_id: our own Message-ID, stored before sending.
        handed_at: when the data began to go to the server, while the outcome is open or unknown.
        repeats: how often it was handed over again by itself though nobody knows whether the first one arrived: at most
            once, and only by channels that cannot tell (robots, SMS); a mail never is.
        body_sealed: the text; it may hold a link's secret, so it is sealed, and emptied once sent.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    office = models.ForeignKey("federation.Office", on_delete=models.PROTECT, related_name="out_messages")
    key = models.CharField(max_length=100, unique=True)
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.EMAIL)
    about_kind = models.CharField(max_length=20)
    about_code = models.CharField(max_length=12)
    to_sealed = models.TextField()
    subject_sealed = models.TextField()
    body_sealed = models.TextField(blank=True)
    token = models.CharField(max_length=8, blank=True)
    message_id = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=10, choices=Delivery.choices, default=Delivery.WAITING)
    created_at = models.DateTimeField()
    next_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.CharField(max_length=12, blank=True)
    handed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=300, blank=True)
    repeats = models.PositiveSmallIntegerField(default=0)

    to = Sealed("to_sealed")
    subject = Sealed("subject_sealed")
    body = Sealed("body_sealed")
    objects = MessageRows.as_manager()

    @property
    def to_shown(self) -> str:
        """The address as a list shows it: of a guest only enough to recognise it, for whoever needs the whole number looks it
        up where that is written down; of everybody else in full."""
        if self.about_kind not in PRIVATE:
            return str(self.to)
        name, at, domain = str(self.to).partition("@")
        return f"{name[:1]}***{at}{domain}" if at else f"{name[:3]}****{name[-4:]}" if name else ""

    class Meta:
        indexes = [
            models.Index(fields=["next_at", "id"], condition=Q(state="waiting"), name="outbox_waiting"),
            models.Index(fields=["about_kind", "about_code"]),
        ]

    class Privacy:
        personal = {"to_sealed", "subject_sealed", "body_sealed", "failure"}
        plain = {
            "code", "office", "key", "channel", "about_kind", "about_code", "token", "message_id", "state", "created_at",
            "next_at", "attempts", "lease_until", "lease_token", "handed_at", "sent_at",
            "repeats",
        }  # fmt: skip


class RobotRows(models.QuerySet["Robot"]):
    def visible_to(self, actor: object) -> "RobotRows":
        return self.filter(policy.sight(actor, "message.view", "office__unit"))

    def working(self) -> "RobotRows":
        """Those not put out of use."""
        return self.filter(ended_at=None)


class Robot(models.Model):
    """A robot of one of the office's groups in WeCom, DingTalk or Feishu.

    Attributes:
        url_sealed: the webhook address; whoever holds it can post, so it is sealed.
        secret_sealed: the signing secret (加签) of DingTalk or Feishu; empty where none is set.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    office = models.ForeignKey("federation.Office", on_delete=models.PROTECT, related_name="robots")
    kind = models.CharField(max_length=10, choices=RobotKind.choices)
    name = models.CharField(max_length=40)
    url_sealed = models.TextField()
    secret_sealed = models.TextField(blank=True)
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    url = Sealed("url_sealed")
    secret = Sealed("secret_sealed")
    objects = RobotRows.as_manager()

    class Meta:
        ordering = ["pk"]

    class Privacy:
        personal = {"url_sealed", "secret_sealed"}
        plain = {"code", "office", "kind", "name", "added_at", "ended_at"}

    def __str__(self) -> str:
        return self.name


class Gateway(models.Model):
    """The office's SMS gateway by HTTP: an address and a body with {phone}, {text} and {id} to put in.

    Attributes:
        url_sealed, body_sealed: templates; they hold the account's password, so they are sealed.
        media_type: of the body; decides how values are escaped. Without a body the request is a GET.
        ok_text: words the answer holds when the gateway took the message; empty: any 2xx answer.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    office = models.OneToOneField("federation.Office", on_delete=models.PROTECT, related_name="gateway")
    url_sealed = models.TextField()
    body_sealed = models.TextField(blank=True)
    media_type = models.CharField(max_length=60, default="application/json")
    ok_text = models.CharField(max_length=60, blank=True)
    is_active = models.BooleanField(default=True)

    url = Sealed("url_sealed")
    body = Sealed("body_sealed")

    class Privacy:
        personal = {"url_sealed", "body_sealed"}
        plain = {"code", "office", "media_type", "ok_text", "is_active"}
