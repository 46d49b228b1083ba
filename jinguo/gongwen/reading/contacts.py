"""Ways to reach someone: e-mail, telephone, fax, address, the name after 联系人. Values are cleaned, sources are verbatim."""

import re
from collections.abc import Iterator

from jinguo.gongwen.parts import Contact
from jinguo.gongwen.reading.context import Context
from jinguo.gongwen.reading.view import HAN

_EMAIL = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9._%+\-]{0,63}[ ]?@[ ]?[A-Za-z0-9](?:[A-Za-z0-9\-]{0,62}[.．])+[A-Za-z]{2,12}", re.ASCII
)
_NUMBER = re.compile(
    r"""(?<![\d.@A-Za-z-])
        (?: 1[3-9]\d[-\ ]?\d{4}[-\ ]?\d{4}                                  # mobile
          | (?:（?0\d{2,3}）?[-—–－\ ]{1,2}|（0\d{2,3}）|0\d{2,3})(?:\d{7,8}|\d{4}[ ]\d{3,4})(?:[ ]?(?:[-—－]|转)[ ]?\d{1,6})?
          | 400[-\ ]?\d{3}[-\ ]?\d{4} )
        (?![\d@A-Za-z])""",
    re.VERBOSE,
)
_LOCAL = re.compile(
    r"""(?<![\d.@A-Za-z-])\d{7,8}(?:-\d{2,5}|(?:[、，；\ /]\d{7,8})*)(?![\d@A-Za-z年])     # without an area code
      | (?<![\d.@A-Za-z_-])(?:12\d{3}|110|120)(?![\d@A-Za-z])                                    # 12338""",
    re.VERBOSE,
)
_DIGITS = re.compile(r"[\d-]+")
_BESIDE_A_NAME = re.compile(r"(?!(?:19|20)\d{6}(?!\d))[\d-]+(?=[；。，、（）\s]|$)")  # 张某 20240315 is a day
_SHORT = re.compile(r"(?:电话|手机|短号|分机|座机)(?:号码)?[：: ]{0,2}(?P<number>\d{3,8})(?![\d@A-Za-z×*＊-]|[xX]{2})")
_NUMBER_WORD = re.compile(r"(?:电话|手机|热线|座机|值班|联系方式|联系人|传真|咨询|号码|微信)[^。；\n]{0,24}$")
_NO_TELEPHONE = re.compile(
    "(?:[QqＱ][QqＱ]|邮编|邮政编码|群号|账号|帐号|会议号|会议ID)(?:群|号|号码|群号)*[：: ]{0,2}$"
)
_WITH_NUMBER = re.compile(r"[、，；/ ]{1,2}")  # what parts a number from one more of the same office
_FAX_WORD = re.compile(r"传真(?:号码)?(?:/电话)?[： ]*$|传真：[^：；。，\n]{0,20}$")
_LABEL = re.compile(rf"({HAN}{{2,8}})[ ]?[：（ ]*$")
_LABEL_WITHIN = 12
_NAME_LENGTH = 3  # characters of a name without a title; four may be two

