"""The city's tray of returns, newest first, and whom a reviewer turns to next."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from jinguo.campaigns.models import Campaign, Clause
from jinguo.campaigns.queries.groups import Group
from jinguo.federation import policy
from jinguo.federation.models import Unit
from jinguo.lib.capped import capped
from jinguo.reports.models import Return
from jinguo.reports.models.returned import STANDING, WAITING, ReturnRows, ReturnState

PAGE = 30
NEAR = 500  # of everybody's newest, asked first which the actor may see
PILES: dict[str, tuple[Any, ...]] = {
    "waiting": WAITING,
    "sent_back": (ReturnState.SENT_BACK,),
    "accepted": (ReturnState.ACCEPTED, ReturnState.CORRECTED),
    "all": STANDING,
    "counted": STANDING,
}


@dataclass(frozen=True)
class Choice:
    """What the tray is narrowed to.

    Attributes:
        pile: one of PILES; `counted` is what coverage counts: returns with an accepted version, by that version's clauses.
        unit: only of this one.
    """

    pile: str = "waiting"
    campaign: Campaign | None = None
    clause: Clause | None = None
    group: Group | None = None
    unit: Unit | None = None


def tray(actor: object, choice: Choice) -> "QuerySet[Return]":
    """What was sent, newest first, within what the actor may see; in every state of the pile (`page_of` takes them)."""
    rows = Return.objects.visible_to(actor)
    # What units below ask of theirs by a notice they pass on is their own tray's.
    rows = rows.filter(Q(campaign__passes_on=None) | policy.sight(actor, "campaign.view", "campaign__office__unit"))
    if choice.campaign:
        rows = rows.filter(campaign=choice.campaign)
    if choice.pile == "counted":
        rows = rows.counted()
    if choice.clause:
        link = "accepted__clause_links__clause" if choice.pile == "counted" else "current__clause_links__clause"
        rows = rows.filter(**{link: choice.clause})
    if choice.unit:
        rows = rows.filter(unit=choice.unit)
    if choice.group:
        rows = rows.filter(choice.group.holds("unit__"))
    return rows.select_related("unit", "current", "obligation__ask").order_by("-sent_at", "-pk")


def page_of(rows: "QuerySet[Return]", pile: str, after: str) -> tuple[list[Return], str]:
    """One page of a pile after the return with this code, and the code to go on from; "" at the end.

    Keyset, not offset: it costs the same on the thousandth page, and nothing is counted.
    """
    last = Return.objects.filter(code=after).values("sent_at", "pk").first() if after else None
    older = _older(last["sent_at"], last["pk"]) if last else Q()
    found = [row for state in PILES[pile] for row in _newest(rows, state, older, PAGE + 1)]
    found.sort(key=_when, reverse=True)
    return found[:PAGE], found[PAGE - 1].code if len(found) > PAGE else ""


def _newest(rows: "QuerySet[Return]", state: str, older: Q, many: int) -> list[Return]:
    """The newest of these rows in one state.

    Within one state the index holds all returns in order; whether an actor may see one stands in other tables. A database that
    begins with those reads and sorts a million rows. So the newest of everybody are taken from the index, and asked which of
    them are among `rows`; only where too few are (the actor sees a small part of the whole) the rows are sought from her side.
    """
    rows = rows.order_by("-sent_at", "-pk")
    near = Return.objects.filter(older, state=state).order_by("-sent_at", "-pk").values_list("pk", flat=True)[:NEAR]
    pks = list(near)
    found = list(rows.filter(pk__in=pks)[:many]) if pks else []
    if len(found) == many or len(pks) < NEAR:
        return found
    return list(rows.filter(older, state=state)[:many])


def _older(sent_at: Any, pk: int) -> Q:
    return Q(sent_at__lte=sent_at) & (
        Q(sent_at__lt=sent_at) | Q(pk__lt=pk)
    )  # said so, the index is entered at its place


def waiting_count(actor: object) -> int:
    """How many returns wait for this reviewer, `capped.MOST` at the most."""
    return capped(Return.objects.visible_to(actor).asked_by(actor).waiting())


def next_waiting(actor: object, given: Return) -> Return | None:
    """Whom to turn to after this one: the next older that waits, else the newest that waits."""
    rows = Return.objects.visible_to(actor).asked_by(actor).exclude(pk=given.pk)
    return _newest_waiting(rows, _older(given.sent_at, given.pk)) or _newest_waiting(rows, Q())


def _newest_waiting(rows: ReturnRows, older: Q) -> Return | None:
    found = [row for state in WAITING for row in _newest(rows, state, older, 1)]
    return max(found, key=_when, default=None)


def _when(row: Return) -> Any:
    return row.sent_at, row.pk
