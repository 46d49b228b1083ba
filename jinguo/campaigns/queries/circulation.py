"""Reads about circulations and obligations: the figures of the board, its lists, and what one unit has to do.

States are counted in SQL by the same words as the models' properties; a property test holds the two together.
Rates are sets over obligations (DESIGN §2.3): nobody counts twice, so none exceeds 100 %.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from jinguo.campaigns import dues, ladder
from jinguo.campaigns.models import Ask, Campaign, Circulation, ExtensionRequest, Obligation
from jinguo.campaigns.models.circulation import CirculationRows, CirculationState
from jinguo.campaigns.models.obligation import ObligationRows, ObligationState, in_time
from jinguo.campaigns.models.settled import WAITING
from jinguo.campaigns.queries.counting import Pile, counted, ended_days
from jinguo.campaigns.queries.groups import groups_of
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
        exempt, closed: how many were taken out of the set, and why. sent: all of them.
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

    @property
    def sent(self) -> int:
        return self.total + self.exempt + self.closed


def percent(part: int, whole: int) -> str:
    """A share as people read it; an empty whole has none."""
    return f"{part / whole * 100:.1f}%" if whole else "—"


def sign_tally(campaign: Campaign) -> Tally:
    """How the circulations of a campaign stand, and how many were signed for."""
    return sign_tallies([campaign.pk])[campaign.pk]


def sign_tallies(campaigns: Iterable[int]) -> dict[int, Tally]:
    """The same for several campaigns at once, by their row numbers. A merged or closed unit that had not signed is not missing."""
    keys = list(campaigns)
    rows = Circulation.objects.filter(campaign_id__in=keys).with_state(clock.today())
    found: dict[int, dict[str, int]] = {key: {} for key in keys}
    signed = dict.fromkeys(keys, 0)
    for row in rows.values("campaign_id", "state_word").annotate(n=Count("pk"), s=Count("signed_at")):
        found[row["campaign_id"]][row["state_word"]] = row["n"]
        signed[row["campaign_id"]] += row["s"]
    return {key: signs_tally(n, signed[key]) for key, n in found.items()}


def signs_tally(copies: dict[str, int], signed: int) -> Tally:
    """Copies by their state words, and how many of them were signed for."""
    counts = {word: copies[word] for word in SIGN_ORDER if word in copies}
    return Tally(counts, done=signed, total=sum(counts.values()), closed=copies.get("closed", 0))


def report_tallies(campaign: Campaign, moment: datetime) -> list[tuple[Ask, Tally]]:
    """For each ask, how its obligations stand at a moment (reference/reporting §7: E = in force)."""
    piles = counted(campaign, moment).by_ask()
    return [(ask, tally_of(piles[ask.pk])) for ask in campaign.asks.order_by("pk")]


def tally_of(pile: Pile) -> Tally:
    """The figures of one pile."""
    counts = {word: pile.states[word] for word in REPORT_ORDER if word != "exempt" and pile.states[word]}
    return Tally(
        counts,
        done=sum(number for word, number in counts.items() if word in DONE),
        total=sum(counts.values()),
        exempt=pile.states["exempt"],
        closed=pile.states["closed"],
        on_time=pile.on_time if pile.dated else None,
        on_time_raw=pile.raw if pile.dated else None,
    )


# Lists ----------------------------------------------------------------------------------------------------------------

SIGN_SUMS = ("all_signed", "unsigned", "in_force", "to_phone")
REPORT_SUMS = ("done", "in_force", "late", "on_time", "asked", "closed")


@dataclass(frozen=True)
class Choice:
    """What a list is narrowed to; "" for everything.

    Attributes:
        state: a state word, or a figure of the board that sums several (SIGN_SUMS, REPORT_SUMS): a figure and the list it
            opens are the same set.
        place: the code of a unit, for it and all below it, or of a part of the city (`groups`).
    """

    state: str = ""
    unit_class: str = ""
    place: str = ""
    words: str = ""


def narrowed(rows: Any, choice: Choice, campaign: Campaign) -> Any:
    """Circulations or obligations whose unit fits."""
    if choice.unit_class:
        rows = rows.filter(unit__unit_class=choice.unit_class)
    if choice.words:
        rows = rows.filter(Q(unit__name__contains=choice.words) | Q(unit__short_name__contains=choice.words))
    if not choice.place:
        return rows
    if choice.place in UnitClass.values:
        group = next((one for one in groups_of(campaign) if one.code == choice.place), None)
        return rows.filter(group.holds("unit__")) if group else rows.none()
    place = Unit.objects.under(campaign.office.unit, itself=True).filter(code=choice.place).first()
    if place is None:
        return rows.none()
    low, high = subtree_range(place.path)
    return rows.filter(unit__path__gte=low, unit__path__lt=high)


def places_to_choose(campaign: Campaign, chosen: str) -> list[tuple[str, str]]:
    """The parts lists are narrowed by, as (code, name), and the place that is chosen now where it is none of them."""
    parts = [(group.code, group.name) for group in groups_of(campaign)]
    if not chosen or chosen in dict(parts):
        return parts
    place = Unit.objects.under(campaign.office.unit, itself=True).filter(code=chosen).first()
    return [*parts, (chosen, str(place))] if place else parts


def circulation_list(campaign: Campaign, choice: Choice, moment: datetime | None = None) -> CirculationRows:
    """The circulations of a campaign in the order of the tree, narrowed."""
    today = clock.local(moment or clock.now()).date()
    rows = campaign.circulations.with_state(today).select_related("unit").order_by("unit__path")
    if choice.state == "all_signed":
        rows = rows.exclude(signed_at=None)
    elif choice.state == "unsigned":
        rows = rows.filter(signed_at=None).exclude(state_word="closed")
    elif choice.state == "in_force":
        rows = rows.exclude(state_word="closed")
    elif choice.state == "to_phone":
        rows = unsigned_to_phone(campaign, moment or clock.now())
    elif choice.state:
        rows = rows.filter(state_word=choice.state)
    return narrowed(rows, choice, campaign)


def obligation_list(campaign: Campaign, choice: Choice, moment: datetime, ask: Ask | None = None) -> ObligationRows:
    """The obligations of a campaign, or of one of its asks, in the order of the tree, narrowed."""
    rows = Obligation.objects.filter(ask=ask) if ask is not None else Obligation.objects.filter(ask__campaign=campaign)
    rows = rows.with_state(moment, ended_days(campaign))
    rows = rows.select_related("unit", "ask", "proxy_unit").order_by("unit__path", "ask_id")
    return narrowed(_of_state(rows, choice.state), choice, campaign)


def _of_state(rows: ObligationRows, state: str) -> ObligationRows:
    """Those of one state, or of one figure of the board."""
    in_force = rows.exclude(state_word__in=["exempt", "closed"])
    match state:
        case "":
            return rows
        case "in_force":
            return in_force
        case "done":
            return rows.filter(state_word__in=DONE)
        case "late":
            return rows.filter(state_word__in=["overdue", "long_overdue"])
        case "on_time":
            return in_force.filter(in_time("due_now"))
        case "asked":
            return rows.filter(pk__in=ExtensionRequest.objects.waiting().values("obligation"))
        case _:
            return rows.filter(state_word=state)


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


def in_being(day: date) -> Q:
    """Rows whose unit has not ended before this day: nobody writes to or telephones one that has."""
    return Q(unit__valid_to=None) | Q(unit__valid_to__gte=day)


def to_be_signed(campaign: Campaign) -> CirculationRows:
    """The copies one may still hand out on paper: nobody has signed, and the unit is in being."""
    rows: CirculationRows = campaign.circulations.filter(in_being(clock.today()), signed_at=None)
    return rows.order_by("unit__path", "pk")


# Who must be telephoned -----------------------------------------------------------------------------------------------


def sign_is_overdue(campaign: Campaign, moment: datetime) -> bool:
    """Has the date for signing passed? Without a confirmed one it never does."""
    confirmed = dues.counts(campaign.sign_due_origin)
    return confirmed and campaign.sign_due_at is not None and campaign.sign_due_at <= moment


def unsigned_to_phone(campaign: Campaign, moment: datetime) -> CirculationRows:
    """Unsigned two working days past the date, or out of reach of mail: a person telephones (reference/reporting §7)."""
    rows = campaign.circulations.with_state().filter(
        in_being(clock.local(moment).date()), signed_at=None, sent_back_at=None
    )
    rows = rows.select_related("unit")
    due = campaign.sign_due_at
    if due is None or not sign_is_overdue(campaign, moment) or ladder.sign_rung(due, moment) < ladder.SIGN_TWO:
        rows = rows.exclude(undeliverable_at=None)
    return rows.order_by("unit__path")


def reports_to_phone(campaign: Campaign, moment: datetime, ended: list[date] | None = None) -> ObligationRows:
    """Long overdue: no further mail, a person telephones (reference/reporting §7)."""
    days = ended_days(campaign) if ended is None else ended
    rows = Obligation.objects.filter(ask__in=campaign.asks.all(), settled__gte=WAITING)
    return rows.long_overdue(moment, days).order_by("due_now", "unit__path")


def longest_silent(
    campaign: Campaign, moment: datetime, most: int, ended: list[date] | None = None
) -> list[Obligation]:
    """The first of `reports_to_phone`, with unit and ask. Chosen by number before anything else of them is read: thousands
    may wait, and a page shows ten."""
    late = reports_to_phone(campaign, moment, ended).order_by("due_now", "pk")
    chosen = list(late.values_list("pk", flat=True)[:most])
    rows = Obligation.objects.filter(pk__in=chosen).select_related("unit", "ask")
    return list(rows.annotate(due_now=Coalesce("extended_to", "due_at")).order_by("due_now", "pk"))


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
    """Everything this unit is asked to report, what waits first; with `state_word`, `closed` for what its end settled."""
    rows = Obligation.objects.filter(unit=unit, ask__campaign__state__in=["issued", "closed"])
    rows = rows.with_state(moment, [unit.valid_to] if unit.valid_to else [])
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


def whole_text(campaign: Campaign) -> str:
    """The notice's text as it was read; below a covering sentence the superior's."""
    text = _text(campaign)
    if campaign.unchanged and campaign.passes_on is not None:
        text += "\n" + _text(campaign.passes_on.campaign)
    return text


def _text(campaign: Campaign) -> str:
    newest = campaign.notice.readings.order_by("-made_at", "-pk").first()
    return newest.raw_text if newest else ""
