"""Reads for the plan and for choosing its units. Each page needs the same number of queries however long it is."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from jinguo.campaigns.dues import Due, ask_due
from jinguo.campaigns.models import Addressee, AddresseeUnit, AddressGroup, Ask, Campaign, Circulation, Clause
from jinguo.campaigns.models.campaign import ClauseKind
from jinguo.campaigns.recipients import meaning_words
from jinguo.federation.models import MailAddress, Unit
from jinguo.federation.models.unit import Level, UnitClass
from jinguo.federation.queries import bears
from jinguo.lib import clock

SHOWN = ("all", "no_mail", "left_out", "by_hand")
CANDIDATES = 20


def visible_campaigns(actor: Any) -> QuerySet[Campaign]:
    """The campaigns a person may see, newest first, with what a page shows."""
    return Campaign.objects.visible_to(actor).select_related("office__unit", "notice")


def campaign_list(actor: Any) -> QuerySet[Campaign]:
    """Rows of the list, each with its number of clauses, chosen units and copies."""
    chosen = Count("addressees__choices__unit", filter=Q(addressees__choices__included=True), distinct=True)
    return visible_campaigns(actor).annotate(chosen=chosen).order_by("-created_at", "-pk")


# the plan page


@dataclass
class Line:
    """A line of the plan with the clauses that stand under it; `clause` is None for what stands under no line."""

    clause: Clause | None
    clauses: list[Clause] = field(default_factory=list)


@dataclass(frozen=True)
class AskRow:
    """An ask and how its due reads."""

    ask: Ask
    due: Due


@dataclass(frozen=True)
class Plan:
    """A plan as its page shows it."""

    theme: Clause | None
    lines: list[Line]
    own_events: list[Clause]
    requirements: list[Clause]
    asks: list[AskRow]
    groups: list["Group"]


def plan_of(campaign: Campaign) -> Plan:
    """The clauses of a campaign by line, its asks and its groups of units."""
    clauses = list(campaign.clauses.select_related("source__campaign__office__unit").order_by("position"))
    for clause in clauses:
        clause.campaign = campaign
    lines: list[Line] = []
    for clause in clauses:
        if clause.kind == ClauseKind.LINE:
            lines.append(Line(clause))
        elif clause.kind == ClauseKind.MEASURE:
            home = next((line for line in lines if line.clause and clause.number.startswith(line.clause.number)), None)
            if home is None:
                home = next((line for line in lines if line.clause is None), None) or Line(None)
                if home not in lines:
                    lines.append(home)
            home.clauses.append(clause)
    return Plan(
        next((clause for clause in clauses if clause.kind == ClauseKind.THEME), None),
        lines,
        [clause for clause in clauses if clause.kind == ClauseKind.OWN_EVENT],
        [clause for clause in clauses if clause.kind == ClauseKind.REQUIREMENT],
        [AskRow(ask, ask_due(ask)) for ask in campaign.asks.order_by("pk")],
        groups_of(campaign),
    )


# choosing units


@dataclass(frozen=True)
class Kind:
    """So many units of one kind: 5 家县级妇联."""

    label: str
    count: int


@dataclass(frozen=True)
class Group:
    """One phrase and what it stands for.

    Attributes:
        words: (words of the phrase, what they were taken for).
        kinds: what the included units are; `left_out`: how many were left out.
    """

    addressee: Addressee
    words: list[tuple[str, str]]
    kinds: list[Kind]
    included: int
    left_out: int


def groups_of(campaign: Campaign) -> list[Group]:
    """The phrases of a campaign in the order of the notice, each with its counts: two queries."""
    rows = AddresseeUnit.objects.filter(addressee__campaign=campaign)
    counted = rows.values("addressee", "included", "unit__unit_class", "unit__level").annotate(n=Count("pk"))
    counts = list(counted.order_by("unit__unit_class", "unit__level"))
    return [
        _group(addressee, [row for row in counts if row["addressee"] == addressee.pk])
        for addressee in campaign.addressees.all()
    ]


def _group(addressee: Addressee, rows: Iterable[dict[str, Any]]) -> Group:
    rows = list(rows)
    kinds: dict[str, int] = {}
    for row in rows:
        if row["included"]:
            label = kind_label(row["unit__unit_class"], row["unit__level"])
            kinds[label] = kinds.get(label, 0) + row["n"]
    return Group(
        addressee,
        [(words, meaning_words(meaning)) for words, meaning in addressee.words if words != meaning_words(meaning)],
        [Kind(label, count) for label, count in kinds.items()],
        sum(kinds.values()),
        sum(row["n"] for row in rows if not row["included"]),
    )


def kind_label(unit_class: str, level: str) -> str:
    """What a unit is in few words: 县级妇联, 市直单位妇女组织."""
    if unit_class == UnitClass.FEDERATION:
        return _("%(level)s妇联") % {"level": Level(level).label}
    return str(UnitClass(unit_class).label)


def chosen_units(campaign: Campaign) -> QuerySet[Unit]:
    """The units that get the notice: each once, and only those still in being."""
    included = AddresseeUnit.objects.filter(addressee__campaign=campaign, included=True)
    return Unit.objects.alive(clock.today()).filter(pk__in=included.values("unit"))


@dataclass(frozen=True)
class Totals:
    """How many units get the notice, and how many of them have no e-mail address.

    Attributes:
        listed: how many rows the table beside them has.
    """

    units: int
    no_mail: int
    listed: int = 0


def totals_of(campaign: Campaign, listed: QuerySet[Unit] | None = None) -> Totals:
    """The totals, and the length of the table in the same query."""
    with_mail = Exists(MailAddress.objects.filter(unit=OuterRef("pk")))
    chosen = Q(pk__in=chosen_units(campaign).values("pk"))
    everybody = AddresseeUnit.objects.filter(addressee__campaign=campaign)
    rows = Unit.objects.filter(pk__in=everybody.values("unit"))
    wanted = {"listed": Count("pk", filter=Q(pk__in=listed.order_by().values("pk")))} if listed is not None else {}
    found = rows.aggregate(
        units=Count("pk", filter=chosen), no_mail=Count("pk", filter=chosen & ~Q(with_mail)), **wanted
    )
    return Totals(**found)


def listed_units(
    campaign: Campaign, *, group: int | None = None, shown: str = "all", words: str = ""
) -> QuerySet[Unit]:
    """The units of the campaign for its table, in the order of the phrases, with `included`, `has_mail` and `by_hand`.

    Args:
        group: row id of one phrase, or None for all.
        shown: all, no_mail, left_out or by_hand.
        words: part of a name, short name or alias.
    """
    mine = AddresseeUnit.objects.filter(addressee__campaign=campaign, unit=OuterRef("pk"))
    within = AddresseeUnit.objects.filter(addressee__campaign=campaign)
    if group is not None:
        within = within.filter(addressee=group)
    rows = Unit.objects.filter(pk__in=within.values("unit")).annotate(
        included=Exists(mine.filter(included=True)),
        by_hand=Exists(mine.filter(added_by_hand=True)),
        has_mail=Exists(MailAddress.objects.filter(unit=OuterRef("pk"))),
        phrase=Subquery(mine.order_by("addressee__position").values("addressee__position")[:1]),
    )
    if words:
        rows = rows.filter(bears(words))
    narrowed = {
        "no_mail": Q(has_mail=False, included=True), "left_out": Q(included=False), "by_hand": Q(by_hand=True)
    }.get(shown)  # fmt: skip
    return (rows.filter(narrowed) if narrowed else rows).order_by("phrase", "division_code", "path")


def candidates(campaign: Campaign, words: str) -> list[Unit]:
    """Units below the issuer that match and do not get the notice yet; at most `CANDIDATES`."""
    if not words:
        return []
    chosen = AddresseeUnit.objects.filter(addressee__campaign=campaign, included=True)
    rows = (
        Unit.objects.filter(bears(words))
        .alive(clock.today())
        .under(campaign.office.unit)
        .exclude(pk__in=chosen.values("unit"))
    )
    return list(rows.select_related("parent").order_by("path")[:CANDIDATES])


def saved_groups(actor: Any) -> list[AddressGroup]:
    """The groups of units the reader's offices have saved, each with how many units in being it holds."""
    alive = Unit.objects.alive(clock.today())
    counted = Count("members", filter=Q(members__unit__in=alive))
    rows = AddressGroup.objects.visible_to(actor).select_related("office__unit").annotate(size=counted)
    return list(rows.order_by("office__unit__path", "name"))


def circulated(campaign: Campaign) -> int:
    """How many copies were made when it was issued."""
    return Circulation.objects.filter(campaign=campaign).count()