_PERSON = re.compile(
    r"""(?P<label>(?:联[ ]?系[ ]?人|联络员|经办人|负责人|咨询人)(?:(?:及|和|、)?(?:联系)?(?:电话|方式))?)
        (?:[ ]?：[ ]?|[ ]?(?=[一-鿿](?:老师|女士|先生|同志|主任|部长)))(?P<names>[^\n：；。]{2,40})""",
    re.VERBOSE,
)
_NAME = re.compile(
    rf"(?:(?<!{HAN})|(?<=[室部科处会联办委])(?={HAN}{{1,2}}(?:某|老师)))(?:{HAN}{{2,4}}|{HAN}某{{1,2}})(?=[、，；。\s（）\d：]|电话|手机|联系|邮箱|$)"
)
_NAMED_NUMBER = re.compile(
    rf"(?:(?<!{HAN})|(?<=[室部科处会联办委])(?={HAN}老师))(?P<name>{HAN}{{2,4}}?)(?:（[^（）\n]{{1,10}}）)?"
    r"[ \u3000，：]{0,3}(?:联系)?(?:电话|手机)?(?:号码)?[： ]{0,2}(?=\d{4,})"
)
_BEFORE_NUMBER = re.compile(
    rf"(?<!{HAN})(?P<name>{HAN}{{2,3}})[ \u3000，：]{{0,3}}(?=（?(?:1[3-9]\d[- ]?\d{{4}}[- ]?\d{{4}}|0\d{{2,3}}[-—） ]))"
)
_SPOKEN_TO = re.compile(
    rf"(?:(?:与|找)(?:{HAN}{{1,10}}[部室科处会联办委站心])?(?=(?P<name>{HAN}{{2,3}})(?:同志)?联系)"
    rf"|咨询[：](?=(?P<titled>{HAN}{{1,2}}(?:老师|女士|主任))(?:[，；。 ]|$)))"
)  # 请与办公室何某联系; 报名咨询：孙老师
_NAME_AHEAD = re.compile(rf"(?<!{HAN})(?P<name>{HAN}{{2,4}})[ \u3000，：]{{0,3}}$")
_ROLE_PHRASE = re.compile(
    rf"各?(?:{HAN}|[（）/、]){{2,16}}?(?:组长|主席|主任|书记|委员|干事|辅导员)(?=[\s，；。]|$)"
)  # 各工会小组长
_EXTENDED = re.compile(r"\d{7,8}-\d{2,5}")  # a local number and its extension
_SLOT_WORD = re.compile(
    "内线|外线|总机|统计表|电话|手机|邮箱|地址|姓名|传真|报名|咨询|联系|微信|热线|座机|区号|号码|部门|单位"
)
_LONE = re.compile(rf"(?<!{HAN})(?P<one>{HAN})[ \u3000]$")
_LAST_APART = re.compile(rf"[ \u3000](?![男女]){HAN}(?=[ \u3000，；。：]|电话|手机|$)")  # 张晓 红
_GIVEN_NAME = 2  # characters
_OFFICE = re.compile("(?:部|室|科|办|处|局|会|组|联|中心|工会|妇联)$")
_ADDRESS = re.compile(
    r"""(?<!邮箱)(?<!网站)(?<!平台)(?<!链接)(?<!网)
        (?P<label>(?:联系|通讯|通信|邮寄|办公|收件|报送)?地[ ]?址|(?:来信|来函|信件|材料)请?寄[至到往]?)[ ]?：[ ]?
        (?P<value>[^\n；。，：]{4,60}?)
        (?=[；。，\n）]|[ \u3000]{1,4}[邮电联传]|（?邮编|电话|联系|$)""",
    re.VERBOSE,
)

Placed = tuple[int, Contact]  # where it stands in the view


def contacts(ctx: Context, start: int, end: int) -> list[Contact]:
    """All contacts in [start, end), in order, each once."""
    found: dict[tuple[str, str], Placed] = {}
    for read in (_emails, _numbers, _people, _named_before_numbers, _spoken_to, _addresses):
        for at, contact in read(ctx, start, end):
            found.setdefault((contact.kind, contact.value), (at, contact))
    return [contact for _, contact in sorted(found.values(), key=lambda placed: placed[0])]


def _label_before(ctx: Context, at: int) -> str:
    m = _LABEL.search(ctx.text, max(0, at - _LABEL_WITHIN), at)
    return m[1] if m else ""


def _emails(ctx: Context, start: int, end: int) -> Iterator[Placed]:
    for m in _EMAIL.finditer(ctx.text, start, end):
        label = _label_before(ctx, m.start())
        yield (
            m.start(),
            Contact(
                kind="email",
                value=m[0].replace(" ", "").replace("．", "."),
                label=label,
                src=ctx.src(*m.span()),
                rule="contact.email",
            ),
        )


def _numbers(ctx: Context, start: int, end: int) -> Iterator[Placed]:
    full = [m.span() for m in _NUMBER.finditer(ctx.text, start, end)]
    for span in full:
        yield _number(ctx, *span)
    for m in _LOCAL.finditer(ctx.text, start, end):
        parts = [part.span() for part in _DIGITS.finditer(ctx.text, *m.span())]
        new = [(at, stop) for at, stop in parts if not any(a < stop and at < b for a, b in full)]
        if new and _is_number(ctx, start, new[0][0], full):
            full += new
            yield from (_number(ctx, *part) for part in new)
    for m in _SHORT.finditer(ctx.text, start, end):  # an office's own short number, told only by its label
        if not any(a < m.end() and m.start("number") < b for a, b in full):
            yield _number(ctx, *m.span("number"))


def _is_number(ctx: Context, start: int, at: int, full: list[tuple[int, int]]) -> bool:
    """The digits at `at` are a telephone's: a word before them says so, or a name, or they go on from a full number."""
    if _NO_TELEPHONE.search(ctx.text, max(start, at - 10), at):
        return False
    if _NUMBER_WORD.search(ctx.text, max(start, at - 40), at):
        return True
    name = _NAME_AHEAD.search(ctx.text, max(start, at - 8), at)
    if name and _BESIDE_A_NAME.match(ctx.text, at) and _like_a_name(ctx, name["name"]):
        return True
    return any(0 < at - end <= 2 and _WITH_NUMBER.fullmatch(ctx.text, end, at) for _, end in full)


