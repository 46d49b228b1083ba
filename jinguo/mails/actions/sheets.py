"""A return's sheet from what was understood of a mail: masked copies, each field with its source span."""

import re
from dataclasses import replace
from typing import Any

from jinguo.mails.actions.deciding import Decision
from jinguo.mails.actions.several import Telling
from jinguo.mails.models import Kind, Mail
from jinguo.mails.understanding.fields import HOSTS, LONG, PLACE, SHORT, TITLE, Found
from jinguo.mails.understanding.private import masked
from jinguo.mails.understanding.several import stretch
from jinguo.mails.understanding.texts import Texts
from jinguo.reports.sheet import NAMES, SIGNERS, Sheet, sheet_from_version

_TEXTS = {"title": TITLE, "place": PLACE, "cohosts": HOSTS}
_ABOUT = {"on_site": "on_site_about", "women": "women_about", "online": "online_about", "benefited": "benefited_about"}
QUOTE = 120  # characters
_GREETING = re.compile(r"^(?:尊敬的|各位|市妇联|您好|你好|领导|现将|附件|请查收|[\u4e00-\u9fff]{2,12}[：:]$)")


def source_of(mail: Mail, found: Found) -> dict[str, str]:
    """Where a value was read: the mail, the text in it, the stretch, and its words with personal numbers masked."""
    where = f"mail:{mail.code}.{found.part}[{found.start}:{found.end}]"
    return {"from": where, "quote": masked(found.quote.strip())[:QUOTE]}


def of_telling(decision: Decision, telling: Telling | None) -> Decision:
    """The decision as if the mail told of this activity alone."""
    if telling is None:
        return decision
    return replace(decision, fields=telling.told.fields, texts=telling.told.texts, clause=telling.clause)


def sheet_of(mail: Mail, decision: Decision) -> Sheet:
    """The sheet of a report. What the mail does not say stays empty."""
    sheet = Sheet({})
    _put_fields(sheet, mail, decision.fields)
    texts: Any = decision.texts
    _put_text(sheet, mail, texts)
    if decision.kind in (Kind.SUMMARY, Kind.TABLE):
        for name in ("on_site", "women", "online"):  # a summary's numbers are not one activity's
            sheet.values.pop(name, None)
            sheet.sources.pop(name, None)
        if not (sheet.values.get("summary") or sheet.values.get("body")):
            names = "、".join(part.name for part in texts.tables)
            sheet.values["summary"] = names[:SHORT] or texts.subject[:SHORT]
            sheet.sources["summary"] = {"from": f"mail:{mail.code}.0[0:0]"}
    if decision.clause is not None:
        sheet.clauses = [decision.clause]
        sheet.sources["clauses"] = {"from": f"mail:{mail.code}.0[0:0]"}
    return sheet


def corrected_sheet(mail: Mail, decision: Decision) -> Sheet:
    """The newest version of the return with what the mail says instead; what it does not speak of stays."""
    given: Any = decision.given
    sheet = sheet_from_version(given.current)
    found = dict(decision.fields)
    texts: Any = decision.texts
    if texts.main.part <= 0:  # a note, not a new paper: its heading is no new name, its words no new text
        for name in ("title", "kind", "results"):
            found.pop(name, None)
        found |= _put_right(texts)
    _put_fields(sheet, mail, found)
    if texts.main.part > 0:
        _put_text(sheet, mail, texts)
    sheet.doubts = []
    return sheet


_RIGHT = re.compile(
    r"(?P<what>参加|现场|人数|人次|受益|惠及|服务|女|线上|观看|实事|地点|时间|日期)?[^。；;\n]{0,24}?(?:应为|应该是|应该为|改为|修改为|更改为|更正为|实际(?:为|是))\s*"
    r"(?P<about>约|近)?(?P<n>\d[\d,，]{0,8})\s*(?P<more>余|多)?\s*(?P<u>人次|人|名|次|件)"
)


def _put_right(texts: Texts) -> dict[str, Found]:
    """`参加人数应为 80 人`: the number that is right, never the one it replaces."""
    found: dict[str, Found] = {}
    for match in _RIGHT.finditer(texts.own):
        what = match["what"] or ""
        name = (
            "online"
            if what in ("线上", "观看")
            else "deeds"
            if match["u"] == "件"
            else "women"
            if what == "女"
            else "on_site"
        )
        name = "benefited" if what in ("受益", "惠及", "服务") else name
        value = int(re.sub(r"[,，]", "", match["n"]))
        about = bool(match["about"] or match["more"])
        found[name] = Found(value, 0, *match.span(), match.group(), about)
    return found


def _put_fields(sheet: Sheet, mail: Mail, fields: dict[str, Found]) -> None:
    for name, found in fields.items():
        if name not in NAMES and name not in SIGNERS:
            continue
        value = masked(found.value)[: _TEXTS[name]] if name in _TEXTS else found.value
        sheet.values[name] = value
        if name in _ABOUT:
            sheet.values[_ABOUT[name]] = found.about
        if name in NAMES:
            sheet.sources[name] = source_of(mail, found)


def _put_text(sheet: Sheet, mail: Mail, texts: Texts) -> None:
    """The report's own words: a short text is the 简介, a longer one the 正文 with its first telling paragraph above."""
    lines = [line.strip() for line in texts.main.text.splitlines() if line.strip()]
    while lines and (_GREETING.match(lines[0]) or lines[0] == sheet.values.get("title")):
        lines.pop(0)
    text = masked("\n".join(lines))
    if not text:
        return
    start, end = stretch(texts.main.text)
    source = {"from": f"mail:{mail.code}.{texts.main.part}[{start}:{end}]"}
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
