"""`{% load activities %}`: addresses by the door one came through."""

from typing import Any

from django import template

from jinguo.activities import hostways, suggest, ways

register = template.Library()
register.filter("without_number", suggest.without_number)


@register.simple_tag(takes_context=True)
def way(context: Any, name: str, **codes: str) -> str:
    """{% way "day" activity=activity.code session=session.code %}"""
    return ways.way(context["request"], name, **codes)


@register.simple_tag(takes_context=True)
def host_way(context: Any, name: str, **codes: str) -> str:
    """{% host_way "held" village=unit.code held=activity.code sitting=session.code %}"""
    return hostways.host_way(context["request"], name, **codes)
