"""Laying what was read of a text into a sheet: masked copies, each field with the stretch it stands in."""

import re

from jinguo.reports.sheet import NAMES, SIGNERS, Sheet
from jinguo.reports.understanding.private import masked
from jinguo.reports.understanding.several import stretch
from jinguo.reports.understanding.texts import Texts
from jinguo.reports.understanding.values import HOSTS, LONG, PLACE, SHORT, TITLE, Found

_TEXTS = {"title": TITLE, "place": PLACE, "cohosts": HOSTS}
_ABOUT = {"on_site": "on_site_about", "women": "women_about", "online": "online_about", "benefited": "benefited_about"}
_SIGNERS = re.compile(r"(?:报送人|联系人|联系电话|电话|手机|供稿人?|撰稿人?|通讯员|信息员|审签人|审核)\s*[:：].{0,40}$")
QUOTE = 120  # characters
_CELLS = re.compile(r"\t.*\t|\S[ 　]{2,}\S.*[ 　]{2,}\S")
_SIGNED_OFF = re.compile(  # the unit and the day below a report
    r"^(?:[\u4e00-\u9fff]{2,24}(?:妇联|妇女联合会|妇委会|妇女委员会|女工委|女职工委员会|妇女之家)|(?:\d{4}\s*[年./-]\s*)?\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?)$"
)
_GREETING = re.compile(r"^(?:尊敬的|各位|市妇联|您好|你好|领导|现将|附件|请查收|[\u4e00-\u9fff]{2,12}[：:]$)")


def source_of(where: str, found: Found) -> dict[str, str]:
    """Where a value was read: `mail:<code>` or `pasted`, the text in it, the stretch, and its words with personal numbers
    masked."""
    return {
        "from": f"{where}.{found.part}[{found.start}:{found.end}]", "quote": masked(found.quote.strip())[:QUOTE],
    }  # fmt: skip


def put_fields(sheet: Sheet, where: str, fields: dict[str, Found]) -> None:
    """Lay what was read into a sheet, over what is there."""
    for name, found in fields.items():
        if name not in NAMES and name not in SIGNERS:
            continue
        value = masked(found.value)[: _TEXTS[name]] if name in _TEXTS else found.value
        sheet.values[name] = value
        if name in _ABOUT:
            sheet.values[_ABOUT[name]] = found.about
        if name in NAMES:
            sheet.sources[name] = source_of(where, found)


def put_text(sheet: Sheet, where: str, texts: Texts) -> None:
    """The report's own words: a short text is the 简介, a longer one the 正文 with its first telling paragraph above."""
    lines = [line.strip() for line in texts.main.text.splitlines() if line.strip()]
    lines = [line for line in lines if not _SIGNERS.match(line)]  # said in fields of their own
    if lines and all(_CELLS.search(line) and not line.endswith("。") for line in lines):
        return  # rows of a table: what they say stands in the fields, and they are no text
    quoted = sheet.sources.get("title", {}).get("quote", "")
    while len(lines) > 1 and _SIGNED_OFF.match(lines[-1]):
        lines.pop()
    while lines and (_GREETING.match(lines[0]) or lines[0] == sheet.values.get("title") or lines[0] == quoted.strip()):
        lines.pop(0)
    text = masked("\n".join(lines))
    if not text:
        return
    start, end = stretch(texts.main.text)
    source = {"from": f"{where}.{texts.main.part}[{start}:{end}]"}
    telling = next((line for line in lines if len(line) >= 30), lines[0])
    if len(text) <= SHORT:
        sheet.values["summary"], sheet.values["body"] = text, ""
        sheet.sources["summary"] = source
        return
    sheet.values["summary"] = _whole_sentences(masked(telling), SHORT)
    sheet.values["body"] = _whole_sentences(text, LONG)
    sheet.sources["summary"] = sheet.sources["body"] = source


def _whole_sentences(text: str, most: int) -> str:
    """As many whole sentences as fit."""
    if len(text) <= most:
        return text
    end = max(text.rfind(sign, 0, most) for sign in "。！；\n")
    return text[: end + 1] if end > most // 3 else text[:most]
