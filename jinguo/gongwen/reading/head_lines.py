"""Single lines of the head and the foot of a paper: the document number, the mark, urgency, the date; each told by its form."""

import re

from jinguo.gongwen.han import HAN_NUMBER
from jinguo.gongwen.reading.view import HAN, Line
from jinguo.gongwen.refusals import Unreadable

DATE_LINE = re.compile(
    rf"(?:\d{{4}}|[〇零○O0一二三四五六七八九]{{4}})[ \u3000]*年[ \u3000]*(?:\d{{1,2}}|{HAN_NUMBER}{{1,3}})[ \u3000]*月[ \u3000]*(?:\d{{1,2}}|{HAN_NUMBER}{{1,3}})[ \u3000]*日"
)
DOC_NUMBER = re.compile(
    rf"(?P<code>{HAN}{{1,12}}?)\s*(?P<o>[〔﹝\[［【（(])\s*(?P<y>(?:19|20)?\d{{2}})\s*(?P<c>[〕﹞\]］】）)])\s*"
    r"(?P<di>第)?\s*(?P<n>\d{1,4})\s*号"
)

_COPY_NUMBER = re.compile(r"\d{6}")
_SECRECY = re.compile(r"(?:绝密|机密|秘密)\s*(?:★.{0,12})?")
_URGENCY = re.compile(r"特急|加急|特提|平急|急件")
_SIGNER = re.compile(r"签发人[：:]")
_MARK = re.compile(r".{2,40}文件")


def head_kind(text: str) -> str:
    """What a line above the title is: number, mark, urgency, secrecy, signer, copy_number or other."""
    if _SECRECY.fullmatch(text):
        return "secrecy"
    if _URGENCY.fullmatch(text):
        return "urgency"
    if _COPY_NUMBER.fullmatch(text):
        return "copy_number"
    if len(text) <= 60 and "《" not in text and DOC_NUMBER.search(text):
        return "number"
    if _SIGNER.match(text):
        return "signer"
    return "mark" if _MARK.fullmatch(text) else "other"


def refuse_classified(line: Line) -> str:
    """The kind of a head line. Raises Unreadable for a paper marked as classified."""
    kind = head_kind(line.text)
    if kind == "secrecy":
        raise Unreadable("classified")
    return kind
