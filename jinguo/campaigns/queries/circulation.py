"""Reads about circulations and obligations: the figures of the board, its lists, and what one unit has to do.

States are counted in SQL by the same words as the models' properties; a property test holds the two together.
Rates are sets over obligations (DESIGN §2.3): nobody counts twice, so none exceeds 100 %.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce

from jinguo.campaigns import dues, ladder
from jinguo.campaigns.models import Ask, Campaign, Circulation, Obligation
from jinguo.campaigns.models.circulation import CirculationRows, CirculationState
from jinguo.campaigns.models.obligation import LONG, ObligationRows, ObligationState
from jinguo.federation.models import Contact, Unit
from jinguo.federation.models.unit import UnitClass, subtree_range
from jinguo.lib import clock
from jinguo.messages.models import OutMessage

# The order shares are drawn and listed in: what is done first, what needs a person last.
SIGN_ORDER = ("signed", "proxy", "forwarded", "read", "delivered", "waiting", "sent_back", "undeliverable")
REPORT_ORDER = (
    "accepted", "reported", "zero", "proxy", "extended", "not_due", "open_ended", "near_due", "sent_back", "overdue",
    "long_overdue", "exempt",
)  # fmt: skip
DONE = frozenset({"accepted", "reported", "zero", "proxy", "sent_back"})  # 退回补正的仍算报过


@dataclass(frozen=True)
class Tally:
    """A set and how much of it is done.

    Attributes:
        counts: state → how many, in drawing order, those out of the set (免报) not among them.
        done, total: the rate is `done` of `total`.
        exempt, closed: how many were taken out of the set, and why.
        on_time: of the total, how many in time, extensions counted; None where nothing is due.
        on_time_raw: the same by the due instant first frozen, as if nobody had been given more time.
    """

    counts: dict[str, int]
    done: int
    total: int
    exempt: int = 0
    closed: int = 0
    on_time: int | None = None
    on_time_raw: int | None = None

    @property
    def rate(self) -> str:
        """94.3%, or — for an empty set."""
        return percent(self.done, self.total)


def percent(part: int, whole: int) -> str:
    """A share as people read it; an empty whole has none."""
    return f"{part / whole * 100:.1f}%" if whole else "—"


def sign_tally(campaign: Campaign) -> Tally:
    """How the circulations of a campaign stand, and how many were signed for."""
    return sign_tallies([campaign.pk])[campaign.pk]


def sign_tallies(campaigns: Iterable[int]) -> dict[int, Tally]:
    """The same for several campaigns at once, by their row numbers."""
    keys = list(campaigns)
    rows = Circulation.objects.filter(campaign_id__in=keys).with_state()
    found: dict[int, dict[str, int]] = {key: {} for key in keys}
    signed = dict.fromkeys(keys, 0)
    for row in rows.values("campaign_id", "state_word").annotate(n=Count("pk"), s=Count("signed_at")):
        found[row["campaign_id"]][row["state_word"]] = row["n"]
        signed[row["campaign_id"]] += row["s"]
    return {
        key: Tally({word: n[word] for word in SIGN_ORDER if word in n}, done=signed[key], total=sum(n.values()))
        for key, n in found.items()
    }


@dataclass
class _Pile:
    states: Counter[str] = field(default_factory=Counter)
    on_time: int = 0
    raw: int = 0
    closed: int = 0
    dated: bool = False


def report_tallies(campaign: Campaign, moment: datetime) -> list[tuple[Ask, Tally]]:
    """For each ask, how its obligations stand at a moment (reference/reporting §7: E = in force)."""
    in_time = Q(first_reported_at__lte=F("due_now")) | Q(zero_at__lte=F("due_now"))
    as_issued = Q(first_reported_at__lte=F("due_at")) | Q(zero_at__lte=F("due_at"))
    rows = Obligation.objects.filter(ask__campaign=campaign).with_state(moment)
    piles: dict[int, _Pile] = {}
    grouped = rows.values("ask_id", "state_word").annotate(
        n=Count("pk"), punctual=Count("pk", filter=in_time), raw=Count("pk", filter=as_issued), dated=Count("due_now")
    )
    for row in grouped:
        pile = piles.setdefault(row["ask_id"], _Pile())
        pile.states[row["state_word"]] += row["n"]
        pile.on_time += row["punctual"] if row["state_word"] != "exempt" else 0
        pile.raw += row["raw"] if row["state_word"] != "exempt" else 0
        pile.dated |= row["dated"] > 0
    for gone in closed_before_due(rows, moment):
        pile = piles[gone.ask_id]
        pile.states[str(gone.state_at(moment))] -= 1
        pile.on_time -= int(_was_in_time(gone, gone.extended_to or gone.due_at))
        pile.raw -= int(_was_in_time(gone, gone.due_at))
        pile.closed += 1
    return [(ask, _tally(piles.get(ask.pk, _Pile()))) for ask in campaign.asks.order_by("pk")]


def closed_before_due(rows: ObligationRows, moment: datetime) -> list[Obligation]:
    """Obligations of units that ended before they were due (or, undated, before the moment): out of the set."""
    ended = rows.filter(exempt_at=None).exclude(unit__valid_to=None).select_related("unit", "ask")
    return [row for row in ended if clock.end_of(row.unit.valid_to) < (row.extended_to or row.due_at or moment)]


def _was_in_time(row: Obligation, due: datetime | None) -> bool:
    return due is not None and any(at is not None and at <= due for at in (row.first_reported_at, row.zero_at))


def _tally(pile: _Pile) -> Tally:
    counts = {word: pile.states[word] for word in REPORT_ORDER if word != "exempt" and pile.states[word]}
    return Tally(
        counts,
        done=sum(number for word, number in counts.items() if word in DONE),
        total=sum(counts.values()),
        exempt=pile.states["exempt"],
        closed=pile.closed,
        on_time=pile.on_time if pile.dated else None,
        on_time_raw=pile.raw if pile.dated else None,
    )


# Lists ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Choice:
    """What a list is narrowed to; "" for everything."""

    state: str = ""
    unit_class: str = ""
    county: str = ""
    words: str = ""


def counties(campaign: Campaign) -> list[Unit]:
    """The federations right below the issuing unit: the parts its lists are narrowed by."""
    rows = Unit.objects.filter(parent=campaign.office.unit, unit_class=UnitClass.FEDERATION)
    return list(rows.order_by("path"))


def narrowed(rows: Any, choice: Choice, campaign: Campaign) -> Any:
    """Circulations or obligations (with `state_word`) whose state and unit fit."""
    if choice.state:
        rows = rows.filter(state_word=choice.state)
    if choice.unit_class:
        rows = rows.filter(unit__unit_class=choice.unit_class)
    if choice.words:
        rows = rows.filter(Q(unit__name__contains=choice.words) | Q(unit__short_name__contains=choice.words))
    if choice.county:
        county = Unit.objects.filter(parent=campaign.office.unit, code=choice.county).first()
        if county is None:
            return rows.none()
        low, high = subtree_range(county.path)
        rows = rows.filter(unit__path__gte=low, unit__path__lt=high)
    return rows


def circulation_list(campaign: Campaign, choice: Choice) -> CirculationRows:
    """The circulations of a campaign in the order of the tree, narrowed."""
    rows = campaign.circulations.with_state().select_related("unit").order_by("unit__path")
    return narrowed(rows, choice, campaign)


def obligation_list(campaign: Campaign, choice: Choice, moment: datetime, ask: Ask | None = None) -> ObligationRows:
    """The obligations of a campaign, or of one of its asks, in the order of the tree, narrowed."""
    rows = Obligation.objects.filter(ask__campaign=campaign).with_state(moment)
    if ask is not None:
        rows = rows.filter(ask=ask)
    rows = rows.select_related("unit", "ask", "proxy_unit").order_by("unit__path", "ask_id")
    return narrowed(rows, choice, campaign)


def first_contacts(units: Iterable[int]) -> dict[int, Contact]:
    """Unit → whom to telephone first, among those with a duty phone."""
    rows = Contact.objects.filter(unit_id__in=list(units)).exclude(phone="").order_by("unit_id", "-position")
    return {row.unit_id: row for row in rows}


def messages_about(circulations: Iterable[Circulation]) -> dict[str, list[OutMessage]]:
    """Code of a circulation → its e-mails, newest first."""
    codes = [row.code for row in circulations]
    rows = OutMessage.objects.filter(about_kind="circulation", about_code__in=codes).order_by("-pk")
    found: dict[str, list[OutMessage]] = {code: [] for code in codes}
    for row in rows.defer("body_sealed", "subject_sealed"):
        found[row.about_code].append(row)
    return found


# Who must be telephoned -----------------------------------------------------------------------------------------------


def sign_is_overdue(campaign: Campaign, moment: datetime) -> bool:
    """Has the date for signing passed? Without a confirmed one it never does."""
    confirmed = dues.counts(campaign.sign_due_origin)
    return confirmed and campaign.sign_due_at is not None and campaign.sign_due_at <= moment


def unsigned_to_phone(campaign: Campaign, moment: datetime) -> CirculationRows:
    """Unsigned two working days past the date, or out of reach of mail: a person telephones (reference/reporting §7)."""
    rows = campaign.circulations.with_state().filter(signed_at=None, sent_back_at=None).select_related("unit")
    due = campaign.sign_due_at
    if due is None or not sign_is_overdue(campaign, moment) or ladder.sign_rung(due, moment) < ladder.SIGN_TWO:
        rows = rows.exclude(undeliverable_at=None)
    return rows.order_by("unit__path")


def reports_to_phone(campaign: Campaign, moment: datetime) -> ObligationRows:
    """Long overdue: no further mail, a person telephones (reference/reporting §7)."""
    rows = Obligation.objects.filter(ask__campaign=campaign, exempt_at=None, sent_back=0, returns=0, zero_at=None)
    late = rows.annotate(due_now=Coalesce("extended_to", "due_at")).filter(due_now__lte=moment - LONG)
    return late.select_related("unit", "ask").order_by("due_now", "unit__path")


# One copy, one unit -------------------------------------------------------------------------------------------------------------


def copy_seen(actor: Any, code: str) -> Circulation | None:
    """The circulation with this code if the actor may see it and it was issued; with its campaign, office and unit."""
    rows = Circulation.objects.visible_to(actor).exclude(campaign__state="draft")
    return (
        rows.select_related(
            "campaign__office__unit",
            "campaign__notice__file",
            "campaign__passes_on__campaign__office__unit",
            "campaign__passes_on__campaign__notice__file",
            "proxy_unit",
            "unit",
        )
        .filter(code=code)
        .first()
    )


def copies_received(unit: Unit) -> list[Circulation]:
    """Every notice this unit was sent, newest first."""
    rows = Circulation.objects.filter(unit=unit).exclude(campaign__state="draft").with_state()
    return list(rows.select_related("campaign__office__unit").order_by("-campaign__issued_at"))


CLASS_WORDS: dict[str, tuple[str, ...]] = {
    UnitClass.FEDERATION: ("城乡社区", "家庭", "农村", "社区", "姐妹", "妇女之家"),
    UnitClass.COMMITTEE: ("机关", "岗位", "女职工", "干部"),
    UnitClass.ENTERPRISE: ("企业", "女职工", "岗位", "医", "校", "职工"),
    UnitClass.HOME: ("妇女之家", "社区", "家庭", "儿童", "邻里"),
    UnitClass.NEW_ORG: ("新经济组织", "新社会组织", "女职工", "志愿"),
    UnitClass.OUTSIDE: (),
}


@dataclass(frozen=True)
class Fitting:
    """Clauses a unit may hold an activity under: those proposed for its kind first. A proposal, never a duty."""

    proposed: list[Any]
    others: list[Any]


def fitting_clauses(campaign: Campaign, unit: Unit, most: int = 3) -> Fitting:
    """The measures of a campaign for one unit, best fitting first by words of its class and name."""
    rows = campaign.clauses.filter(kind="measure").exclude(reach="issuer").order_by("position")
    rows = rows.select_related("source__campaign__office__unit")
    scored = [(_fit(clause, unit), clause) for clause in rows]
    best = sorted((pair for pair in scored if pair[0]), key=lambda pair: -pair[0])[:most]
    chosen = {clause.pk for _, clause in best}
    ordered = [clause for _, clause in scored]
    return Fitting([c for c in ordered if c.pk in chosen], [c for c in ordered if c.pk not in chosen])


def _fit(clause: Any, unit: Unit) -> int:
    text = "".join([clause.heading, clause.sentence, *clause.venues, *clause.groups])
    words = CLASS_WORDS.get(unit.unit_class, ())
    own = [word for word in ("医", "校", "教育", "公安", "法院", "文") if word in unit.name and word in text]
    return sum(word in text for word in words) + 2 * len(own)


def unit_obligations(unit: Unit, moment: datetime, campaign: Campaign | None = None) -> list[Obligation]:
    """Everything this unit is asked to report, what waits first; with `state_word`."""
    rows = Obligation.objects.filter(unit=unit, ask__campaign__state__in=["issued", "closed"]).with_state(moment)
    if campaign is not None:
        rows = rows.filter(ask__campaign=campaign)
    found = list(rows.select_related("ask__campaign", "unit").order_by("ask__campaign_id", "ask_id"))
    return sorted(found, key=urgency_of)


URGENCY = ("long_overdue", "overdue", "sent_back", "near_due", "extended", "not_due", "open_ended", "reported")


def urgency_of(row: Any) -> int:
    """Where an obligation (with `state_word`) stands in a list that begins with what waits longest."""
    return URGENCY.index(row.state_word) if row.state_word in URGENCY else len(URGENCY)


def label_of(word: str, kind: str) -> str:
    """The shown name of a state word."""
    return str((CirculationState if kind == "circulation" else ObligationState)(word).label)
