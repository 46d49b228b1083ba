"""Days the calendar library does not know, or knows wrongly: the office's word wins."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DayKind(models.TextChoices):
    """What a day is for the office."""

    REST = "rest", _("放假")
    WORK = "work", _("上班（调休）")


class CalendarDay(models.Model):
    """One day fixed by hand, for the whole installation."""

    day = models.DateField(unique=True)
    kind = models.CharField(max_length=4, choices=DayKind.choices)
    name = models.CharField(max_length=40, blank=True)

    class Privacy:
        personal: set[str] = set()
        plain = {"day", "kind", "name"}
