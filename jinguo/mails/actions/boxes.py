"""Setting up the office's mailbox, trying it, and dropping mails by hand."""

import re
from datetime import timedelta

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jinguo.federation.models import Office
from jinguo.journal import actions as journal
from jinguo.lib import clock, ids, limits
from jinguo.lib.errors import Invalid
from jinguo.lib.hold import differing, hold
from jinguo.lib.rulings import require
from jinguo.mails import rules
from jinguo.mails.actions.keeping import keep_mail
from jinguo.mails.imap import Door, Fault, opened
from jinguo.mails.models import Mail, Mailbox, Source
from jinguo.mails.models.mailbox import Security

# What every mail program writes above a mail, one of them not enough.
_HEADS = re.compile(
    rb"^(?:from|to|subject|date|received|message-id|return-path|mime-version|content-type|sender)[ \t]*:", re.I | re.M
)
TRY_SECONDS = 10
FIRST_DAYS = 30  # how far back the first fetching goes
MOST_DROPPED = 50  # files in one upload

FAULTS: dict[str, str | Promise] = {
    "unreachable": _("连不上收信服务器。请核对地址和端口（163 邮箱是 imap.163.com，993），再看看这台机器能不能上网。"),
    "tls": _("收信服务器的证书不对，没有登录，授权码没有发出去。请核对地址；还不行，请系统管理员看看。"),
    "login": _(
        "登录没有成功。这里要填“授权码”，不是网页登录的密码；授权码在邮箱网页版“设置”里开启 IMAP 时得到，只显示一次。"
    ),
    "select": _("登录了，但打不开收件箱。请到邮箱网页版确认“IMAP/SMTP 服务”已经开启，过一会儿再试。"),
    "broken": _("连接中途断了。已经收下的信不会丢，系统会自己再试。"),
    "no_room": _("服务器磁盘满了，新的信还在邮箱里没有取。请告诉系统管理员，腾出空间后会自己接着取。"),
}


def set_mailbox(office: Office, *, by: journal.Actor, address: str, host: str, port: int, security: str, user: str,
                secret: str, trusted: str = "", keep_days: int = 730) -> Mailbox:  # fmt: skip
    """Set the mailbox; an empty secret keeps the one stored. Another account begins at its own first mail.

    Raises:
        Invalid: no secret yet, or an open connection to another machine.
    """
    require(rules.may_set_mailbox(office, by))
    if security == Security.PLAIN and host not in ("127.0.0.1", "localhost", "::1"):
        raise Invalid(_("不加密只能用于本机。请选 TLS。"), "security")
    facts = {
        "address": address.lower(), "host": host, "port": port, "security": security, "user": user,
        "trusted": trusted.strip().lower(), "keep_days": keep_days, "is_active": True,
    } | ({"secret": secret} if secret else {})  # fmt: skip
    with transaction.atomic():
        hold(office)
        row = Mailbox.objects.filter(office=office).first()
        if row is None:
            row = Mailbox(code=ids.new_code(), office=office, since=clock.today() - timedelta(days=FIRST_DAYS))
        if not secret and not row.secret_sealed:
            raise Invalid(_("请填授权码。"), "secret")
        changed = row.pk is None or differing(row, facts)
        if (row.host, row.user) != (host, user):
            row.uid_validity = row.last_uid = 0
        for name, value in facts.items():
            setattr(row, name, value)
        row.next_at, row.attempts, row.failure, row.lease_until = (
            clock.now(),
            0,
            "",
            None,
        )  # tried at once, also unchanged
        row.save()
        if changed:
            journal.record("mailbox.set", by=by, kind="mailbox", code=row.code, owner=office.unit.code)
    return row


def end_mailbox(office: Office, *, by: journal.Actor) -> None:
    """Fetch no more and forget the secret; what was fetched stays."""
    require(rules.may_set_mailbox(office, by))
    with transaction.atomic():
        ended = Mailbox.objects.filter(office=office, is_active=True).update(is_active=False, secret_sealed="")
        if ended:
            journal.record("mailbox.end", by=by, kind="office", code=office.code, owner=office.unit.code)


def try_mailbox(box: Mailbox, *, by: journal.Actor) -> int:
    """Sign in and look into the inbox, now; how many mails since the first day wait there. Nothing is fetched.

    Raises:
        Invalid: it did not work, with the sentence that says why and what to do.
    """
    require(rules.may_set_mailbox(box.office, by))
    door = Door(box.host, box.port, box.security, box.user, box.secret)
    try:
        with opened(door, TRY_SECONDS) as imap:
            return len(imap.uids(0, box.since))
    except Fault as fault:
        raise Invalid(FAULTS[fault.code]) from fault


def drop_mails(office: Office, files: list[bytes], *, by: journal.Actor) -> list[Mail]:
    """Keep mails saved as .eml files; they were received when they are dropped here.

    Raises:
        Invalid: none, too many, too large, or not a mail.
    """
    require(rules.may_set_mailbox(office, by))
    if not files:
        raise Invalid(_("请选 .eml 文件：在邮箱里打开信，点“更多”里的“导出”或“另存为”。"), "files")
    if len(files) > MOST_DROPPED:
        raise Invalid(_("一次最多传 50 封。请分几次传。"), "files")
    for data in files:
        if len(data) > limits.UPLOAD_BYTES:
            raise Invalid(_("有一封超过 20 MB。请在邮箱里直接收取，或去掉附件再传。"), "files")
        if len(_HEADS.findall(data[:20_000])) < 2:
            raise Invalid(_("有一个文件不是邮件。请传 .eml 文件；Word、图片等请直接在报送页面里传。"), "files")
    return [keep_mail(office, data, received_at=clock.now(), source=Source.DROP, by=by) for data in files]
