"""Whom the ladder reminds now, and of what; whom a person telephones."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from jinguo.campaigns import dues, ladder
from jinguo.campaigns.models import Call, Campaign, Circulation, Digest, ExtensionRequest, Nudge, Obligation, Step
from jinguo.campaigns.models.campaign import CampaignState
from jinguo.campaigns.models.obligation import ObligationRows
from jinguo.campaigns.models.reminding import StepKind
from jinguo.campaigns.queries.circulation import in_being
from jinguo.federation import policy
from jinguo.federation.models import Contact
from jinguo.federation.models.unit import MailAddress
from jinguo.lib import clock
from jinguo.messages.queries import offices_that_text
from jinguo.workdays.queries import next_quiet_end

UNANSWERED = Q(exempt_at=None, returns=0, zero_at=None)
UNSIGNED = Q(signed_at=None, sent_back_at=None)
LATEST_SIGN = timedelta(days=60)  # a sign-for date longer past has had its say


@dataclass(frozen=True)
class Line:
    """One thing a digest says: `thing` is a circulation (sign) or an obligation (report), `rank` its rung."""

    kind: str
    thing: Any
    due_at: datetime | None
    rank: int

    def is_late(self, moment: datetime) -> bool:
        """Has its due instant passed? What has none is never late."""
        return self.due_at is not None and self.due_at <= moment

    @property
    def campaign(self) -> Campaign:
        return self.thing.campaign if self.kind == StepKind.SIGN else self.thing.ask.campaign


def _rank_of(moment: datetime) -> Case:
    """The rung an obligation has reached, in SQL: the same bounds as `ladder.report_rung`."""
    steps = [
        When(due_now__lte=ladder.latest_due(rank, moment), then=Value(rank))
        for rank in (ladder.CALL, *reversed(ladder.MAILED))
    ]
    return Case(*steps, default=Value(0), output_field=IntegerField())


def _said(kind: str) -> Exists:
    """Rows of which this rung or a higher one was said under the same due instant."""
    return Exists(
        Step.objects.filter(kind=kind, thing=OuterRef("pk"), due_at=OuterRef("due_now"), rank__gte=OuterRef("rank"))
    )


def in_reach(office: str) -> Q:
    """Rows whose unit can be written to: it has an address, or a mobile and the office (the field named) a gateway."""
    mail = Q(Exists(MailAddress.objects.filter(unit=OuterRef("unit"))))
    mobile = Contact.objects.filter(unit=OuterRef("unit")).exclude(mobile_sealed="")
    return mail | (Q(Exists(mobile)) & Q(**{f"{office}__in": offices_that_text().values("pk")}))


def reports_to_remind(moment: datetime) -> ObligationRows:
    """Obligations with a rung to say: dated, unanswered, of a unit in being, no request for more time waiting."""
    asked = ExtensionRequest.objects.waiting().filter(obligation=OuterRef("pk"))
    rows = Obligation.objects.filter(
        UNANSWERED,
        in_being(clock.local(moment).date()),
        ask__campaign__state=CampaignState.ISSUED,
        ask__campaign__issued_at__lte=moment - ladder.FRESH,
    ).annotate(due_now=Coalesce("extended_to", "due_at"))
    rows = (
        rows.filter(due_now__lte=ladder.latest_due(ladder.BEFORE, moment))
        .exclude(due_now=None)
        .annotate(rank=_rank_of(moment))
    )
    return rows.filter(rank__in=ladder.MAILED).exclude(Exists(asked)).exclude(_said(StepKind.REPORT))


def copies_to_remind(moment: datetime) -> QuerySet[Circulation]:
    """Unsigned circulations with a rung to say."""
    since = moment - LATEST_SIGN
    dated = Campaign.objects.filter(
        state=CampaignState.ISSUED, sign_due_origin__in=dues.DRIVES, sign_due_at__lt=moment, sign_due_at__gt=since,
        issued_at__lte=moment - ladder.FRESH,
    )  # fmt: skip
    reached = {
        campaign.pk: ladder.sign_rung(campaign.sign_due_at, moment) for campaign in dated if campaign.sign_due_at
    }
    steps = [When(campaign_id=key, then=Value(rank)) for key, rank in reached.items() if rank]
    rank = Case(*steps, default=Value(0), output_field=IntegerField())
    rows = Circulation.objects.filter(UNSIGNED, in_being(clock.local(moment).date()), campaign__in=[*reached])
    rows = rows.annotate(due_now=Coalesce("campaign__sign_due_at", "campaign__sign_due_at"), rank=rank)
    return rows.filter(rank__gt=0).exclude(_said(StepKind.SIGN))


def units_to_remind(moment: datetime, most: int) -> list[int]:
    """Up to `most` units with something to say, a way to say it, and no digest yet today."""
    day = clock.local(moment).date()
    told = Digest.objects.filter(unit=OuterRef("unit"), day=day)
    found: list[int] = []
    piles = ((copies_to_remind(moment), "campaign__office"), (reports_to_remind(moment), "ask__campaign__office"))
    for rows, office in piles:
        open_rows = rows.filter(in_reach(office)).exclude(Exists(told)).order_by("unit_id")
        found += open_rows.values_list("unit_id", flat=True).distinct()[:most]
    return list(dict.fromkeys(found))[:most]


def lines_for(unit: int, moment: datetime) -> list[Line]:
    """What one unit's digest says, what is latest first."""
    copies = copies_to_remind(moment).filter(unit=unit).select_related("campaign__office__unit", "unit")
    duties = reports_to_remind(moment).filter(unit=unit).select_related("ask__campaign__office__unit", "unit")
    lines = [Line(StepKind.SIGN, row, row.due_now, row.rank) for row in copies]
    lines += [Line(StepKind.REPORT, row, row.due_now, row.rank) for row in duties]
    return sorted(lines, key=lambda line: (line.due_at or moment, line.kind, line.thing.pk))


