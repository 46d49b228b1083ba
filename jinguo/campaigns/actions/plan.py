"""A confirmed notice becomes a plan: campaign, clauses, asks, addressees; who leads a clause; taking the plan back."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jinguo.campaigns.models import Addressee, AddresseeUnit, Ask, Campaign, Clause
from jinguo.campaigns.models.campaign import CampaignState, ClauseKind, DueOrigin, Reach
from jinguo.campaigns.models.obligation import AskKind
from jinguo.campaigns.recipients import resolve
from jinguo.campaigns.rules import plan as rules
from jinguo.journal import actions as journal
from jinguo.lib import clock, ids
from jinguo.lib.errors import Stale
from jinguo.lib.hold import differing, hold
from jinguo.lib.rulings import require
from jinguo.notices.actions.state import hold_open, mark_planned, reopen_notice
from jinguo.notices.models import Item, ItemKind, Notice, Question
from jinguo.notices.queries.desk import answers_of, progress_of
from jinguo.notices.questions import Answers, due_of, instant_of
from jinguo.notices.rules import may_decide, may_publish


def make_campaign(notice: Notice, *, by: journal.Actor) -> Campaign:
    """Publish the confirmed items as a draft campaign. Asked twice it gives the one already made.

    Raises:
        Refused: something is not settled yet; the sentence says what.
    """
    made = Campaign.objects.filter(notice=notice).first()
    if made is not None:
        return made
    require(may_decide(notice, by))
    try:
        return _make(notice, by)
    except Stale:  # the same press a moment earlier
        made = Campaign.objects.filter(notice=notice).first()
        if made is None:
            raise
        return made


def _make(notice: Notice, by: journal.Actor) -> Campaign:
    with transaction.atomic():
        hold_open(notice)  # from here on nobody decides about it
        require(may_publish(notice, by, progress_of(notice)))
        answers, _seen = answers_of(notice)
        items = list(notice.items.settled())
        campaign = _open_campaign(notice, items, answers)
        Clause.objects.bulk_create(_clause(campaign, item) for item in items if item.kind in ClauseKind.values)
        Ask.objects.bulk_create(_ask(campaign, item, answers) for item in items if item.kind == ItemKind.REPORT_DUTY)
        _address(campaign, [item for item in items if item.kind == ItemKind.RECIPIENT])
        mark_planned(notice, by=by)
        journal.record(
            "campaign.make", by=by, kind="campaign", code=campaign.code, owner=notice.office.unit.code,
            notice=notice.code, items=len(items),
        )  # fmt: skip
    return campaign


def _open_campaign(notice: Notice, items: list[Item], answers: Answers) -> Campaign:
    theme = next((item.title for item in items if item.kind == ItemKind.THEME), "")
    sign = answers.get((Question.SIGN_DUE, "")) or {}
    until = datetime.fromisoformat(sign["at"]) if sign.get("at") else None
    return Campaign.objects.create(
        code=ids.new_code(), office=notice.office, notice=notice, title=notice.title or notice.file.name,
        doc_number=notice.doc_number, theme=theme[:100], created_at=clock.now(), sign_due_at=until,
        sign_due_origin=DueOrigin.CONFIRMED if until else "",
    )  # fmt: skip


def _clause(campaign: Campaign, item: Item) -> Clause:
    values = item.values
    return Clause(
        code=ids.new_code(),
        campaign=campaign,
        item=item,
        position=item.position,
        number=item.clause,
        kind=item.kind,
        heading=item.title,
        sentence=item.quote.replace("**", ""),
        force=values.get("force") or "",
        venues=values.get("venues") or [],
        groups=values.get("groups") or [],
        brands=values.get("brands") or [],
        quantities=values.get("quantities") or [],
        event_kind=values.get("event_kind") or "",
        event_on=date.fromisoformat(values["date"]) if values.get("date") else None,
        event_words=values.get("when") or "",
        lead_department=values.get("lead_department") or "",
        responsible=values.get("responsible") or "",
        reach=values.get("reach") or Reach.EACH,
    )


def _ask(campaign: Campaign, item: Item, answers: Answers) -> Ask:
    due, origin = due_of(item, answers)
    days = due["days"] if due["kind"] == "working_days" else None
    at = instant_of(due)
    return Ask(
        code=ids.new_code(),
        campaign=campaign,
        item=item,
        kind=AskKind(item.values.get("ask_kind") or AskKind.EACH_ACTIVITY),
        title=item.title[:120],
        sentence=item.quote.replace("**", ""),
        soft_word=str(item.values.get("soft") or "")[:10],
        due_at=at,
        due_working_days=days,
        due_origin=DueOrigin(origin) if origin and (at or days) else "",
    )


def _address(campaign: Campaign, recipients: list[Item]) -> None:
    """Resolve each recipient phrase; the officer sees the units before anything is sent."""
    today = clock.today()
    for position, item in enumerate(recipients, 1):
        found = resolve(item.title, campaign.office.unit, day=today)
        addressee = Addressee.objects.create(
            campaign=campaign, item=item, position=position, phrase=item.title,
            words=[list(pair) for pair in found.words], unresolved=found.unresolved[:200],
        )  # fmt: skip
        AddresseeUnit.objects.bulk_create(AddresseeUnit(addressee=addressee, unit_id=unit) for unit in found.units)


def assign_clause(clause: Clause, *, lead_department: str, responsible: str, by: journal.Actor) -> Clause:
    """Name the department that leads a clause and the person who answers for it."""
    require(rules.may_assign(clause.campaign, by))
    lead, person = " ".join(lead_department.split())[:60], " ".join(responsible.split())[:60]
    if (lead, person) == (clause.lead_department, clause.responsible):
        return clause
    with transaction.atomic():
        fields = differing(hold(clause) or clause, {"lead_department": lead, "responsible": person})
        moved = Clause.objects.filter(pk=clause.pk).exclude(campaign__state=CampaignState.CLOSED)
        if not moved.update(lead_department=lead, responsible=person):
            raise Stale(_("这次工作刚刚结束，分工没有改动。"))
        clause.lead_department, clause.responsible = lead, person
        if not fields:
            return clause
        journal.record(
            "clause.assign", by=by, kind="campaign", code=clause.campaign.code, owner=clause.campaign.office.unit.code,
            clause=clause.number, fields=fields,
        )  # fmt: skip
    return clause


def take_back_plan(campaign: Campaign, *, by: journal.Actor) -> Notice:
    """Undo publishing before anything was sent: the draft goes, the notice's items can be decided again."""
    require(rules.may_take_back(campaign, by))
    notice = campaign.notice
    with transaction.atomic():
        if hold(campaign) is None:
            return notice
        if not Campaign.objects.filter(pk=campaign.pk, state=CampaignState.DRAFT).update(state=CampaignState.DRAFT):
            raise Stale(_("通知刚刚已经发出，没有退回。"))
        code = campaign.code
        campaign.delete()
        reopen_notice(notice, by=by)
        journal.record(
            "campaign.take_back", by=by, kind="campaign", code=code, owner=notice.office.unit.code, notice=notice.code
        )
    return notice
