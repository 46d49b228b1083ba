"""Every mail that came: kept as it is before anything is read, then what was understood and what became of it."""

import json
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jinguo.federation import policy
from jinguo.federation.queries import case_sight
from jinguo.lib import ids
from jinguo.lib.mail import Letter
from jinguo.lib.sealed import Sealed


class Source(models.TextChoices):
    """By what way the raw mail came."""

    IMAP = "imap", _("邮箱")
    DROP = "drop", _("上传的 .eml")


class State(models.TextChoices):
    """Where a mail stands.

    `waiting`: kept, not read yet; `done`: acted on; `tray`: a person decides; `case`: for the duty case worker only;
    `quiet`: a machine wrote it, nobody is answered; `returned`: a person sent it back to its writer; `aside`: could not be
    read five times.
    """

    WAITING = "waiting", _("还没读")
    DONE = "done", _("已办")
    TRAY = "tray", _("待认领")
    CASE = "case", _("求助")
    QUIET = "quiet", _("自动邮件")
    RETURNED = "returned", _("已退回")
    ASIDE = "aside", _("没读出来")


class Kind(models.TextChoices):
    """What a mail is; proposed by the reader, set right by a person."""

    SIGN = "sign", _("签收")
    NEWS = "news", _("活动信息")
    SUMMARY = "summary", _("总结")
    TABLE = "table", _("表格")
    CORRECTION = "correction", _("更正")
    WITHDRAWAL = "withdrawal", _("撤回")
    QUESTION = "question", _("咨询")
    ZERO = "zero", _("零报告")
    BOUNCE = "bounce", _("退信")
    AUTO = "auto", _("自动回复")
    CASE = "case", _("求助信访")
    OTHER = "other", _("其他")


class Fate(models.TextChoices):
    """What was done with a mail, or why a person must decide."""

    SIGNED = "signed", _("登记签收")
    REPORTED = "reported", _("登记报送")
    CORRECTED = "corrected", _("登记更正")
    WITHDRAWN = "withdrawn", _("登记撤回")
    ZEROED = "zeroed", _("登记零报告")
    BOUNCED = "bounced", _("记作无法送达")
    LOOP = "loop", _("机器写的，不回信")
    TWIN = "twin", _("和另一封一样")
    UNCLAIMED = "unclaimed", _("不知道是哪个单位")
    UNSURE = "unsure", _("单位只写在文字里，请核对")
    FORGED = "forged", _("发件人没有通过验证，可能是冒名")
    PERSONAL = "personal", _("有身份证号、银行卡号或个人姓名，请先看")
    NO_DUTY = "no_duty", _("找不到对应的报送要求")
    WHICH_NOTICE = "which_notice", _("不知道说的是哪份通知")
    MISSING = "missing", _("缺活动名称或日期")
    INCOMPLETE = "incomplete", _("有几场活动，有的缺名称或日期")
    SAID_BEFORE = "said_before", _("同名同日的活动报过了")
    NO_ORIGINAL = "no_original", _("没找到要更正的那件")
    ASKED = "asked", _("等您答复")
    UNREADABLE = "unreadable", _("附件没读出来")
    UNREAD = "unread", _("邮件没读出来")
    TO_LOOK_AT = "to_look_at", _("请看一看")
    HELP = "help", _("转个案工作者")


class UnitHow(models.TextChoices):
    """How the unit was known."""

    ADDRESS = "address", _("登记的邮箱")
    TOKEN = "token", _("主题里的回信码")
    THREAD = "thread", _("回的是发给它的信")
    SIGN_OFF = "sign_off", _("落款")
    HEADING = "heading", _("标题或开头")
    PERSON = "person", _("经办人认领")


class MailRows(models.QuerySet["Mail"]):
    def visible_to(self, actor: object) -> "MailRows":
        """The office's mails without letters for help."""
        return self.filter(policy.sight(actor, "mail.view", "office__unit")).exclude(state=State.CASE)

    def cases_of(self, actor: object) -> "MailRows":
        """Letters for help, for the duty case worker alone."""
        return self.filter(case_sight(actor, "office__unit"), state=State.CASE)

    def to_index(self) -> "MailRows":
        """Those taken before mails were found by their words: the index has yet to learn them."""
        return self.filter(indexed=False, destroyed_at=None).exclude(state__in=[State.WAITING, State.CASE])

    def waiting(self) -> "MailRows":
        """Those to read, in the order the server took them, so that order of arrival here changes nothing."""
        return self.filter(state=State.WAITING).order_by("received_at", "sha256")


