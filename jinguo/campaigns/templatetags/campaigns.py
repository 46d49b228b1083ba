"""`{% load campaigns %}`: due instants as people say them."""

from datetime import datetime

from django import template

from jinguo.campaigns.dues import instant_words

register = template.Library()


@register.filter
def until_day(instant: datetime) -> str:
    """2月17日 周五 24:00: the end of a day belongs to that day."""
    return instant_words(instant)
