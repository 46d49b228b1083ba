"""The register of deeds: what stands in it, what is told and not entered yet, and what may be shown of small groups."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q

from jinguo.campaigns.models import Campaign
from jinguo.reports.models import Deed, Return, ReturnVersion
from jinguo.reports.models.deed import SENSITIVE, ForWhom
from jinguo.reports.queries.figures import counted_returns, with_event
from jinguo.reports.suppression import suppressed

MOST = 30  # proposals on one page
_RESULT = re.compile(
    r"[^。；;\n]*(?:解决|帮助|发放|送去|办好|办成|修|协调|落实|申请到|对接|救助|达成)[^。；;\n]*[。；;]?"
)


@dataclass(frozen=True)
class Proposal:
    """A deed an accepted return tells of and the register does not hold yet; `number`: its place among that return's."""

    given: Return
    version: ReturnVersion
    number: int
    title: str
    result: str


@dataclass(frozen=True)
class Group:
    """Deeds of one sensitive group as they may be shown; `deeds` None: too few to be named."""

    code: str
    name: str
    deeds: int | None


@dataclass(frozen=True)
class Register:
    """The register of one campaign.

    Attributes:
        listed: deeds named one by one; `counted`: how many count: of returns that tell of one event those of one.
        twice: row numbers of deeds that are not counted, for another return of the same event tells them.
        groups, total: sensitive groups with small counts hidden.
    """

    listed: list[Deed]
    hidden: list[Deed]
    counted: int
    twice: frozenset[int]
    groups: list[Group]
    total: int | None


def register_of(campaign: Campaign) -> Register:
    """Everything registered, each event's deeds once: of several returns that tell of it those of the fullest count."""
    rows = Deed.objects.standing().filter(campaign=campaign).select_related("given__unit", "version")
    deeds = list(rows.order_by("given__unit__path", "given_id", "position"))
    told: Any = with_event(Return.objects.filter(deeds__in=deeds).distinct(), "accepted", campaign)
    events = dict(told.values_list("pk", "event_key")) if deeds else {}
    many = Counter(deed.given_id for deed in deeds)
    best: dict[str, int] = {}
    for given in sorted(many, key=lambda one: (-many[one], one)):
        best.setdefault(events[given], given)
    twice = frozenset(deed.pk for deed in deeds if best[events[deed.given_id]] != deed.given_id)
    counted = [deed for deed in deeds if deed.pk not in twice]
    quiet = Counter(deed.for_whom for deed in counted if deed.is_sensitive)
    names = [one for one in ForWhom if one in SENSITIVE]
    shown, total = suppressed([quiet[one] for one in names])
    groups = [
        Group(str(one.value), str(one.label), number) for one, number in zip(names, shown, strict=True) if quiet[one]
    ]
    return Register(
        [deed for deed in deeds if not deed.is_sensitive], [deed for deed in deeds if deed.is_sensitive],
        len(counted), twice, groups, total if quiet else 0,
    )  # fmt: skip


def proposals_of(campaign: Campaign) -> list[Proposal]:
    """The next deed to register of each accepted return that tells more than the register holds, in the order of the tree."""
    rows = counted_returns(campaign).exclude(accepted=None).filter(accepted__deeds__gt=0)
    entered = Count("deeds", filter=Q(deeds__removed_at=None))
    rows = rows.annotate(entered=entered).filter(entered__lt=F("accepted__deeds"))
    found = []
    for given in rows.select_related("unit", "accepted").order_by("unit__path", "pk")[:MOST]:
        version: Any = given.accepted
        taken = (
            set(Deed.objects.standing().filter(given=given).values_list("position", flat=True)) if given.entered else ()
        )
        number = next(n for n in range(1, version.deeds + 1) if n not in taken)
        found.append(Proposal(given, version, number, version.title, result_in(version)))
    return found


def result_in(version: ReturnVersion) -> str:
    """The sentence of a report that tells a result; "" where none does. Proposed, never entered by itself."""
    for text in (version.summary, version.body):
        found = _RESULT.search(text)
        if found:
            return found[0].strip()[:200]
    return ""
