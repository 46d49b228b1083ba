"""Keeping what figures add up (`Told`) in step with the returns it follows from."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import F

from jinguo.reports.metrics import NUMBERS
from jinguo.reports.models import Apart, Return, Told
from jinguo.reports.models.returned import STANDING


def tell(returns: Iterable[int]) -> None:
    """Write anew what these returns (row numbers) tell. In the transaction that changed one of them, after the change: which
    version is the newest or the accepted one, whether it stands, and what event it tells of."""
    known = sorted(set(returns))
    Return.objects.filter(pk__in=known).update(id=F("id"))  # whoever changes one at the same moment waits
    apart = set(Apart.objects.filter(second__in=known).values_list("second_id", flat=True))
    rows = Return.objects.filter(pk__in=known, state__in=STANDING)
    rows = rows.select_related("current", "accepted", "obligation").order_by("pk")
    Told.objects.filter(given__in=known).delete()
    Told.objects.bulk_create(one for row in rows for one in _told(row, row.pk in apart))


def _told(given: Any, apart: bool) -> Iterator[Told]:
    for confirmed, version in ((False, given.current), (True, given.accepted)):
        if version is not None:
            told = Told(
                given=given, campaign_id=given.campaign_id, ask_id=given.obligation.ask_id, confirmed=confirmed,
                event=_event(given, version, apart),
            )  # fmt: skip
            for name in NUMBERS:
                setattr(told, name, _score(version, name))
            yield told


def _event(given: Any, version: Any, apart: bool) -> str:
    """The same event as `metrics.event_key` finds; a return or a joint event stands by its row number."""
    if given.joint_id:
        return f"joint:{given.joint_id}"
    return version.event if version.event and not apart else f"return:{given.pk}"


def _score(version: Any, name: str) -> int | None:
    number = getattr(version, name)
    return None if number is None else number * 2 + (not getattr(version, f"{name}_about", False))
