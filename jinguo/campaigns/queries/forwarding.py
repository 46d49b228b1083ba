"""Reads about passing a notice on: whom it reaches, what became of each sentence, and the layer below as the city sees it."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from jinguo.campaigns.dues import ask_due
from jinguo.campaigns.models import Ask, Campaign, Circulation, Clause, Obligation
from jinguo.campaigns.models.campaign import CampaignState, ClauseKind, Reach
from jinguo.federation.models import Unit
from jinguo.federation.models.unit import UnitClass, subtree_range
from jinguo.lib import clock

MOST_BELOW = 500
LAYERS = 6  # province, city, county, township, village: nobody passes on more often


def units_below(unit: Unit) -> QuerySet[Unit]:
    """The federations right below a unit, in being today: whom it passes notices on to."""
    rows = Unit.objects.alive(clock.today()).filter(parent=unit, unit_class=UnitClass.FEDERATION)
    return rows.order_by("division_code", "path")


@dataclass(frozen=True)
class Told:
    """The federations below, parted: whom to tell now, and who was sent the same notice from above already."""

    now: list[Unit]
    already: list[Unit]


def told_of(copy: Circulation) -> Told:
    """Whom passing this copy on would reach; nobody is asked the same thing twice (DESIGN §2.2)."""
    units = list(units_below(copy.unit))
    reached = set(
        Circulation.objects.filter(campaign__in=_chain(copy.campaign), unit__in=units).values_list("unit_id", flat=True)
    )
    return Told([unit for unit in units if unit.pk not in reached], [unit for unit in units if unit.pk in reached])


def _chain(campaign: Campaign) -> list[Campaign]:
    """A notice and those it was passed on from, nearest first."""
    found = [campaign]
    while campaign.passes_on_id and len(found) < LAYERS:
        campaign = Campaign.objects.select_related("passes_on__campaign").get(pk=campaign.pk).passes_on.campaign
        found.append(campaign)
    return found


def onward_of(copy: Circulation) -> Campaign | None:
    """What became of a copy below: the notice, drafted or issued, that passes it on."""
    return Campaign.objects.filter(passes_on=copy).select_related("office__unit").first()


def clauses_to_pass(campaign: Campaign) -> list[Clause]:
    """The clauses a unit below may pass on; what the issuer holds itself is nobody else's task."""
    rows = campaign.clauses.exclude(kind=ClauseKind.OWN_EVENT).exclude(reach=Reach.ISSUER)
    return list(rows.order_by("position"))


# What became of each sentence -----------------------------------------------------------------------------------------

KEPT, CHANGED, DROPPED, ADDED = "kept", "changed", "dropped", "added"


@dataclass(frozen=True)
class Piece:
    """A stretch of a sentence: `how` is "" where both have it, del where only the superior's, ins where only ours."""

    how: str
    text: str


@dataclass(frozen=True)
class Line:
    """One sentence and what became of it. `above` and `here` are clauses, or asks; one is None where dropped or added."""

    state: str
    above: Any
    here: Any
    pieces: list[Piece]
    due_above: str = ""
    due_here: str = ""

    @property
    def either(self) -> Any:
        return self.here or self.above


def pieces_of(before: str, after: str) -> list[Piece]:
    """Two sentences laid over one another, character by character; short islands are not torn out."""
    found: list[Piece] = []
    for how, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if how == "equal":
            found.append(Piece("", before[a:b]))
            continue
        if b > a:
            found.append(Piece("del", before[a:b]))
        if d > c:
            found.append(Piece("ins", after[c:d]))
    return found


