"""How papers say days, lists and other people's words (GB/T 15834, 15835)."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
QUOTED = 120  # characters of an example, cut at the end of a sentence
_ONES = "一二三四五六七八九"
_ENDS = "。！？!?；;"


def moment_text(iso: str) -> str:
    """2024年3月20日10时05分; whole hours without minutes."""
    at = datetime.fromisoformat(iso).astimezone(SHANGHAI)
    minutes = f"{at.minute:02d}分" if at.minute else ""
    return f"{at.year}年{at.month}月{at.day}日{at.hour}时{minutes}"


def month_day(iso: str) -> str:
    """3月20日: a day after the lead has said the year and the hour."""
    at = datetime.fromisoformat(iso).astimezone(SHANGHAI)
    return f"{at.month}月{at.day}日"


def day_text(iso: str) -> str:
    """2024年3月8日"""
    day = date.fromisoformat(iso)
    return f"{day.year}年{day.month}月{day.day}日"


def days_text(first: str, last: str) -> str:
    """2024年3月8日, or 2024年3月8日至3月10日."""
    if first == last:
        return day_text(first)
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    year = f"{end.year}年" if end.year != start.year else ""
    return f"{day_text(first)}至{year}{end.month}月{end.day}日"


def some(names: Sequence[str], most: int) -> str:
    """甲、乙、丙; past `most` the first ones and 等."""
    listed = "、".join(names[:most])
    return f"{listed}等" if len(names) > most else listed


def beginning(text: str) -> str:
    """Whole sentences from the start, up to `QUOTED` characters; a first sentence longer than that is cut and says so."""
    flat = " ".join(text.split())
    if len(flat) <= QUOTED:
        return flat
    ends = [found.end() for found in re.finditer(f"[{_ENDS}]", flat[:QUOTED])]
    return flat[: ends[-1]] if ends else flat[: QUOTED - 2] + "……"


def ended(text: str) -> str:
    """The words with a full stop, unless they end in a mark of their own."""
    return text if text and (text[-1] in _ENDS or text.endswith("……")) else f"{text}。"


def title_of(campaign_title: str, office: str) -> str:
    """泉妇联关于…活动开展情况的汇总, from the notice's title."""
    core = campaign_title.strip()
    core = core[core.rfind("关于") + 2 :] if "关于" in core else core
    core = re.sub(r"的通知$", "", core)
    core = re.sub(r"^(组织)?(开展|举办|做好)", "", core)
    return f"{office}关于{core}开展情况的汇总"


def sentences_text(numbers: Sequence[int]) -> str:
    """Where in a summary something stands: 汇总第3、5句; many are only begun."""
    listed = "、".join(str(number) for number in numbers[:8])
    return f"汇总第{listed}{'等' if len(numbers) > 8 else ''}句"


def chinese(number: int) -> str:
    """1 to 99 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{_ONES[tens - 1]}十")
    return head + (_ONES[ones - 1] if ones else "")
