"""The year of a paper, for days written without one: told by its signature, print line, number, title, the day a web page
says it was put up, or the one year all its own dates agree on. When they disagree, nobody knows it and it stays unknown."""

import re
from datetime import date

from jinguo.gongwen.han import number_of
from jinguo.gongwen.reading.view import View

_YEAR = re.compile(r"(?<![\d—~～-])(?:19|20)\d{2}(?![\d—~～-])")
_LINE_DATE = r"(?P<y>20\d{2}|19\d{2})[ ]?[-./年][ ]?(?P<m>\d{1,2})[ ]?[-./月][ ]?(?P<d>\d{1,2})(?!\d)"
_PUBLISHED = re.compile(rf"(?:发布|发表|更新|添加|成文|发文|上传)?(?:时间|日期)[：:\]】 ]{{1,3}}{_LINE_DATE}")
_ALONE = re.compile(rf"(?<![^\n]){_LINE_DATE}[日 ]?(?=\n|$)")
_MONTH_LINE = re.compile(r"(?<![^\n])(?P<y>20\d{2})[ ]?年[ ]?\d{1,2}[ ]?月[ ]?(?:\d{1,2}[ ]?日)?(?=\n|$)")
_DATED = re.compile(
    r"(?<!\d)(?P<y>20\d{2})[ ]?(?:年[ ]?\d{1,2}[ ]?月|年“?三[·.]?八|年是|年度?[^\d\n，。]{0,12}之年|[-./]\d{1,2}[-./]\d{1,2}(?!\d))"
)
_ROUND = re.compile("[OＯ○0]")  # how 〇 is often typed
_HAN_DATED = re.compile("(?P<y>[一二][〇零○O0九][〇零○O0-9一二三四五六七八九]{2})年[ ]?[一二三四五六七八九十]{1,2}月")
_PAGE_HEAD = 1200  # characters of the raw text in which a web page says when it was put up …
_PAGE_FOOT = 200  # … or at its end


def year_in_head(view: View) -> int | None:
    """The year in the document number or the title."""
    for paragraph in view.in_zone("number") + view.in_zone("title"):
        m = _YEAR.search(view.text, paragraph.start, paragraph.end)
        if m:
            return int(m[0])
    return None


def signed_month(view: View) -> int | None:
    """The year of a line 2024年8月 that closes a paper without a day."""
    lines = list(_MONTH_LINE.finditer(view.text))
    return int(lines[-1]["y"]) if lines else None


def published(view: View) -> date | None:
    """发布时间：2019-01-04 above or under the text, or a date alone on a line (2019.1.3 under the signature)."""
    found = _PUBLISHED.search(view.raw, 0, _PAGE_HEAD) or _PUBLISHED.search(
        view.raw, max(0, len(view.raw) - _PAGE_FOOT)
    )
    if found is None and (body := view.in_zone("body")):
        found = next(reversed(list(_ALONE.finditer(view.text, body[0].start))), None)
    return _day(found) if found else None


def agreed_year(view: View) -> int | None:
    """The one year that every date written out in the text has; None when there are several."""
    years = {
        int(m["y"]) for p in view.in_zone("title", "body", "after") for m in _DATED.finditer(view.text, p.start, p.end)
    }
    for p in view.in_zone("title", "body", "after"):
        told = (number_of(_ROUND.sub("〇", m["y"])) for m in _HAN_DATED.finditer(view.text, p.start, p.end))
        years |= {year for year in told if year}
    return years.pop() if len(years) == 1 else None


def _day(m: re.Match[str]) -> date | None:
    try:
        return date(int(m["y"]), int(m["m"]), int(m["d"]))
    except ValueError:
        return None
