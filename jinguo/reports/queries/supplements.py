"""What a supplement says: the snapshot before it against the one now, and the sentences of the signed paper they touch."""

from dataclasses import asdict
from typing import Any

from jinguo.reports.builder.supplement import Told, differences, reworded
from jinguo.reports.models import Summary, Supplement
from jinguo.reports.models.summary import SupplementState
from jinguo.reports.queries.summaries import Shown, numbered


def basis_of(summary: Summary) -> dict[str, Any]:
    """The data the newest signed paper stands on: of the last signed supplement, else of the summary itself."""
    last = summary.supplements.filter(state=SupplementState.APPROVED).select_related("snapshot").last()
    return last.snapshot.data if last else summary.snapshot.data


def told_by(summary: Summary, shown: list[Shown] | None = None) -> list[Told]:
    """The sentences of the signed paper, as a supplement looks at them."""
    return [
        Told(
            one.number, one.row.key, one.row.text, one.row.built_text,
            frozenset(source["code"] for source in one.row.sources if source["kind"] == "return"),
        )
        for one in (shown or numbered(summary))
        if one.number
    ]  # fmt: skip


def compared(summary: Summary, data: dict[str, Any]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Items and lines of a supplement from this data, as they are kept."""
    old, told = basis_of(summary), told_by(summary)
    items = [asdict(one) for one in differences(old, data, told)]
    return items, [asdict(one) for one in reworded(old, data, told)]


def open_supplement(summary: Summary) -> Supplement | None:
    """The one that waits for the leader."""
    return summary.supplements.filter(state=SupplementState.SUBMITTED).first()