def lines_of(campaign: Campaign) -> list[Line]:
    """Every clause of the superior's notice and every one added, in the order of the notices."""
    mine = list(campaign.clauses.order_by("position"))
    by_source = {clause.source_id: clause for clause in mine if clause.source_id}
    lines = []
    for above in clauses_to_pass(campaign.passes_on.campaign):
        here = by_source.get(above.pk)
        if here is None:
            lines.append(Line(DROPPED, above, None, [Piece("del", above.sentence or above.heading)]))
        elif (here.heading, here.sentence) == (above.heading, above.sentence):
            lines.append(Line(KEPT, above, here, [Piece("", above.sentence or above.heading)]))
        else:
            lines.append(Line(CHANGED, above, here, pieces_of(above.sentence or above.heading, here.sentence)))
    added = [clause for clause in mine if not clause.source_id]
    return lines + [Line(ADDED, None, clause, [Piece("ins", clause.sentence)]) for clause in added]


def ask_lines_of(campaign: Campaign) -> list[Line]:
    """The same for what is to be reported; another date is a change."""
    mine = list(campaign.asks.order_by("pk"))
    by_source = {ask.source_id: ask for ask in mine if ask.source_id}
    lines = []
    for above in campaign.passes_on.campaign.asks.order_by("pk"):
        here, due = by_source.get(above.pk), ask_due(above).text
        if here is None:
            lines.append(Line(DROPPED, above, None, [Piece("del", above.title)], due))
            continue
        same = here.title == above.title and _due_facts(here) == _due_facts(above)
        lines.append(
            Line(KEPT if same else CHANGED, above, here, pieces_of(above.title, here.title), due, ask_due(here).text)
        )
    added = [ask for ask in mine if not ask.source_id]
    return lines + [Line(ADDED, None, ask, [Piece("ins", ask.title)], "", ask_due(ask).text) for ask in added]


def _due_facts(ask: Ask) -> tuple[Any, ...]:
    return ask.due_at, ask.due_working_days


_SOURCES = ("source", "source__source", "source__source__source", "source__source__source__source")


def passed_on(rows: Any, originals: Iterable[int]) -> dict[int, int]:
    """Row number of a clause (or an ask) that passes one of the originals on, however many layers below → the original.

    Args:
        rows: `Clause.objects` or `Ask.objects`; those of drafts are left out.
    """
    wanted = set(originals)
    below = Q(pk__in=[])
    for name in _SOURCES:
        below |= Q(**{f"{name}__in": wanted})
    found = rows.filter(below).exclude(campaign__state=CampaignState.DRAFT).values_list("pk", *_SOURCES)
    return {pk: next(one for one in sources if one in wanted) for pk, *sources in found}


def passed_through(campaign: Campaign, onward: Iterable[int]) -> dict[int, int]:
    """Row number of a notice that passes a campaign on, however many layers below → the unit of the campaign it came through.

    Args:
        onward: row numbers of the clauses that pass its clauses on (`passed_on`).
    """
    rows = Campaign.objects.filter(clauses__in=list(onward)).order_by().distinct()
    above = {pk: (upper, unit) for pk, upper, unit in rows.values_list("pk", "passes_on__campaign", "passes_on__unit")}
    found = {}
    for notice in above:
        upper, unit = above[notice]
        for _layer in range(LAYERS):
            if upper == campaign.pk or upper not in above:
                break
            upper, unit = above[upper]
        if upper == campaign.pk:
            found[notice] = unit
    return found


def asks_answered_below(campaign: Campaign) -> set[int]:
    """The asks of a campaign that somebody answered, by a return or 「无」, to a unit that passed them on."""
    onward = passed_on(Ask.objects, campaign.asks.values_list("pk", flat=True))
    answered = Obligation.objects.filter(Q(returns__gt=0) | ~Q(zero_at=None), ask__in=onward)
    return {onward[ask] for ask in answered.order_by().values_list("ask_id", flat=True).distinct()}


# The layer below ------------------------------------------------------------------------------------------------------


@dataclass
class Layer:
    """What one unit passed on, in figures: how many it told, how many of them signed, and what they have reported.

    Attributes:
        kept, changed, dropped, added: clauses; all kept where it was passed on unchanged.
        asked, answered: obligations of the layer below; `answered`: something was reported, or 「无」.
    """

    campaign: Campaign
    told: int = 0
    signed: int = 0
    asked: int = 0
    answered: int = 0
    kept: int = 0
    changed: int = 0
    dropped: int = 0
    added: int = 0