class Mail(models.Model):
    """One mail.

    Attributes:
        file: the raw mail, sensitive: it has no door but this room's. Null for none; destroyed when its clock ends.
        sha256: of the raw bytes; once an office.
        received_at: when the mail server took it (INTERNALDATE), or when it was dropped here; never its Date header.
        message_key, content_key: keyed digests of its Message-ID and of all it says, to know it again.
        letter: the decoded `Letter` as JSON; `understood`: fields with their source spans, as JSON. Both are emptied when the
            clock ends and never filled for a letter for help.
        vouched: `pass`, `fail` or `none`: what the mailbox's own server says about the sender (SPF, DKIM, DMARC).
        unit_how: how the unit was known. looked_at: a person has said that its personal data may be used.
        decided: what a person has said of it: its kind, the code of the obligation, that it is another one indeed (`again`),
            that it tells of one activity (`one`), or where each of several begins (`cuts`: pairs of part and offset).
        not_case: a person has said it is no letter for help.
        given: the return it became or changed, of several the first (`MailReturn` has all); `circulation`: the copy it signed for.
        answers: the message of ours it answers or sends back.
        indexed: the index has been told what it says, where it says anything.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    office = models.ForeignKey("federation.Office", on_delete=models.PROTECT, related_name="mails")
    source = models.CharField(max_length=4, choices=Source.choices)
    uid_validity = models.BigIntegerField(null=True, blank=True)
    uid = models.BigIntegerField(null=True, blank=True)
    file = models.OneToOneField("files.StoredFile", on_delete=models.PROTECT, related_name="mail")
    sha256 = models.CharField(max_length=64)
    is_cut = models.BooleanField(default=False)
    received_at = models.DateTimeField()
    kept_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    kind = models.CharField(max_length=10, choices=Kind.choices, blank=True)
    fate = models.CharField(max_length=12, choices=Fate.choices, blank=True)
    vouched = models.CharField(max_length=4, blank=True)
    unit = models.ForeignKey("federation.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="mails")
    unit_how = models.CharField(max_length=8, choices=UnitHow.choices, blank=True)
    obligation = models.ForeignKey(
        "campaigns.Obligation", null=True, blank=True, on_delete=models.PROTECT, related_name="mails"
    )
    circulation = models.ForeignKey(
        "campaigns.Circulation", null=True, blank=True, on_delete=models.PROTECT, related_name="mails"
    )
    given = models.ForeignKey("reports.Return", null=True, blank=True, on_delete=models.PROTECT, related_name="mails")
    answers = models.ForeignKey(
        "messages.OutMessage", null=True, blank=True, on_delete=models.PROTECT, related_name="answered_by"
    )
    twin = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="twins")
    message_key = models.CharField(max_length=64, blank=True)
    content_key = models.CharField(max_length=64, blank=True)
    sender_sealed = models.TextField(blank=True)
    sender_key = models.CharField(max_length=64, blank=True)
    subject_sealed = models.TextField(blank=True)
    letter_sealed = models.TextField(blank=True)
    understood_sealed = models.TextField(blank=True)
    decided = models.JSONField(default=dict, blank=True)
    not_case = models.BooleanField(default=False)
    looked_at = models.BooleanField(default=False)
    settled_at = models.DateTimeField(null=True, blank=True)
    destroyed_at = models.DateTimeField(null=True, blank=True)
    indexed = models.BooleanField(default=False)
    next_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.CharField(max_length=12, blank=True)

    sender = Sealed("sender_sealed", lookup="sender_key")
    subject = Sealed("subject_sealed")
    letter_text = Sealed("letter_sealed")
    understood_text = Sealed("understood_sealed")
    objects = MailRows.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["office", "sha256"], name="mail_once"),
            models.CheckConstraint(
                condition=~Q(state="case")
                | Q(letter_sealed="", understood_sealed="", subject_sealed="", sender_sealed=""),
                name="letter_for_help_says_nothing",
            ),
        ]
        indexes = [
            models.Index(fields=["office", "state", "-received_at", "-id"], name="mails_tray"),
            models.Index(fields=["next_at"], condition=Q(state="waiting"), name="mails_to_read"),
            models.Index(
                fields=["id"],
                condition=Q(indexed=False, destroyed_at=None) & ~Q(state__in=["waiting", "case"]),
                name="mails_to_index",
            ),
            models.Index(fields=["office", "content_key"], name="mails_content"),
            models.Index(fields=["office", "sender_key", "-received_at"], name="mails_of_sender"),
        ]

    class Privacy:
        personal = {
            "sender_sealed", "sender_key", "subject_sealed", "letter_sealed", "understood_sealed", "message_key", "content_key",
        }  # fmt: skip
        plain = {
            "code", "office", "source", "uid_validity", "uid", "file", "sha256", "is_cut", "received_at", "kept_at", "state",
            "kind", "fate", "vouched", "unit", "unit_how", "obligation", "circulation", "given", "answers", "twin", "decided", "not_case",
            "looked_at", "settled_at", "destroyed_at", "indexed", "next_at", "attempts", "lease_until", "lease_token",
        }  # fmt: skip

    @property
    def letter(self) -> Letter | None:
        """The mail as it was decoded; None when it was not read, was destroyed, or is for the case worker."""
        return Letter.from_json(json.loads(self.letter_text)) if self.letter_sealed else None

    @property
    def understood(self) -> list[dict[str, Any]]:
        """What was understood of each activity: field → {"value", "part", "start", "end", "quote"}; one of a mail about one."""
        found = json.loads(self.understood_text) if self.understood_sealed else {}
        return list(found) if isinstance(found, list) else [dict(found)]


class MailReturn(models.Model):
    """A return a mail became: one for each activity it tells of, in its order. `position`: the number its receipt gave it."""

    mail = models.ForeignKey(Mail, on_delete=models.CASCADE, related_name="return_links")
    given = models.ForeignKey("reports.Return", on_delete=models.PROTECT, related_name="mail_links")
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["mail", "position"]
        constraints = [
            models.UniqueConstraint(fields=["mail", "given"], name="mail_became_once"),
            models.UniqueConstraint(fields=["mail", "position"], name="mail_return_numbered_once"),
        ]

    class Privacy:
        personal: set[str] = set()
        plain = {"mail", "given", "position"}