def open_lines(copy: Circulation, moment: datetime) -> list[Line]:
    """What a nudge by hand may say about one copy: signing while it is open, and dated reports that are near or late."""
    campaign, lines = copy.campaign, []
    dated = campaign.sign_due_at if dues.counts(campaign.sign_due_origin) else None
    if not copy.signed_at and not copy.sent_back_at:
        lines.append(Line(StepKind.SIGN, copy, dated, 0))
    rows = Obligation.objects.filter(UNANSWERED, unit=copy.unit, ask__campaign=campaign)
    rows = rows.annotate(due_now=Coalesce("extended_to", "due_at")).select_related("ask__campaign__office__unit")
    with_due = rows.exclude(due_now=None).order_by("due_now", "pk")
    return lines + [
        Line(StepKind.REPORT, row, row.due_now, ladder.report_rung(row.due_now, moment)) for row in with_due
    ]


# The telephone list -----------------------------------------------------------------------------------------------------


@dataclass
class PhoneRow:
    """One unit to telephone about one notice: why, whom, what was tried."""

    copy: Circulation
    late: list[tuple[Obligation, str]] = field(default_factory=list)  # with the shown state
    contacts: list[Contact] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    nudged: bool = False

    @property
    def unsigned(self) -> bool:
        return not self.copy.signed_at and not self.copy.sent_back_at


def late_for_phone(moment: datetime) -> ObligationRows:
    """Obligations beyond mail: long overdue, or overdue in a unit that cannot be written to."""
    rows = Obligation.objects.filter(UNANSWERED, in_being(clock.local(moment).date()))
    rows = rows.annotate(due_now=Coalesce("extended_to", "due_at"))
    return rows.filter(
        Q(due_now__lte=ladder.latest_due(ladder.CALL, moment))
        | (Q(due_now__lte=moment) & ~in_reach("ask__campaign__office"))
    )


def signing_by_phone(moment: datetime) -> Q:
    """Copies of notices whose unsigned units are telephoned: two working days past the day to sign by."""
    latest = ladder.latest_sign_due(ladder.SIGN_TWO, moment)
    return Q(campaign__sign_due_at__lte=latest, campaign__sign_due_origin__in=dues.DRIVES)


def copies_to_phone(actor: Any, moment: datetime, campaign: str = "", what: str = "") -> QuerySet[Circulation]:
    """The copies whose units this actor telephones: her own office's, or of units below her federation. What a unit below
    passes on to others is that unit's to follow.

    Args:
        campaign: code of the one they are narrowed to; "" for every one.
        what: sign for those not signed for, report for those not reported; "" for both.
    """
    rows = Circulation.objects.filter(
        policy.sight(actor, "circulation.assign") | policy.sight(actor, "circulation.assign", "campaign__office__unit"),
        Q(campaign__passes_on=None) | policy.sight(actor, "campaign.view", "campaign__office__unit"),
        in_being(clock.local(moment).date()),
        campaign__state=CampaignState.ISSUED,
    )
    if campaign:
        rows = rows.filter(campaign__code=campaign)
    late = late_for_phone(moment).filter(ask__campaign=OuterRef("campaign"), unit=OuterRef("unit"))
    unsigned = UNSIGNED & (signing_by_phone(moment) | ~Q(undeliverable_at=None))
    wanted: dict[str, Any] = {"sign": unsigned, "report": Exists(late)}
    rows = rows.filter(wanted.get(what) or (unsigned | Exists(late)))
    return rows.select_related("campaign__office__unit", "unit").order_by("-campaign__issued_at", "unit__path")


def phone_rows(copies: Iterable[Circulation], moment: datetime) -> list[PhoneRow]:
    """The copies of one page with their reasons, numbers and calls; four queries whatever their number."""
    rows = [PhoneRow(copy) for copy in copies]
    by_pair = {(row.copy.campaign_id, row.copy.unit_id): row for row in rows}
    units = {row.copy.unit_id for row in rows}
    campaigns = {row.copy.campaign_id for row in rows}
    late = late_for_phone(moment).filter(unit__in=units, ask__campaign__in=campaigns).select_related("ask")
    for duty in late.order_by("due_now"):
        if (duty.ask.campaign_id, duty.unit_id) in by_pair:
            by_pair[duty.ask.campaign_id, duty.unit_id].late.append((duty, duty.state_at(moment).label))
    contacts: dict[int, list[Contact]] = {}
    for contact in Contact.objects.filter(unit__in=units).order_by("unit", "position"):
        contacts.setdefault(contact.unit_id, []).append(contact)
    by_copy = {row.copy.pk: row for row in rows}
    for call in Call.objects.filter(circulation__in=by_copy):
        by_copy[call.circulation_id].calls.append(call)
    day = clock.local(next_quiet_end(moment)).date()
    nudged = set(Nudge.objects.filter(circulation__unit__in=units, day=day).values_list("circulation__unit", flat=True))
    for row in rows:
        row.contacts = contacts.get(row.copy.unit_id, [])
        row.nudged = row.copy.unit_id in nudged
    return rows
