"""`{% load stations %}`: addresses by the door one came through, hours as words."""

from typing import Any

from django import template

from jinguo.stations import hours, ways

register = template.Library()
register.filter("spans", hours.spans_text)


@register.simple_tag(takes_context=True)
def place(context: Any, name: str, **codes: Any) -> str:
    """{% place "page" station=station.code %}"""
    return ways.way(context["request"], name, **codes)
