"""Gathering everything a summary rests on into one value that never changes: obligations, returns, own events, figures.

The value is plain JSON: codes, words, numbers and ISO dates. The builder reads nothing else.
"""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q

from jinguo.activities.models import Activity
from jinguo.activities.models.activity import ActivityState
from jinguo.activities.models.attendance import Exactness
from jinguo.activities.queries import records_of
from jinguo.campaigns.models import Campaign, Obligation
from jinguo.campaigns.models.campaign import ClauseKind
from jinguo.campaigns.models.obligation import AskKind
from jinguo.campaigns.queries.groups import Group
from jinguo.federation.models import Unit
from jinguo.lib import clock
from jinguo.reports import metrics
from jinguo.reports.models import Apart, Return, ReturnClause, ReturnVersion
from jinguo.reports.queries.coverage import asked_clauses, coverage_of
from jinguo.reports.queries.deeds import Register, register_of
from jinguo.reports.queries.rates import Duty, rates_of
from jinguo.reports.sheet import ABOUTS, NUMBERS
from jinguo.reports.understanding.private import masked

SCHEMA = 1
TEXTS = ("title", "place", "cohosts", "kind", "summary", "body", "story", "difficulties")


def freeze(campaign: Campaign, at: datetime) -> dict[str, Any]:
    """Everything about a campaign as it is now, said to be at `at`. Call it inside a transaction."""
    matrix = coverage_of(campaign)
    duties = list(
        Obligation.objects.filter(ask__campaign=campaign).select_related("unit", "ask").order_by("unit__path", "ask_id")
    )
    apart = set(Apart.objects.filter(first__campaign=campaign).values_list("second_id", flat=True))
    returns = [_return(row, apart) for row in _standing(campaign)]
    asks = list(campaign.asks.order_by("pk"))
    open_ended = {ask.code for ask in asks if ask.kind == AskKind.EACH_ACTIVITY}
    counted = [row for row in returns if row["ask"] in open_ended or not open_ended]
    scope = metrics.Scope(campaign, counted)
    return {
        "schema": SCHEMA,
        "at": at.isoformat(),
        "campaign": _campaign(campaign),
        "clauses": [_clause(clause) for clause in campaign.clauses.order_by("position")],
        "asked": [clause.code for clause in asked_clauses(campaign)],
        "asks": [{"code": ask.code, "kind": ask.kind, "title": ask.title} for ask in asks],
        "groups": [{"code": group.code, "name": group.name} for group in matrix.groups],
        "units": {duty.unit.code: _unit(duty.unit, matrix.groups) for duty in duties},
        "obligations": [_obligation(duty, at) for duty in duties],
        "returns": returns,
        "counted": [row["code"] for row in counted],
        "own_events": _own_events(campaign),
        "figures": [asdict(figure(scope)) for _name, figure in metrics.figures],
        "deeds": _deeds(register_of(campaign)),
        "coverage": _coverage(matrix),
        "rates": {ask.code: _rates([duty for duty in duties if duty.ask_id == ask.pk], at) for ask in asks},
    }


def _campaign(campaign: Campaign) -> dict[str, Any]:
    office = campaign.office
    return {
        "code": campaign.code,
        "title": campaign.title,
        "doc_number": campaign.doc_number,
        "theme": campaign.theme,
        "issued_on": clock.local(campaign.issued_at).date().isoformat() if campaign.issued_at else None,
        "office": office.unit.name,
        "office_short": office.unit.short_name or office.unit.name,
        "department": office.department,
    }


def _clause(clause: Any) -> dict[str, Any]:
    plain = {name: getattr(clause, name) for name in ("code", "number", "kind", "heading", "sentence", "reach")}
    return plain | {
        "event_on": clause.event_on.isoformat() if clause.event_on else None,
        "event_words": clause.event_words,
    }


def _unit(unit: Unit, groups: list[Group]) -> dict[str, str]:
    return {"name": unit.name, "short": unit.short_name or unit.name, "group": group_of(unit, groups)}


def group_of(unit: Unit, groups: list[Group]) -> str:
    """The code of the part a unit stands in: its county, else its class."""
    for group in groups:
        if group.is_county and any(low <= unit.path < high for low, high in group.paths):
            return group.code
    return unit.unit_class


def _obligation(duty: Obligation, at: datetime) -> dict[str, Any]:
    due = duty.extended_to or duty.due_at
    first = _first(duty)
    return {
        "code": duty.code,
        "ask": duty.ask.code,
        "unit": duty.unit.code,
        "state": str(duty.state_at(at).label),
        "out": _why_out(duty, due or at),
        "due": due.isoformat() if due else None,
        "first": first.isoformat() if first else None,
        "returns": duty.returns,
        "accepted": duty.accepted,
        "zero": duty.zero_reason if duty.zero_at and not duty.returns else "",
    }


