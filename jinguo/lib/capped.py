"""Counting no further than anybody reads: a number beside a place of the navigation says 999+, not 104,322.

What waits is counted at every page; to count 100,000 rows for a number nobody reads would cost each of them a second.
"""

from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery

MOST = 1000


class Counted(Subquery):
    """How many rows a queryset has, MOST at the most; of a query with other such numbers, whatever they are of."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()
    empty_result_set_value = 0  # where a rule lets nobody see any, Django does not ask

    def __init__(self, rows: "QuerySet[Any]") -> None:
        super().__init__(rows.order_by().values("pk")[:MOST])


def capped(rows: "QuerySet[Any]") -> int:
    """How many rows there are, MOST at the most."""
    return int(rows.order_by()[:MOST].count())


def shown(count: int) -> int | str:
    """The number as it is read: `999+` from MOST on."""
    return count if count < MOST else f"{MOST - 1}+"
