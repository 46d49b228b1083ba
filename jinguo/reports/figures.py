"""The chain's own figures: activities, people on site, women, views, people served, deeds done. From returns only."""

from collections.abc import Callable

from jinguo.reports import metrics
from jinguo.reports.metrics import NUMBERS, Figure, Scope, Value, added, added_once, events_of, stated


@metrics.figures.register("activities")
def activities(scope: Scope) -> Figure:
    """How many activities: as reported, joint ones once, and of those the accepted."""
    claimed, confirmed = stated(scope.returns, "claimed"), stated(scope.returns, "confirmed")
    once, accepted = events_of(claimed), events_of(confirmed)
    return Figure(
        "activities", "活动", "场", Value(len(claimed), len(claimed)), Value(len(once), len(once)),
        Value(len(accepted), len(accepted)), tuple(row["code"] for row, _ in confirmed),
    )  # fmt: skip


def _number(field: str, name: str, unit: str) -> Callable[[Scope], Figure]:
    def figure(scope: Scope) -> Figure:
        claimed, confirmed = stated(scope.returns, "claimed"), stated(scope.returns, "confirmed")
        rows = tuple(row["code"] for row, values in confirmed if values[field] is not None)
        return Figure(
            field, name, unit, added([values for _, values in claimed], field), added_once(events_of(claimed), field),
            added_once(events_of(confirmed), field), rows,
        )  # fmt: skip

    return figure


for _field, (_name, _unit) in NUMBERS.items():
    metrics.figures.register(_field)(_number(_field, _name, _unit))