def _first(duty: Obligation) -> datetime | None:
    """When the unit first answered: with a return or with a zero report."""
    return min((moment for moment in (duty.first_reported_at, duty.zero_at) if moment), default=None)


def _why_out(duty: Obligation, due: datetime) -> str:
    """Why an obligation is not in force: `exempt`, `closed` (the unit ended or was merged before it was due), or ""."""
    if duty.exempt_at:
        return "exempt"
    ended = duty.unit.valid_to
    return "closed" if ended and clock.end_of(ended) < due else ""


def _rates(duties: Iterable[Obligation], at: datetime) -> dict[str, Any]:
    facts = []
    for duty in duties:
        due = duty.extended_to or duty.due_at
        out = bool(_why_out(duty, due or at))
        facts.append(Duty(not out, duty.returns > 0, duty.zero_at is not None, due, _first(duty)))
    return {name: [ratio.part, ratio.whole] for name, ratio in vars(rates_of(facts)).items()}


def _standing(campaign: Campaign) -> Any:
    versions = ReturnVersion.objects.exclude(sent_at=None).order_by("number")
    links = Prefetch("clause_links", ReturnClause.objects.select_related("clause").order_by("clause__position"))
    versions = versions.prefetch_related(links, "photo_links")
    rows = Return.objects.standing().filter(campaign=campaign)
    rows = rows.select_related("unit", "obligation__ask", "activity", "joint")
    return rows.prefetch_related(Prefetch("versions", versions)).order_by("unit__path", "first_sent_at", "pk")


def _return(given: Return, apart: set[int]) -> dict[str, Any]:
    used = [version for version in given.versions.all() if version.pk in (given.current_id, given.accepted_id)]
    number = {version.pk: version.number for version in used}
    return {
        "code": given.code,
        "ask": given.obligation.ask.code,
        "unit": given.unit.code,
        "activity": given.activity.code if given.activity else "",
        "state": str(given.get_state_display()),
        "joint": given.joint.code if given.joint else "",
        "apart": given.pk in apart,
        "claimed": number[given.current_id],
        "confirmed": number.get(given.accepted_id),
        "versions": {str(version.number): _version(version) for version in used},
    }


def _version(version: ReturnVersion) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(version, name) for name in (*NUMBERS, *ABOUTS)}
    values |= {
        name: masked(getattr(version, name)) for name in TEXTS
    }  # papers quote it: no number, no name of the helped
    return values | {
        "held_on": version.held_on.isoformat() if version.held_on else None,
        "clauses": [link.clause.code for link in version.clause_links.all()],
        "photos": len(version.photo_links.all()),
        "sent_at": version.sent_at.isoformat() if version.sent_at else None,
    }


def _own_events(campaign: Campaign) -> dict[str, list[dict[str, Any]]]:
    """Own-event clause → the issuer's activities under it, drafts left out."""
    own = Q(unit=campaign.office.unit, clause_links__clause__campaign=campaign)
    rows = Activity.objects.filter(own, clause_links__clause__kind=ClauseKind.OWN_EVENT).distinct()
    held = list(rows.exclude(state=ActivityState.DRAFT).exclude(sessions=None).order_by("pk"))
    reasons = {activity.code: activity.cancel_reason for activity in held}
    found: dict[str, list[dict[str, Any]]] = {}
    for record in records_of(held):
        for clause in record.clauses:
            if clause.kind == ClauseKind.OWN_EVENT:
                found.setdefault(clause.code, []).append(_event(record) | {"reason": reasons[record.code]})
    return found


def _event(record: Any) -> dict[str, Any]:
    plain = {name: getattr(record, name) for name in ("code", "title", "place", "on_site", "women", "online")}
    about = record.exactness == Exactness.ABOUT
    days = {"first_day": record.first_day.isoformat(), "last_day": record.last_day.isoformat()}
    return plain | days | {"state": str(record.state), "about": about}


def _deeds(register: Register) -> dict[str, Any]:
    """The register as it may be shown: named deeds one by one, sensitive groups as counts with the small ones hidden (None)."""
    listed = [
        {
            "code": deed.code, "return": deed.given.code, "version": deed.version.number, "kind": deed.kind,
            "title": deed.title, "result": deed.result, "for_whom": deed.for_whom, "benefited": deed.benefited,
            "about": deed.about, "counted_in": deed.counted_in, "counts": deed.pk not in register.twice,
        }
        for deed in register.listed
    ]  # fmt: skip
    groups = [{"for_whom": group.code, "deeds": group.deeds} for group in register.groups]
    return {"listed": listed, "groups": groups, "groups_total": register.total}


def _coverage(matrix: Any) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {clause.code: {} for clause in matrix.clauses}
    for clause, cells in matrix.rows:
        found[clause.code] = {group.code: cell.count for group, cell in cells if cell.count}
    return found
