"""The tail of the paper: 附件 list, signature and 成文日期, 版记. A print date is never taken for the date of the paper."""

import re
from datetime import date
from itertools import zip_longest

from jinguo.gongwen.han import number_of
from jinguo.gongwen.parts import Attachment, Imprint, Signature
from jinguo.gongwen.reading.context import Context
from jinguo.gongwen.reading.dates import line_date
from jinguo.gongwen.reading.head_lines import DATE_LINE
from jinguo.gongwen.reading.view import View
from jinguo.gongwen.remarks import Deviation

_LABEL = re.compile(
    r"附[ \u3000]?[件表][ \u3000]*(?P<n>\d{1,2}|[一二三四五六七八九十])?[ \u3000]*[：:][ \u3000]*|附[：:][ \u3000]*"
)
_ROUND = re.compile("[OＯ○]")  # how 〇 is often typed
_DOTTED = re.compile(r"(?m)^((?:19|20)\d{2})[.\-/](\d{1,2})[.\-/](\d{1,2})[ \u3000|。]*$")
_FILE_ENDING = re.compile(r"\.(?:docx?|xlsx?|pdf|rar|zip|wps|et|pptx?)$", re.IGNORECASE)
_BETWEEN = "；;，,、 \u3000"
_NO_NAME = re.compile(r"\d|[（(].*[）)]$|.{2,6}年.{1,3}月.{1,4}日$")  # a damaged date; （代章）
_FETCH = re.compile("(?:请|点击|点此|在此)*下载")  # a link to the files, not one more file
_ITEM = re.compile(r"(?P<n>\d{1,2})[ \u3000]*[.．、][ \u3000]*")


def read_signature(view: View) -> Signature:
    """署名 and 成文日期; whichever is missing stays null."""
    paragraphs = view.in_zone("sign")
    if not paragraphs:
        return Signature(rule="sign.none")
    start, end = paragraphs[0].start, paragraphs[-1].end
    m = DATE_LINE.search(view.text, start, end)
    names_end = m.start() if m else end
    lines = [
        line.strip(" \u3000，,、；;.|")
        for line in (view.plain[start:names_end] + view.plain[m.end() if m else end : end]).splitlines()
    ]
    names = [line for line in lines if line and not _NO_NAME.match(line)]
    day = line_date(_ROUND.sub("〇", m[0])) if m else _dotted_day(view.text[start:end])
    org = " ".join(re.sub("[ \u3000]+", " ", name) for name in names)
    return Signature(
        org=org or None, date=day.isoformat() if day else None, src=view.src(start, end),
        rule="sign.lines" if day else "sign.organ_only", conf="high" if org and day else "mid",
    )  # fmt: skip


def _dotted_day(text: str) -> date | None:
    """2024.3.5 alone on its line; whatever is not a day of the calendar stays unread."""
    m = _DOTTED.search(text)
    try:
        return date(int(m[1]), int(m[2]), int(m[3])) if m else None
    except ValueError:
        return None


def date_deviations(ctx: Context) -> list[Deviation]:
    """成文日期 in Han numerals or padded (GB/T 9704 7.3.5.4)."""
    found = []
    for paragraph in ctx.view.in_zone("sign", "imprint"):
        m = DATE_LINE.search(ctx.text, paragraph.start, paragraph.end)
        if m and (not m[0][:4].isdigit() or re.search(r"[年月]0\d", m[0])):
            src = ctx.src(m.start(), m.end())
            message = "日期用阿拉伯数字，月、日不编虚位"
            found.append(Deviation(text=m[0], code="date.form", message=message, src=src, rule="gbt9704.7.3.5.4"))
    return found


def read_imprint(view: View) -> Imprint:
    """印发机关, 印发日期 and 抄送."""
    paragraphs = view.in_zone("imprint")
    if not paragraphs:
        return Imprint(rule="imprint.none")
    org: str | None = None
    day: str | None = None
    copies: list[str] = []
    for paragraph, below in zip_longest(paragraphs, paragraphs[1:]):
        text = view.text[paragraph.start : paragraph.end]
        above_date = below is not None and DATE_LINE.match(view.text, below.start, below.end)
        printed = DATE_LINE.search(text)
        if printed and text.endswith("印发"):
            found = line_date(printed[0])
            day = found.isoformat() if found else None
            org = text[: printed.start()].strip(" \t\u3000") or org
        elif re.match("抄送|抄报", text):
            listed = re.sub("^抄[送报][^：:，,；;]{0,6}[：:]|^抄[送报]", "", text)  # the colon may be lost
            copies += [c.strip(" \u3000。") for c in re.split("[，,；;]", listed)]
        elif not re.match("主送|印发|[（(]?共印", text) and (above_date or not copies):
            org = text.strip(" \t\u3000")
    return Imprint(
        org=org, date=day, copies=tuple(c for c in copies if c), src=view.src(paragraphs[0].start, paragraphs[-1].end),
        rule="imprint.printed",
    )  # fmt: skip


def read_attachments(ctx: Context) -> tuple[Attachment, ...]:
    """The names after 附件：, without their numbers and the marks between them."""
    found: list[Attachment] = []
    for paragraph in ctx.view.in_zone("attachments"):
        at, number = paragraph.start, None
        label = _LABEL.match(ctx.text, at, paragraph.end)
        if label:
            at, number = label.end(), number_of(label["n"] or "")
        item = _ITEM.match(ctx.text, at, paragraph.end)
        if item:
            at, number = item.end(), int(item["n"])
        if at < paragraph.end and not _FETCH.match(ctx.text, at, paragraph.end):
            name = _FILE_ENDING.sub("", ctx.words(at, paragraph.end).rstrip(_BETWEEN))
            found.append(Attachment(text=name, number=number, src=ctx.src(at, paragraph.end), rule="attachment.line"))
    return tuple(found)
