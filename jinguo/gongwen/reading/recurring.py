"""Due times that are not a day: counted from something else (活动结束后5个工作日内), and repeating ones (每月25日前)."""

import re
from collections.abc import Iterator
from typing import Literal

from jinguo.gongwen.han import number_of
from jinguo.gongwen.parts import Anchor, Deadline, Quota, Recurrence
from jinguo.gongwen.reading.context import Context
from jinguo.gongwen.reading.dates import resolve_year
from jinguo.gongwen.reading.quantities import placed_quantities

Every = Literal["day", "week", "month", "quarter", "year"]
Unit = Literal["day", "workday", "month", "week", "hour"]

_RELATIVE = re.compile(
    r"""(?P<what>(?P<notice>收到本?通知|本?通知(?:下发|印发)|收文)
              | (?P<each>每次(?:活动)?(?:结束)?|每项活动(?:结束)?)
              | (?:各项|单项|本次|各场)?(?:活动|会议|培训|比赛|评选|工作)(?:结束|完成|开展|举办)?
              | 结束|公示(?:期满|结束))
        (?:之日起|之日后|以后|之后|后的?|起)的?
        (?P<n>\d{1,3}|[一二两三四五六七八九十]{1,2})个?
        (?P<unit>工作日|自然日|日|天|周|月|小时)(?:之内|以内|内)""",
    re.VERBOSE,
)
_UNITS: dict[str, Unit] = {"工作日": "workday", "周": "week", "月": "month", "小时": "hour"}

_RECURRING = re.compile(
    r"""(?P<said>(?P<every>每个?(?:月|季度|季|周|年)|逐月|按月|按季度?)
                 (?P<lastmonth>末月|最后一个月的?)?
                 (?:(?:(?P<month>\d{1,2})月)?(?:(?P<d>\d{1,2})[日号])|(?P<month2>\d{1,2})月[底末]|(?P<weekday>[一二三四五六日])|(?P<end>末|底|最后一个?(?:工作)?日))?
                 (?P<edge>(?:下班|上午|下午)?之?前)?)
        (?(edge)|(?=报送|上报|报))""",
    re.VERBOSE,
)
_EVERY: dict[str, Every] = {"月": "month", "季": "quarter", "周": "week", "年": "year"}
_FROM = re.compile(r"[自从](?:(?P<y>\d{4})年)?(?P<m>\d{1,2})月份?(?:\d{1,2}日)?起")
_WHOLE_YEAR = re.compile("全年|每年|年内|本年度")

_WITHIN = re.compile(
    r"(?<![近前满后来起的过约达时])(?P<from>自[^，。；]{2,10}之日起)?[在于]?(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,2})个?"
    r"(?P<unit>工作日|自然日|日|小时)(?:之内|以内|内)(?!的)"
)

Placed = tuple[int, Deadline]  # where the words begin in the view


def relative(ctx: Context, start: int, end: int) -> Iterator[Placed]:
    """Anchor, number and kind of days; no date until the anchor has one."""
    for m in _RELATIVE.finditer(ctx.text, start, end):
        src = ctx.src(*m.span())
        after: Literal["notice_received", "event_end", "each_time"] = "event_end"
        if m["notice"] or m["each"]:
            after = "notice_received" if m["notice"] else "each_time"
        unit = _UNITS.get(m["unit"], "day")
        anchor = Anchor(after=after, n=number_of(m["n"]) or 0, unit=unit, src=src, rule="deadline.relative")
        yield m.start(), Deadline(id="", text=m[0], edge="before", anchor=anchor, src=src, rule="deadline.relative")
    taken = [m.span() for m in _RELATIVE.finditer(ctx.text, start, end)]
    for m in _WITHIN.finditer(ctx.text, start, end):  # counted from something only a person can tell
        if any(a < m.end() and m.start() < b for a, b in taken):
            continue
        src = ctx.src(*m.span())
        anchor = Anchor(
            after="other", n=number_of(m["n"]) or 0, unit=_UNITS.get(m["unit"], "day"), src=src, rule="deadline.within"
        )
        yield (
            m.start(),
            Deadline(id="", text=m[0], edge="before", anchor=anchor, src=src, rule="deadline.within", conf="mid"),
        )


def recurring(ctx: Context, start: int, end: int) -> Iterator[Placed]:
    """每月25日前, with the month it starts in, the due times left in that year and the amounts asked up to the next one."""
    first = _FROM.search(ctx.text, start, end)
    found = list(_RECURRING.finditer(ctx.text, start, end))
    bounds = [*(m.start() for m in found), end]
    for m, until in zip(found, bounds[1:], strict=True):
        every = next(value for key, value in _EVERY.items() if key in m["every"])
        day = int(m["d"]) if m["d"] else -1 if m["end"] else None
        if m["weekday"] and every == "week":
            day = "一二三四五六日".index(m["weekday"]) + 1
        recurrence = _recurrence(ctx, every, day, first, (m.start(), until))
        src = ctx.src(*m.span("said"))
        yield m.start(), Deadline(
            id="", text=ctx.words(*m.span("said")), edge="before" if day else None, recurrence=recurrence, src=src,
            rule="deadline.recurring",
        )  # fmt: skip


def _recurrence(
    ctx: Context, every: Every, day: int | None, first: re.Match[str] | None, words: tuple[int, int]
) -> Recurrence:
    quotas = tuple(_quotas(ctx, every, *words))
    month = int(first["m"]) if first and 1 <= int(first["m"]) <= 12 else None
    year = resolve_year(ctx, first["y"], None)[0] if first else None
    slots = 13 - month if month and every == "month" else None
    return Recurrence(
        every=every, day=day, start=f"{year}-{month:02}" if year and month else None, slots=slots, quotas=quotas,
        feasible=_feasible(slots, quotas), src=ctx.src(first.start() if first else words[0], words[1]),
        rule="deadline.recurring", inferred=bool(first and not first["y"]),
    )  # fmt: skip


def _feasible(slots: int | None, quotas: tuple[Quota, ...]) -> bool | None:
    """Whether the yearly amount can be reached with the monthly one in the due times left; None when not both are told."""
    monthly = next((q.n for q in quotas if q.per != "year"), 1)
    yearly = next((q for q in quotas if q.per == "year" and q.op in (">=", "=")), None)
    return None if slots is None or yearly is None else slots * monthly >= yearly.n


def _quotas(ctx: Context, every: Every, start: int, end: int) -> Iterator[Quota]:
    for at, quantity in placed_quantities(ctx, start, end):
        per = "year" if _WHOLE_YEAR.search(ctx.text, max(start, at - 8), at) else every
        yield Quota(n=quantity.n, unit=quantity.unit, per=per, op=quantity.op, src=quantity.src, rule="quota.span")
