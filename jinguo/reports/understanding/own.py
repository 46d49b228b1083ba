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
_RULE = re.compile(r"^\s*-{2,}.{0,30}?-{2,}\s*$|^\s*-{8,}\s*$", re.MULTILINE)
_FORWARD_HEAD = re.compile(
    r"^\s*(?:发件人|发送日期|发送时间|日期|收件人|抄送人?|主题|From|Date|Sent|To|Cc|Subject)\s*[:：].*$", re.MULTILINE
)
_QUOTE_MARKS = re.compile(r"^(?:[ \t]?[>＞])+", re.MULTILINE)
_QUOTED_LINE = re.compile(r"^[>＞|].*$", re.MULTILINE)
_SENT_ON = re.compile(r"^\s*(?:转发|Fwd?)\s*[:：]|^\s*\[转发\]", re.IGNORECASE)
_PAPER = re.compile(r"通知|请签收|方案|来函|的函|会议")  # what an office passes on to read, not as a report of its own
_NOTE = 80  # characters above what is sent on that are only a note about it
_CLIENT = re.compile(
    r"^\s*(?:签名由.{1,20}定制|发自我的\s?\S{1,20}|从我的\S{1,20}发送|Sent from my .{1,30}|来自\S{1,10}邮箱.*|自动回复设置.*|--\s*)$",
    re.MULTILINE,
)


def own_text(body: str, subject: str = "") -> str:
    """The same text, with what is quoted blanked out sign by sign, so that offsets still hold. What is sent on is the
    writer's own as far as it is what she sends: below a mark of forwarding, or, where the subject says so and names no
    notice of ours, below a short note."""
    match = _QUOTE_BEGINS.search(body)
    marked, note = bool(_FORWARD.search(body)), match.start() if match else 0
    passed = match is not None and not marked and bool(_SENT_ON.match(subject))
    passed = passed and not tokens(subject) and not _PAPER.search(subject)
    passed = passed and len("".join(body[:note].split())) <= _NOTE
    own = body[:note] if match and not marked and not passed else body
    if passed:
        own = _sent_on(_QUOTE_MARKS.sub(lambda found: _blank(found.group()), body), note)
    patterns = [_CLIENT] if passed else [_QUOTED_LINE, _CLIENT]
    if marked or passed:
        patterns += [_FORWARD, _RULE, _FORWARD_HEAD]
    for pattern in patterns:
        own = pattern.sub(lambda found: _blank(found.group()), own)
    return own


def _sent_on(body: str, note: int) -> str:
    """What is sent on of a chain of letters: the first that is more than a note to the next reader; all of it where none is."""
    starts = [match.start() for match in _QUOTE_BEGINS.finditer(body)]
    for start, end in zip(starts, [*starts[1:], len(body)], strict=True):
        said = _FORWARD_HEAD.sub("", _RULE.sub("", body[start:end]))
        if start >= note and len("".join(said.split())) > _NOTE:
            return _blank(body[:start]) + body[start:end] + _blank(body[end:])
    return _blank(body[:note]) + body[note:]


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


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