def _number(ctx: Context, start: int, end: int) -> Placed:
    fax = _FAX_WORD.search(ctx.text, max(0, start - 24), start) or ctx.text.startswith("（传真）", end)
    text = re.sub(r"(?<=\d{4}) (?=\d{3,4}(?!\d))|(?<=转) | (?=转)", "", ctx.text[start:end])
    text = re.sub("[—–－（） ]+", "-", text)
    extended = text.lstrip("-").startswith("0") or _EXTENDED.fullmatch(text)
    value = re.sub("-+", "-", text).strip("-") if extended else text.replace("-", "")
    src = ctx.src(start, end)
    contact = Contact(
        kind="fax" if fax else "phone", value=value, label=_label_before(ctx, start), src=src, rule="contact.number"
    )
    return start, contact


def _people(ctx: Context, start: int, end: int) -> Iterator[Placed]:
    for m in _PERSON.finditer(ctx.text, start, end):
        at = m.start("names")
        role = _ROLE_PHRASE.match(m["names"])
        if role is not None:
            yield _person(ctx, at, at + role.end(), m["label"])
            continue
        for name in _NAME.finditer(m["names"] + ctx.text[m.end() : m.end() + 2]):
            if name.end() <= len(m["names"]) and not _unlike_a_name(ctx, name[0]):
                yield _person(ctx, at + name.start(), at + name.end(), m["label"])
    for m in _BEFORE_NUMBER.finditer(ctx.text, start, end):
        if not _unlike_a_name(ctx, m["name"]):
            yield _person(ctx, *m.span("name"), _label_before(ctx, m.start("name")))


def _named_before_numbers(ctx: Context, start: int, end: int) -> Iterator[Placed]:
    """群体科 贺某，电话：…; 关老师6690: a surname, and a number right after it."""
    for m in _NAMED_NUMBER.finditer(ctx.text, start, end):
        if _like_a_name(ctx, m["name"]):
            yield _person(ctx, *m.span("name"), _label_before(ctx, m.start("name")))


def _spoken_to(ctx: Context, start: int, end: int) -> Iterator[Placed]:
    for m in _SPOKEN_TO.finditer(ctx.text, start, end):
        group = "name" if m["name"] else "titled"
        if m["titled"] or (_like_a_name(ctx, m["name"]) and not _OFFICE.search(m["name"])):
            yield _person(ctx, *m.span(group), "")


def _like_a_name(ctx: Context, text: str) -> bool:
    titled = re.search("某{1,2}$|老师$|主任$|同学$", text) is not None
    known = text[0] in ctx.lexicon.tables["people"]["surnames"] and len(text) <= _NAME_LENGTH
    return (titled or known) and not _unlike_a_name(ctx, text)


def _unlike_a_name(ctx: Context, text: str) -> bool:
    """宣传科 is an office, 马新科 a person: what begins with a surname may end like an office."""
    if _SLOT_WORD.search(text):
        return True
    return _OFFICE.search(text) is not None and text[0] not in ctx.lexicon.tables["people"]["surnames"]


def _person(ctx: Context, start: int, end: int, label: str) -> Placed:
    start = _surname_apart(ctx, start, end)
    last = _LAST_APART.match(ctx.text, end) if end - start == _GIVEN_NAME else None
    end = last.end() if last and ctx.text[start] in ctx.lexicon.tables["people"]["surnames"] else end
    value = ctx.words(start, end).replace(" ", "")
    return start, Contact(kind="person_role", value=value, label=label, src=ctx.src(start, end), rule="contact.person")


def _surname_apart(ctx: Context, start: int, end: int) -> int:
    """郭 晓棠: a surname that stands apart from a given name of two characters is its beginning."""
    m = _LONE.search(ctx.text, max(0, start - 3), start) if end - start == _GIVEN_NAME else None
    return m.start("one") if m and m["one"] in ctx.lexicon.tables["people"]["surnames"] else start


def _addresses(ctx: Context, start: int, end: int) -> Iterator[Placed]:
    for m in _ADDRESS.finditer(ctx.text, start, end):
        value = ctx.words(*m.span("value"))
        src = ctx.src(*m.span("value"))
        yield m.start(), Contact(kind="address", value=value, label=m["label"], src=src, rule="contact.address")
