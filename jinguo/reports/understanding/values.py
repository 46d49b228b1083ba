"""Values as they are read from words: what was found where, numbers as people write them, names of activities."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from jinguo.reports.understanding.own import bare_subject

TITLE, PLACE, HOSTS, SHORT, LONG = 100, 100, 200, 300, 1200  # characters the columns of a return hold
# One whole number: neither a piece of a longer one nor an end of 80至100, which is no number at all.
NUM = (
    r"(?<![\d.．])(?<![\d人名][至到—~～－-])(?:\d[\d,，]{0,9}(?:[.．]\d{1,3})?\s?万?|[一二三四五六七八九十百千万两]{1,8})"
    r"(?![\d.．万亿]|[,，]\d)(?!(?:人|名|人次)?[至到—~～－-]\d)"
)
_GENERIC = re.compile(
    r"^(?:(?:报送)?(?:活动)?(?:信息|总结|材料|情况|汇总|简报|稿件|通讯|报道|照片|图片|附件|文档|新建.{0,14}|报送|上报|更正|更正说明|无主题)|no subject|test|\d*)$",
    re.IGNORECASE,
)
_TITLE_TAIL = re.compile(
    r"(?:的)?(?:信息稿?|报道|简报|新闻稿|情况报告|活动信息|情况汇报)$|[（(](?:更正|修改|最终|定|再发|重发|补发)[^）)]*[）)]$"
)


@dataclass(frozen=True)
class Found:
    """One value. `part`, `start`, `end`: where it stands; `quote`: that stretch; `about`: the text says 约."""

    value: Any
    part: int
    start: int
    end: int
    quote: str
    about: bool = False

    def to_json(self) -> dict[str, Any]:
        value = self.value.isoformat() if isinstance(self.value, date) else self.value
        return {
            "value": value,
            "part": self.part,
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            "about": self.about,
        }


def amount(word: str) -> int | None:
    """80, 1,200, 1.2万, 八十, 一百二十, 两万 as a number; None for what is none."""
    digits = re.sub(r"[,，\s]", "", unicodedata.normalize("NFKC", word))
    written = re.fullmatch(r"(\d{1,8})(\.\d{1,3})?(万)?", digits)
    if written:
        value = Decimal(written[1] + (written[2] or "")) * (10_000 if written[3] else 1)
        return int(value) if value == int(value) else None
    if digits[:1].isdigit():
        return None
    whole, wan, rest = word.partition("万")
    if wan:
        return (_hundreds(whole) or 1) * 10_000 + _hundreds(rest)
    return _hundreds(word)


def _hundreds(word: str) -> int:
    total, current = 0, 0
    for sign in word:
        if sign in "十百千":
            total += (current or 1) * {"十": 10, "百": 100, "千": 1000}[sign]
            current = 0
        else:
            current = "零一二三四五六七八九".find(sign) if sign != "两" else 2
    return total + max(current, 0)


def clean_title(text: str, names: "frozenset[str] | set[str]") -> str:
    """A title without 关于, the unit's own name and 的信息; "" when nothing telling is left."""
    title = re.sub(r"^[（(](.*)[）)]$", r"\1", bare_subject(text).strip("《》【】 　：:-—_"))
    title = re.sub(
        r"^(?:主题[:：]|关于|报送[:：]?|上报|呈报|(?:[再重补]新?发(?:一[次遍])?)[:：]|更正[:：]?|勘误[:：]?|（?更正）?|活动信息[:：]|信息[:：]|总结[:：])+\s*",
        "",
        title,
    )
    if title in names:
        return ""
    if any(title in name for name in names):
        return ""
    called = {*names, *(name[1:] for name in names if name[0] in "省市县区" and len(name) > 4)}
    for name in sorted(called, key=len, reverse=True):
        if title.startswith(name) and len(title) - len(name) >= 4:
            title = title[len(name) :].lstrip("　 ：:-—_，,")
            break
    title = re.sub(r"^关于", "", title)
    title = re.sub(r"^(?:成功|顺利|隆重|积极)?(?:开展|举办|举行|召开|组织)(?:了)?(?=.{4})", "", title)
    title = _TITLE_TAIL.sub("", title).strip(" 　“”" if title.count("“") != 1 else " 　")
    if len(title) < 4 or len(title) > TITLE or _GENERIC.match(title) or title.endswith(("。", "：", ":", "的通知")):
        return ""
    return title
