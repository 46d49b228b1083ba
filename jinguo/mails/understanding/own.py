"""What the writer wrote herself: her text without what she answers. Offsets stay those of the whole text."""

import re

_QUOTE_BEGINS = re.compile(
    r"^\s*(?:"
    r"-{2,}\s*(?:原始邮件|回复的原邮件|Original Message|Replied Message|原邮件)\s*-{2,}.*"
    r"|-{8,}\s*$(?=\n\s*(?:发件人|From)\s*[:：])"
    r"|(?:发件人|From)\s*[:：].*\n\s*(?:发送时间|Sent|Date|日期|收件人|To|时间)\s*[:：].*"
    r"|(?:在|于)?\s*\d{4}[年/.-].{4,60}?(?:写道|wrote)\s*[:：]?"
    r"|On .{6,80} wrote:"
    r"|_{10,}\s*$"
    r")",
    re.MULTILINE | re.IGNORECASE,
)
_FORWARD = re.compile(r"-{2,}\s*(?:转发邮件信息|转发的邮件|Forwarded message|Forwarded by)\s*-{2,}", re.IGNORECASE)
_FORWARD_HEAD = re.compile(
    r"^\s*(?:发件人|发送日期|发送时间|日期|收件人|抄送人?|主题|From|Date|Sent|To|Cc|Subject)\s*[:：].*$", re.MULTILINE
)
_QUOTED_LINE = re.compile(r"^[>＞|].*$", re.MULTILINE)
_CLIENT = re.compile(
    r"^\s*(?:发自我的\s?\S{1,20}|从我的\S{1,20}发送|Sent from my .{1,30}|来自\S{1,10}邮箱.*|自动回复设置.*|--\s*)$",
    re.MULTILINE,
)


def own_text(body: str) -> str:
    """The same text, with what is quoted blanked out sign by sign, so that offsets still hold."""
    cut = len(body)
    if not _FORWARD.search(body):
        match = _QUOTE_BEGINS.search(body)
        cut = match.start() if match else cut
    own = body[:cut]
    patterns = [_QUOTED_LINE, _CLIENT]
    if _FORWARD.search(body):
        patterns += [_FORWARD, _FORWARD_HEAD]
    for pattern in patterns:
        own = pattern.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), own)
    return own


_PREFIX = re.compile(
    r"^\s*(?:(?:回复|答复|转发|自动回复|Re|Fw|Fwd|AW)\s*[:：]|\[[2-9A-HJ-NP-Z]{6}\]|【[^】]{1,12}】|\[(?:转发|回复)\])\s*",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"\[([2-9A-HJ-NP-Z]{6})\]")


def bare_subject(subject: str) -> str:
    """The subject without 回复, 转发 and our token."""
    subject = _TOKEN.sub(" ", subject)
    while match := _PREFIX.match(subject):
        subject = subject[match.end() :]
    return " ".join(subject.split())


def tokens(subject: str) -> list[str]:
    """What may be tokens of messages of ours."""
    return _TOKEN.findall(subject)[:5]
