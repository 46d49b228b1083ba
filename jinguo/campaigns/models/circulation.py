"""Circulation (notice × unit): delivered, read and signed are different facts, each with its evidence (DESIGN §4)."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jinguo.federation import policy
from jinguo.lib import ids
from jinguo.lib.sealed import Sealed


class CirculationState(models.TextChoices):
    """What is shown; computed from the facts, never stored. Labels are the standard words and are not translated."""

    WAITING = "waiting", "待发"
    DELIVERED = "delivered", "已送达"
    READ = "read", "已读"
    SIGNED = "signed", "已签收"
    FORWARDED = "forwarded", "已转发"
    SENT_BACK = "sent_back", "退回"
    PROXY = "proxy", "代签收"
    UNDELIVERABLE = "undeliverable", "无法送达"


class SignedHow(models.TextChoices):
    """By what door a notice was signed for."""

    LINK = "link", _("链接")
    DESK = "desk", _("工作台")
    PHONE = "phone", _("电话代签收")
    MAIL = "mail", _("回信")
    PAPER = "paper", _("扫纸质签收单")
    CODE = "code", _("群链接和验证码")
    PROXY = "proxy", _("上级代签收")
    DIGITS = "digits", _("群链接和电话后四位，凭据较弱")


class Undeliverable(models.TextChoices):
    """Why no mail reached the unit; the server's own words stay with the outbox row."""

    NO_ADDRESS = "no_address", _("没有登记邮箱")
    REFUSED = "refused", _("邮件发不到")


FOR_IT = (SignedHow.PHONE, SignedHow.PROXY)  # somebody else signed for the unit: 代签收


def ended(day: date) -> Q:
    """Copies nobody signed for whose unit ended before this day (merged or closed)."""
    return Q(signed_at=None, unit__valid_to__lt=day)


class CirculationRows(models.QuerySet["Circulation"]):
    def visible_to(self, actor: object) -> "CirculationRows":
        """Rows of the actor's units, and every row of campaigns her own office issued."""
        return self.filter(
            policy.sight(actor, "circulation.view")
            | policy.sight(actor, "circulation.assign", "campaign__office__unit")
        )

    def with_state(self, ended_before: date | None = None) -> "CirculationRows":
        """Annotate `state_word`, the same words as the property, for counting in SQL.

        Args:
            ended_before: given a day, `state_word` has one word more: `closed`, for a copy nobody signed for whose unit ended
                before it. Nobody is left to sign, so it is out of the set.
        """
        gone = [models.When(ended(ended_before), then=models.Value("closed"))] if ended_before else []
        case = models.Case(
            *gone,
            models.When(~Q(sent_back_at=None), then=models.Value("sent_back")),
            models.When(~Q(forwarded_at=None), then=models.Value("forwarded")),
            models.When(Q(signed_how__in=FOR_IT), then=models.Value("proxy")),
            models.When(~Q(signed_at=None), then=models.Value("signed")),
            models.When(~Q(read_at=None), then=models.Value("read")),
            models.When(~Q(undeliverable_at=None), then=models.Value("undeliverable")),
            models.When(~Q(delivered_at=None), then=models.Value("delivered")),
            default=models.Value("waiting"),
        )
        return self.annotate(state_word=case)


class Circulation(models.Model):
    """One unit's copy of one notice.

    Attributes:
        queued_at: when its link was made and its mail put into the outbox.
        delivered_at: when the mail server took the message (evidence: the outbox row).
        read_at: when the visible page said so, or any act was done; never a mere GET.
        signer: who signed, as she named herself or her post; sealed.
        digits_tried: how often somebody tried a contact's last four digits in the group link.
        signed_by: the actor's code; `signed_note`: for a telephone sign-for, who was called and when; for one by a
            federation above (`proxy_unit`), why the unit could not.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.PROTECT, related_name="circulations")
    unit = models.ForeignKey("federation.Unit", on_delete=models.PROTECT, related_name="circulations")
    queued_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_how = models.CharField(max_length=6, choices=SignedHow.choices, blank=True)
    signed_by = models.CharField(max_length=40, blank=True)
    signer_sealed = models.TextField(blank=True)
    signed_note_sealed = models.TextField(blank=True)
    proxy_unit = models.ForeignKey("federation.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    forwarded_at = models.DateTimeField(null=True, blank=True)
    sent_back_at = models.DateTimeField(null=True, blank=True)
    sent_back_reason = models.CharField(max_length=200, blank=True)
    undeliverable_at = models.DateTimeField(null=True, blank=True)
    digits_tried = models.PositiveSmallIntegerField(default=0)
    undeliverable_why = models.CharField(max_length=10, choices=Undeliverable.choices, blank=True)

    signer = Sealed("signer_sealed")
    signed_note = Sealed("signed_note_sealed")
    objects = CirculationRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "unit"], name="circulated_once"),
            models.CheckConstraint(
                condition=Q(signed_at=None, signed_how="") | (~Q(signed_at=None) & ~Q(signed_how="")),
                name="signed_says_how",
            ),
            models.CheckConstraint(
                condition=Q(signed_how="proxy", proxy_unit__isnull=False)
                | (~Q(signed_how="proxy") & Q(proxy_unit__isnull=True)),
                name="proxy_says_who",
            ),
        ]
        # Who has not signed, and when the half had: without reading the rest of three thousand copies.
        indexes = [models.Index(fields=["campaign", "signed_at"], name="circulations_signed")]

    class Privacy:
        personal = {"signed_by", "signer_sealed", "signed_note_sealed"}
        plain = {
            "code", "campaign", "unit", "queued_at", "delivered_at", "read_at", "signed_at", "signed_how", "forwarded_at",
            "sent_back_at", "sent_back_reason", "undeliverable_at", "undeliverable_why",
            "digits_tried", "proxy_unit",
        }  # fmt: skip

    @property
    def state(self) -> CirculationState:
        """The one state shown, from the facts."""
        order = [
            (self.sent_back_at, CirculationState.SENT_BACK),
            (self.forwarded_at, CirculationState.FORWARDED),
            (self.signed_how in FOR_IT, CirculationState.PROXY),
            (self.signed_at, CirculationState.SIGNED),
            (self.read_at, CirculationState.READ),
            (self.undeliverable_at, CirculationState.UNDELIVERABLE),
            (self.delivered_at, CirculationState.DELIVERED),
        ]
        return next((state for fact, state in order if fact), CirculationState.WAITING)


class Burden(models.Model):
    """One sentence from a unit: this is a burden. It goes to the office that issued the notice, outside the journal, so
    that saying it leaves no record beside the sentence itself (DESIGN §2.2).

    Attributes:
        ask: what it was said beside, or null for the notice as a whole.
        text_hash: keyed, so that the same sentence sent twice is kept once.
        heard_at: when the office's officer said she had read it.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    circulation = models.ForeignKey(Circulation, on_delete=models.PROTECT, related_name="burdens")
    ask = models.ForeignKey("campaigns.Ask", null=True, blank=True, on_delete=models.PROTECT, related_name="burdens")
    text_sealed = models.TextField()
    text_hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    heard_at = models.DateTimeField(null=True, blank=True)

    text = Sealed("text_sealed", lookup="text_hash")

    class Meta:
        ordering = ["-at"]
        constraints = [models.UniqueConstraint(fields=["circulation", "text_hash"], name="burden_said_once")]

    class Privacy:
        personal = {"text_sealed", "text_hash"}
        plain = {"code", "circulation", "ask", "at", "heard_at"}
