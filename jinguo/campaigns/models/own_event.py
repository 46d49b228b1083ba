"""What the issuer holds itself (自办活动): its own tasks, never obligations of units (DESIGN §4)."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from jinguo.campaigns.models.campaign import Clause


class OwnEvent(models.Model):
    """What the office has settled about one of its own events, beside the clause that says what the notice says.

    Attributes:
        held_on: the day, once there is one; what the notice itself gives is the clause's `event_on`.
        cohosts: who holds it with us, also from outside the federation, as typed, 、 between them.
        leader: who of the leaders comes, 、 between several.
        result: what came of it; an event with a result is done.
        version: raised by every change, so that two officers do not overwrite one another unknowingly.
    """

    clause = models.OneToOneField(Clause, on_delete=models.CASCADE, related_name="own_event")
    held_on = models.DateField(null=True, blank=True)
    starts = models.TimeField(null=True, blank=True)
    ends = models.TimeField(null=True, blank=True)
    hall = models.CharField(max_length=80, blank=True)
    leader = models.CharField(max_length=80, blank=True)
    cohosts = models.CharField(max_length=200, blank=True)
    next_step = models.CharField(max_length=200, blank=True)
    result = models.CharField(max_length=600, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(starts__isnull=False, ends__gt=F("starts")), name="own_event_ends_later"
            ),
        ]

    class Privacy:
        personal = {"leader"}
        plain = {"clause", "held_on", "starts", "ends", "hall", "cohosts", "next_step", "result", "version"}

    @property
    def day(self) -> date | None:
        """The day it is held: the office's, else the notice's; None while it is open."""
        return self.held_on or self.clause.event_on
