"""Numbers and names that have no place in a report: ID cards, bank cards, telephones; victims, patients, children, those
who are helped. Found with their spans; a person looks before anything is made of the mail, and copies are masked.
"""

import re
from dataclasses import dataclass

_GAP = r"[ \u3000·-]?"  # people part long numbers to read them
_ID = re.compile(
    rf"(?<![\dA-Za-z])([1-9](?:{_GAP}\d){{5}}{_GAP}(?:1{_GAP}9|2{_GAP}0)(?:{_GAP}\d){{9}}{_GAP}[\dXx])(?![\dA-Za-z])"
)
_CARD = re.compile(rf"(?<![\d-])(\d(?:{_GAP}\d){{15,18}})(?![\d-])")
# Called by its name, a number is one also where its last sign does not fit: a slip of the pen is no leave to pass it on.
_CALLED = re.compile(
    r"身份证(?:号码?)?[为是:：\s]{0,3}(?P<id>[1-9]\d{13,16}[\dXx])(?![\dA-Za-z])|(?:卡号|[账帐]号)[为是:：\s]{0,3}(?P<card>\d{12,19})(?!\d)"
)
_MOBILE = re.compile(rf"(?<!\d)(1[3-9]\d){_GAP}(\d{{4}}){_GAP}(\d{{4}})(?!\d)")
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {ord("×"): ord("X")}  # one sign for one: spans hold
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆"
    "郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_WHO = (
    "受害人|受害者|被害人|受害妇女|受害儿童|被害妇女|患者|病人|病患|患儿|孤儿|留守儿童|困境儿童|困境女童|事实无人抚养儿童|未成年人|女童|儿童|"
    "受助人|受助者|受助对象|受助学生|受助妇女|救助对象|帮扶对象|困难妇女|困难母亲|贫困母亲|单亲母亲|低保户|两癌妇女|“两癌”患病妇女|患病妇女|当事人|来访人|求助人"
)
_PERSON = re.compile(
    rf"(?:{_WHO})(?:名单|姓名|名字)?[：:\s]{{0,2}}(?P<name>[{_SURNAMES}](?:某某|某|[\u4e00-\u9fff]{{1,2}}?))"
    r"(?=[，,。；;、（(：:\s\d]|等|同志|女士|家|的|患|因|送|发|今|遭|被|受|是|现年|和|与|$)",
    re.MULTILINE,
)
_NAMED = re.compile(rf"[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}")
_HEAD = re.compile(r"姓名|名字")
_ABOVE = 200  # signs above the head of a column in which a list says whom it names
_NOT_NAMES = re.compile(
    r"[某]|家庭|家属|文化|方面|方式|方法|高度|高血|常见|常规|白血|康复|任何|金额|金秋|万元|易感|石桥|田间|许多|何时|江湖|马上|周边|周围|汤圆|关爱|龙城"
)


@dataclass(frozen=True)
class Private:
    """One find. `what`: `id`, `card`, `mobile` or `name`."""

    what: str
    start: int
    end: int


def find_private(text: str) -> list[Private]:
    """Everything private in a text, in order."""
    narrow = text.translate(_NARROW)
    found = [Private("id", *match.span(1)) for match in _ID.finditer(narrow) if _is_id(match.group(1))]
    taken = [(one.start, one.end) for one in found]
    for match in _CARD.finditer(narrow):
        if not any(a <= match.start() < b for a, b in taken) and _is_card(re.sub(r"\D", "", match.group(1))):
            found.append(Private("card", *match.span(1)))
    for match in _CALLED.finditer(narrow):
        what = "id" if match["id"] else "card"
        if not any(one.start < match.end(what) and match.start(what) < one.end for one in found):
            found.append(Private(what, *match.span(what)))
    found += [Private("mobile", *match.span()) for match in _MOBILE.finditer(narrow)]
    names = [match.span("name") for match in _PERSON.finditer(text) if not _NOT_NAMES.search(match.group("name"))]
    found += [Private("name", *span) for span in sorted({*names, *_in_lists(text)})]
    return sorted(found, key=lambda one: one.start)


def _in_lists(text: str) -> list[tuple[int, int]]:
    """Names in the column 姓名 of a table of those who are helped; a list of speakers or staff is none."""
    found, column, lines = list[tuple[int, int]](), -1, text.splitlines(keepends=True)
    at = 0
    for line in lines:
        cells = line.rstrip("\r\n").split("\t")
        head = next((place for place, cell in enumerate(cells) if len(cell) < 12 and _HEAD.search(cell)), -1)
        if head >= 0:
            said = text[max(0, at - _ABOVE) : at] + line
            column = head if re.search(_WHO, said) else -1
        elif 0 <= column < len(cells):
            start = at + sum(len(cell) + 1 for cell in cells[:column])
            name = cells[column].strip()
            start += len(cells[column]) - len(cells[column].lstrip())
            if _NAMED.fullmatch(name) and not _NOT_NAMES.search(name):
                found.append((start, start + len(name)))
        at += len(line)
    return found


def holds(found: list[Private]) -> bool:
    """Whether a person must look first. A telephone number of whoever reports is common and only masked."""
    return any(one.what != "mobile" for one in found)


def masked(text: str) -> str:
    """The text with every private stretch covered, at the same length."""
    signs = list(text)
    for one in find_private(text):
        keep = {"id": 0, "card": 0, "mobile": 3, "name": 1}[one.what]
        for at in range(one.start + keep, one.end):
            signs[at] = "某" if one.what == "name" else "*"
    return "".join(signs)


def _is_id(number: str) -> bool:
    """GB 11643-1999: a day of birth, and the last sign checks the others."""
    number = re.sub(r"[^\dXx]", "", number)
    if not re.fullmatch(r".{6}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]).{4}", number):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == number[17].upper()


def _is_card(digits: str) -> bool:
    """Luhn's check, and one of the beginnings Chinese banks use."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0 and digits[0] in "456893" and len(set(digits)) > 2
