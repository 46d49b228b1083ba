"""Mails no person wrote: automatic answers, lists, delivery reports; and what the mailbox's server vouches for."""

import re

from jinguo.lib.mail import Letter

_AUTO_SUBJECT = re.compile(
    r"^\s*(?:自动回复|自动答复|自動回覆|假期自动|Auto(?:matic)?[ -]?repl|Out of (?:the )?office|休假|(?:撤回|Recall)\s*[:：])|\(自动回复\)|【自动回复】",
    re.IGNORECASE,
)
_BOUNCE_SUBJECT = re.compile(
    r"系统退信|退信通知|退信|Undeliver|Delivery Status Notification|Returned mail|failure notice|Mail delivery failed|投递失败",
    re.IGNORECASE,
)
_ROBOTS = re.compile(
    r"^(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?|notification)(?:[+.-].*)?@", re.IGNORECASE
)
_AUTO_WORDS = re.compile(
    r"^\W*(?:您好|你好)?[，,！!。\s]*(?:这是一封自动回复|此为自动回复|您的邮件(?:我)?已(?:经)?收到.{0,20}(?:尽快|会).{0,6}(?:回复|处理))"
)


def is_bounce(letter: Letter) -> bool:
    """A delivery report: by its form, or by its writer and its words together."""
    kind = letter.marks.get("content-type", "").lower()
    if "multipart/report" in kind and "disposition-notification" not in kind:
        return True
    if letter.report or "x-failed-recipients" in letter.marks:
        return True
    return bool(_ROBOTS.match(letter.sender) and _BOUNCE_SUBJECT.search(letter.subject))


def is_automatic(letter: Letter, own: str = "") -> bool:
    """Written by a machine, so that it must not be answered (RFC 3834)."""
    marks = letter.marks
    if "disposition-notification" in marks.get("content-type", "").lower():
        return True  # 已读回执: her program says that the letter was opened
    said = marks.get("auto-submitted", "no").lower().split(";")[0].strip()
    if said not in ("", "no"):
        return True
    if any(mark in marks for mark in ("x-autoreply", "x-autorespond", "list-id", "x-loop", "feedback-id")):
        return True
    if marks.get("precedence", "").lower() in ("bulk", "list", "junk", "auto_reply"):
        return True
    if "return-path" in marks and marks["return-path"].strip() == "<>":
        return True
    return bool(_AUTO_SUBJECT.search(letter.subject) or _ROBOTS.match(letter.sender) or _AUTO_WORDS.match(own))


def answers_help_receipt(subject: str) -> bool:
    """Whether a bare subject is that of the receipt to a letter for help, which nothing else of ours has."""
    return subject.strip() == "来信收到"


def may_be_answered(letter: Letter) -> bool:
    """Whether a receipt may go to its sender at all."""
    return "@" in letter.sender and not _ROBOTS.match(letter.sender) and "list-id" not in letter.marks


_RESULT = re.compile(r"\b(spf|dkim|dmarc)\s*=\s*(\w+)", re.IGNORECASE)
_FAILED = {"fail", "softfail", "permerror", "policy", "reject"}


def vouched(letter: Letter, trusted: str) -> str:
    """`pass`, `fail` or `none`, from the topmost Authentication-Results alone (RFC 8601): those below may be the sender's.

    Args:
        trusted: the name of the mailbox's own server; without one a failure still counts, a pass does not.
    """
    if not letter.results:
        return "none"
    server = letter.results[0].split(";")[0].split()[:1]
    if trusted and (not server or server[0].lower() != trusted.lower()):
        return "none"
    found = {name.lower(): result.lower() for name, result in reversed(_RESULT.findall(letter.results[0]))}
    if found.get("dmarc") == "pass":
        return "pass" if trusted else "none"
    if any(found.get(name) in _FAILED for name in ("dmarc", "spf", "dkim")):
        return "fail"
    passed = any(found.get(name) == "pass" for name in ("spf", "dkim"))
    return "pass" if passed and trusted else "none"
