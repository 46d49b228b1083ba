"""Dates and numbers as pieces of a page: <time> elements, numbers with their unit, levels of heat. No database."""

import datetime as dt

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from jinguo.lib import clock
from jinguo.ui import dates


def _time_element(value: dates.Moment, text: str) -> SafeString:
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', dates.machine_text(value), dates.exact_text(value), text
    )


def people_date(value: dates.Moment | None, now: dates.Moment | None = None) -> str:
    """{{ when|people_date }} → 3月8日 周五 14:30; a date gives the day alone; |people_date:now for a fixed now."""
    if not value:
        return ""
    return _time_element(value, dates.moment_text(value, now or clock.now()))


def people_day(value: dates.Moment | None, now: dates.Moment | None = None) -> str:
    """The day of an instant without its hour: 3月8日 周五."""
    if not value:
        return ""
    return _time_element(value, dates.day_text(dates.local_day(value), dates.local_day(now or clock.now())))


def people_time(value: dt.datetime | None) -> str:
    """The hour of an instant: 14:30."""
    return _time_element(value, dates.clock_text(value)) if value else ""


def people_range(start: dates.Moment, end: dates.Moment | None = None, now: dates.Moment | None = None) -> SafeString:
    """{% people_range start end %} → 3月4日 周六 15:30—17:00; a narrow page breaks it after the dash between two days, never elsewhere."""
    text = dates.range_text(start, end or start, now or clock.now())
    if end is None or dates.local_day(start) == dates.local_day(end):
        return format_html('<span class="nowrap">{}</span>', _time_element(start, text))
    first, last = text.split("—")
    return _time_element(
        start, format_html('<span class="nowrap">{}—</span><wbr><span class="nowrap">{}</span>', first, last)
    )


def near_word(value: dates.Moment | None, now: dates.Moment | None = None) -> str:
    """昨天, 今天, 明天, 后天, or nothing."""
    return dates.near_word(value, now or clock.now()) if value else ""


def hour(value: dates.Moment) -> str:
    """The hour in plain text, 全天 for a date."""
    return dates.clock_text(value) if isinstance(value, dt.datetime) else _("全天")


def until(end: dates.Moment, start: dates.Moment) -> str:
    """The end beside its start: the hour on the same day, else the day."""
    if isinstance(end, dt.datetime) and dates.local_day(end) == dates.local_day(start):
        return dates.clock_text(end)
    return dates.short_day(dates.local_day(end))


def number(value: float | str | None, unit: str = "") -> SafeString:
    """{{ n|number:"人次" }} → 11,860 人次. Nothing given reads 没报, which is not 0."""
    return quantity(value, unit)


def quantity(value: float | str | None, unit: str = "", about: bool = False) -> SafeString:
    """{% quantity n "人次" about=True %} → 约 11,860 人次"""
    if value is None or value == "":
        return format_html('<span class="muted">{}</span>', _("没报"))
    text = " ".join(part for part in (pgettext("figure", "约") if about else "", f"{value:,}", str(unit)) if part)
    return format_html('<span class="num nowrap">{}</span>', text)


def heat(value: int | None) -> str:
    """The class of a matrix cell: h0 none, h1 to 2, h2 to 5, h3 to 9, h4 from 10; na when it does not apply."""
    if value is None:
        return "na"
    return next(level for level, top in (("h0", 0), ("h1", 2), ("h2", 5), ("h3", 9), ("h4", value)) if value <= top)
