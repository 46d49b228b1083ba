"""Ways to reach someone: e-mail, telephone, fax, address, the name after 联系人. Values are cleaned, sources are verbatim."""

import re

from jinguo.gongwen.parts import Contact
from jinguo.gongwen.reading.context import Context
from jinguo.gongwen.reading.view import HAN

_EMAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+\-]{0,63}@[A-Za-z0-9](?:[A-Za-z0-9\-]{0,62}\.)+[A-Za-z]{2,12}", re.ASCII)
_PHONE = re.compile(
    r"(?<![\d.@A-Za-z\-])(?:1[3-9]\d[\- ]?\d{4}[\- ]?\d{4}|(?:[（(]?0\d{2,3}[）)]?[\-—–－ ]{1,2}|0\d{2,3})\d{7,8}(?:[\-—－转]\d{1,6})?|400[\- ]?\d{3}[\- ]?\d{4})(?![\d@A-Za-z])"
)
_LOCAL = re.compile(
    r"(?<![\d.@A-Za-z\-])\d{7,8}(?:[、，,；; /]\d{7,8})*(?![\d@A-Za-z年])|(?<!\d)(?:12\d{3}|110|120)(?!\d)"
)
_PHONE_WORD = re.compile("(?:电话|手机|热线|座机|值班|联系方式|联系人|传真|咨询|号码|微信)(?:[^。；\n]{0,24})$")
_FAX = re.compile(r"传真(?:号码)?(?:/电话)?[：: ]*$|传真[：:][^：:；。，,\n]{0,20}$")
_NAME = rf"{HAN}{{1,3}}(?:某{{1,2}}|{HAN})?"
_PERSON = re.compile(
    r"(?P<label>(?:联[ ]?系[ ]?人|联络员|经办人|负责人|咨询人)(?:及(?:联系)?电话|和电话|、电话|及联系方式)?)[ ]?[：:][ ]?(?P<names>[^\n：:；。]{2,40})"
)
_PAIR = re.compile(
    rf"(?<!{HAN})(?P<name>{HAN}{{2,3}}|{HAN}某某?)[ \u3000，,：:]{{0,3}}(?=[（(]?(?:1[3-9]\d{{9}}|0\d{{2,3}}[\-—）) ]|\d{{7,8}}(?!\d)))"
)
_ADDRESS = re.compile(
    r"(?P<label>(?:联系|通讯|通信|邮寄|办公|收件|报送)?地[ ]?址)[ ]?[：:][ ]?(?P<value>[^\n；。，,：:]{4,60}?)(?=[；。，,\n]|[ \u3000]{1,4}(?:邮|电|联|传)|邮编|电话|联系|[（(]邮编|[）)]|$)"
)
_NOT_NAMES = re.compile("电话|部门|单位|手机|邮箱|地址|姓名|传真|办公|报名|咨询|联系|微信|热线|座机|区号")


def contacts(ctx: Context, start: int, end: int) -> list[Contact]:
    """All contacts in [start, end), in order, each once."""
    found: dict[tuple[str, str], tuple[int, Contact]] = {}
    for at, contact in [
        *_emails(ctx, start, end),
        *_numbers(ctx, start, end),
        *_people(ctx, start, end),
        *_addresses(ctx, start, end),
    ]:
        found.setdefault((contact.kind, contact.value), (at, contact))
    return [contact for _, contact in sorted(found.values(), key=lambda pair: pair[0])]


def _label_before(ctx: Context, at: int) -> str:
    m = re.search(r"([一-鿿]{2,8})[ ]?[：:（( ]*$", ctx.text[max(0, at - 12) : at])
    return m[1] if m else ""


def _emails(ctx: Context, start: int, end: int) -> list[tuple[int, Contact]]:
    return [
        (m.start(), Contact(kind="email", value=m[0], label=_label_before(ctx, m.start()), src=ctx.src(m.start(), m.end()), rule="contact.email"))
        for m in _EMAIL.finditer(ctx.text, start, end)
    ]  # fmt: skip


def _numbers(ctx: Context, start: int, end: int) -> list[tuple[int, Contact]]:
    out: list[tuple[int, Contact]] = []
    taken: list[tuple[int, int]] = []
    for m in _PHONE.finditer(ctx.text, start, end):
        taken.append((m.start(), m.end()))
        out.append(_number(ctx, m.start(), m.end(), m[0]))
    for m in _LOCAL.finditer(ctx.text, start, end):
        if any(a < m.end() and m.start() < b for a, b in taken):
            continue
        if _PHONE_WORD.search(ctx.text, max(start, m.start() - 40), m.start()):
            for part in re.finditer(r"\d+", m[0]):
                out.append(_number(ctx, m.start() + part.start(), m.start() + part.end(), part[0]))
    return out


def _number(ctx: Context, start: int, end: int, text: str) -> tuple[int, Contact]:
    fax = _FAX.search(ctx.text, max(0, start - 24), start) is not None
    value = re.sub("[—–－]", "-", text)
    value = re.sub(r"^[（(](\d+)[）)][ -]*", r"\1-", re.sub(" +", "-" if value[0] == "0" else "", value))
    value = re.sub("-{2,}", "-", value)
    contact = Contact(
        kind="fax" if fax else "phone",
        value=value,
        label=_label_before(ctx, start),
        src=ctx.src(start, end),
        rule="contact.number",
    )
    return start, contact


def _people(ctx: Context, start: int, end: int) -> list[tuple[int, Contact]]:
    out: list[tuple[int, Contact]] = []
    for m in _PERSON.finditer(ctx.text, start, end):
        for name in re.finditer(rf"(?<!{HAN})({HAN}{{2,4}}|{HAN}某{{1,2}})(?=[、，,；;\s（(）)\d：:]|$)", m["names"]):
            if _NOT_NAMES.search(name[1]):
                break
            at = m.start("names") + name.start(1)
            out.append(_person(ctx, at, at + len(name[1]), m["label"]))
    for m in _PAIR.finditer(ctx.text, start, end):
        if not _NOT_NAMES.search(m["name"]) and not m["name"].endswith(("部", "室", "科", "办", "局")):
            out.append(_person(ctx, m.start("name"), m.end("name"), _label_before(ctx, m.start("name"))))
    return out


def _person(ctx: Context, start: int, end: int, label: str) -> tuple[int, Contact]:
    src = ctx.src(start, end)
    return start, Contact(kind="person_role", value=ctx.words(start, end), label=label, src=src, rule="contact.person")


def _addresses(ctx: Context, start: int, end: int) -> list[tuple[int, Contact]]:
    return [
        (m.start(), Contact(kind="address", value=m["value"].strip(), label=m["label"], src=ctx.src(*m.span("value")), rule="contact.address"))
        for m in _ADDRESS.finditer(ctx.text, start, end)
    ]  # fmt: skip
