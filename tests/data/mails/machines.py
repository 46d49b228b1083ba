"""Mails no person wrote, and mails whose sender is not who she says."""

from tests.data.mails.writing import Expected, mail, news


def _auto(
    name: str,
    *,
    more: str = "",
    subject: str = "回复：请签收",
    text: str = "我正在休假。",
    unit: str = "c.a",
    sender: str = "",
):
    return Expected(name, mail(text, unit=unit, subject=subject, more=more, sender=sender), "auto", "loop")


def _report(
    name: str, status: str, fate: str, *, about: str = "<notice-b@example.org>", part: str = "text/rfc822-headers"
):
    raw = (
        "From: MAILER-DAEMON@example.org\r\nTo: quan@example.org\r\nSubject: Undelivered Mail Returned to Sender\r\n"
        'Auto-Submitted: auto-replied\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="r"\r\n\r\n'
        "--r\r\nContent-Type: text/plain\r\n\r\nThe mail could not be delivered.\r\n"
        f"--r\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n\r\nAction: {'failed' if status[0] == '5' else 'delayed'}\r\nStatus: {status}\r\n"
        f"--r\r\nContent-Type: {part}\r\n\r\nMessage-ID: {about}\r\nSubject: {name}\r\n\r\n\r\n--r--\r\n"
    )
    return Expected(name, raw.encode(), "bounce", fate)


def _read_receipt() -> bytes:
    return (
        "From: <c-edu@example.org>\r\nTo: quan@example.org\r\nSubject: =?utf-8?B?5bey6K+777ya6K+3562+5pS2?=\r\n"
        'Content-Type: multipart/report; report-type=disposition-notification; boundary="r"\r\n\r\n'
        "--r\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n您发给我的信已经打开。\r\n"
        "--r\r\nContent-Type: message/disposition-notification\r\n\r\nOriginal-Message-ID: <notice-edu@example.org>\r\n"
        "Disposition: manual-action/MDN-sent-automatically; displayed\r\n\r\n--r--\r\n"
    ).encode()


def _vouched(name: str, results: str, *, fate: str, number: int):
    title = f"验证第{'一二三四五六七八'[number]}场讲座"
    return Expected(
        name,
        mail(news(title, unit="市教育局妇委会", place="市一中"), unit="c.edu", subject=title, more=results),
        "news",
        fate,
        "c.edu",
        "address",
    )


MACHINES = (
    _auto("says it is automatic", more="Auto-Submitted: auto-replied\r\n"),
    _auto("says it is generated", more="Auto-Submitted: auto-generated; owner=x\r\n"),
    _auto("x-autoreply", more="X-Autoreply: yes\r\n"),
    _auto("precedence bulk", more="Precedence: bulk\r\n"),
    _auto("a list", more="List-Id: <news.example.org>\r\n", subject="每周资讯"),
    _auto("an empty return path", more="Return-Path: <>\r\n"),
    _auto("only its subject says so", subject="自动回复：请签收"),
    _auto("only its words say so", text="您好，您的邮件我已收到，会尽快回复。"),
    _auto("out of office", subject="Out of Office: 请签收"),
    _auto("no-reply", sender="no-reply@example.org", subject="账单"),
    _report("bounced", "5.1.1", "bounced"),
    _report("bounced with the whole mail", "5.7.1", "bounced", about="<notice-a@example.org>", part="message/rfc822"),
    _report("late, not lost", "4.4.7", "loop"),
    _report("of something not ours", "5.1.1", "loop", about="<other@example.org>"),
    Expected("a chinese bounce without a report", mail("您的邮件被退回。原邮件 Message-ID: <notice-edu@example.org>", sender="postmaster@example.org", subject="系统退信", reply_to="<notice-edu@example.org>"),
             "bounce", "bounced"),
    Expected("read receipt", _read_receipt(), "auto", "loop"),
    _auto("a recall of Outlook", subject="撤回：请签收", text="发件人希望撤回邮件“请签收”。"),
    _auto("a holiday in Traditional characters", subject="自動回覆：請簽收", text="我正在休假。"),
    _vouched("spf fails", "Authentication-Results: mx.example.org; spf=fail smtp.mailfrom=example.org\r\n", fate="forged", number=0),
    _vouched("dkim fails", "Authentication-Results: mx.example.org; spf=pass; dkim=fail\r\n", fate="forged", number=1),
    _vouched("dmarc fails", "Authentication-Results: mx.example.org; spf=pass; dkim=none; dmarc=fail\r\n", fate="forged", number=2),
    _vouched("a pass the sender wrote below a failure", "Authentication-Results: mx.example.org; spf=fail\r\nAuthentication-Results: mx.example.org; spf=pass; dkim=pass\r\n", fate="forged", number=3),
    _vouched("passes", "Authentication-Results: mx.example.org; spf=pass; dkim=pass; dmarc=pass\r\n", fate="reported", number=4),
    _vouched("another server's failure is nothing", "Authentication-Results: elsewhere.example; spf=fail\r\n", fate="reported", number=5),
    _vouched("nothing said", "", fate="reported", number=6),
)  # fmt: skip