def layers_of(copies: Iterable[Circulation]) -> dict[int, Layer]:
    """Row number of a copy → its layer, for those passed on; five queries whatever their number."""
    keys = [copy.pk for copy in copies]
    rows = Campaign.objects.filter(passes_on__in=keys).exclude(state=CampaignState.DRAFT).select_related("office__unit")
    found = {campaign.pk: Layer(campaign) for campaign in rows}
    told = Circulation.objects.filter(campaign__in=found).order_by().values("campaign_id")
    for row in told.annotate(n=Count("pk"), s=Count("signed_at")):
        found[row["campaign_id"]].told, found[row["campaign_id"]].signed = row["n"], row["s"]
    duties = Obligation.objects.filter(ask__campaign__in=found, exempt_at=None).order_by().values("ask__campaign_id")
    for row in duties.annotate(n=Count("pk"), a=Count("pk", filter=Q(returns__gt=0) | ~Q(zero_at=None))):
        layer = found[row["ask__campaign_id"]]
        layer.asked, layer.answered = row["n"], row["a"]
    _count_clauses(found)
    return {layer.campaign.passes_on_id: layer for layer in found.values()}


def _count_clauses(found: dict[int, Layer]) -> None:
    """What became of the sentences, for several layers at once."""
    mine = Clause.objects.filter(campaign__in=found).select_related("source")
    above_of = dict(Campaign.objects.filter(pk__in=found).values_list("pk", "passes_on__campaign"))
    passed = Clause.objects.filter(campaign__in=set(above_of.values()))
    passed = passed.exclude(kind=ClauseKind.OWN_EVENT).exclude(reach=Reach.ISSUER)
    total = dict(passed.order_by().values_list("campaign").annotate(n=Count("pk")))
    for clause in mine:
        layer, above = found[clause.campaign_id], clause.source
        if above is None:
            layer.added += 1
        elif (above.heading, above.sentence) == (clause.heading, clause.sentence):
            layer.kept += 1
        else:
            layer.changed += 1
    for key, layer in found.items():
        layer.dropped = total.get(above_of[key], 0) - layer.kept - layer.changed


def copies_passed_on(campaign: Campaign) -> list[Circulation]:
    """The copies of a campaign that units have passed on, in the order of the tree."""
    rows = campaign.circulations.exclude(forwarded_at=None).select_related("unit")
    return list(rows.order_by("unit__path"))


def may_pass_on(campaign: Campaign) -> int:
    """How many units of a campaign have federations below them and have not passed it on."""
    below = Unit.objects.alive(clock.today()).filter(
        unit_class=UnitClass.FEDERATION, parent__circulations__campaign=campaign
    )
    rows = campaign.circulations.filter(forwarded_at=None, unit__in=below.values("parent"))
    return rows.count()


def layer_below(campaign: Campaign) -> list[Circulation]:
    """The copies of a local notice, each unit with its state, in the order of the tree."""
    return list(campaign.circulations.with_state().select_related("unit").order_by("unit__path"))


def reached_below(copy: Circulation, actor: Any) -> list[tuple[Circulation, list[Obligation]]]:
    """The copies of the same notice at units below, which its issuer sent them itself, each with what the unit is asked;
    two queries."""
    low, high = subtree_range(copy.unit.path)
    rows = (
        Circulation.objects.visible_to(actor)
        .filter(campaign=copy.campaign, unit__path__gt=low, unit__path__lt=high)
        .exclude(pk=copy.pk)
    )
    copies = list(rows.with_state().select_related("unit").order_by("unit__path")[:MOST_BELOW])
    units = [row.unit_id for row in copies]
    duties: dict[int, list[Obligation]] = {}
    found = Obligation.objects.filter(ask__campaign=copy.campaign, unit__in=units).with_state(clock.now())
    for duty in found.select_related("ask").order_by("ask_id"):
        duties.setdefault(duty.unit_id, []).append(duty)
    return [(row, duties.get(row.unit_id, [])) for row in copies]
