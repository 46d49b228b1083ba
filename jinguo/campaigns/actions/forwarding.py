"""Passing a notice on (转发): as it is under one sentence, or as a local notice made from it, sentence by sentence.

It goes out by the same circulation as any notice. The superior's copy only learns when; neither layer waits for the other.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from jinguo.campaigns import local_paper
from jinguo.campaigns.actions.addressees import hold_draft
from jinguo.campaigns.actions.issue import issue_now
from jinguo.campaigns.actions.wording import put_paper
from jinguo.campaigns.models import Addressee, AddresseeUnit, Ask, Campaign, Circulation, Clause
from jinguo.campaigns.models.campaign import CampaignState, ClauseKind, DueOrigin, Reach
from jinguo.campaigns.models.obligation import AskKind
from jinguo.campaigns.queries import forwarding as queries
from jinguo.campaigns.rules import forwarding as rules
from jinguo.federation.actions.units import open_office
from jinguo.federation.models import Office, Unit
from jinguo.journal import actions as journal
from jinguo.lib import clock, ids
from jinguo.lib.errors import Invalid, Refused
from jinguo.lib.hold import differing, hold
from jinguo.lib.rulings import require
from jinguo.notices.actions.local import Paper, void_local, write_notice

COVER, SENTENCE, HEADING = 300, 1000, 200  # characters
ADDED = 12  # clauses, and asks, a local notice may add
_NOBODY = _("下级妇联都已直接收到这份通知，不用再转发。")


def pass_on(
    copy: Circulation, *, by: Any, cover: str = "", sign_due_at: datetime | None = None, at_once: bool = False
) -> Campaign:
    """转发 unchanged: one press, one covering sentence, to every federation right below that has not got it yet.

    Args:
        cover: her own sentence; "" for the usual one. Her own words and dates need an account.
        at_once: the letters leave also at night and on rest days.

    Raises:
        Refused: not hers to do, nobody to tell, or a local notice was begun.
        Invalid: the sentence is too long, or the date has passed.
    """
    require(rules.may_forward(copy, by))
    said = " ".join(cover.split())
    usual = local_paper.cover_for(copy.campaign)
    if (said and said != usual) or sign_due_at:
        require(rules.may_write(copy, by))
    if len(said) > COVER:
        raise Invalid(_("转发的话最多写 300 个字。"), "cover")
    if sign_due_at is not None and sign_due_at <= clock.now():
        raise Invalid(_("签收的日子已经过去了，请另选一天。"), "sign_due")
    standing = queries.onward_of(copy)
    if standing is not None:
        return _standing(standing)
    try:
        with transaction.atomic():
            campaign = _open(copy, by, unchanged=True, cover=said or usual, sign_due_at=sign_due_at)
            issue_now(campaign, by=by, at_once=at_once)
    except IntegrityError:  # the same press a moment earlier
        made = queries.onward_of(copy)
        if made is None:
            raise
        return _standing(made)
    campaign.refresh_from_db()
    return campaign


def _standing(campaign: Campaign) -> Campaign:
    """The notice made already; a draft of it must be sent or dropped first."""
    if campaign.state == CampaignState.DRAFT:
        raise Refused(_("本级的通知写到一半了。请把它发出，或者先不写了，再原样转发。"))
    return campaign


def begin_local(copy: Circulation, *, by: Any) -> Campaign:
    """A draft of a local notice in which every sentence stands as in the superior's. Begun twice it is begun once."""
    require(rules.may_write(copy, by))
    standing = queries.onward_of(copy)
    if standing is not None:
        return standing
    try:
        with transaction.atomic():
            return _open(copy, by, unchanged=False, cover="", sign_due_at=None)
    except IntegrityError:
        made = queries.onward_of(copy)
        if made is None:
            raise
        return made


def _open(copy: Circulation, by: Any, *, unchanged: bool, cover: str, sign_due_at: datetime | None) -> Campaign:
    """The notice with its clauses, asks and units, as a draft."""
    above = copy.campaign
    told = queries.told_of(copy)
    if not told.now:
        raise Refused(_NOBODY if told.already else _("贵单位下面没有妇联组织，不用转发。"))
    office = _office(copy.unit, above.office, by)
    title = local_paper.title_for(above)[:200]
    first = Paper(title, "", local_paper.first_docx(title, office.unit.name), title)
    notice = write_notice(office, first, by=by)
    campaign = Campaign.objects.create(
        code=ids.new_code(), office=office, notice=notice, title=title, theme=above.theme, created_at=clock.now(),
        passes_on=copy, unchanged=unchanged, cover=cover, sign_due_at=sign_due_at,
        sign_due_origin=DueOrigin.LOCAL if sign_due_at else "",
    )  # fmt: skip
    Clause.objects.bulk_create(_as_above(campaign, clause) for clause in queries.clauses_to_pass(above))
    Ask.objects.bulk_create(_ask_as_above(campaign, ask) for ask in above.asks.order_by("pk"))
    _address(campaign, told)
    put_paper(campaign, by=by)
    journal.record(
        "campaign.pass_on", by=by, kind="campaign", code=campaign.code, owner=copy.unit.code, copy=copy.code,
        unchanged=unchanged,
    )  # fmt: skip
    return campaign


def _office(unit: Unit, above: Office, by: Any) -> Office:
    """The unit's own office; one below the superior's, sending by its mailbox, where it has none."""
    found = Office.objects.select_related("unit").filter(unit=unit).first()
    if found is not None:
        return found
    contact = unit.contacts.exclude(phone="").order_by("position").first()
    phone = unit.duty_phone or (contact.phone if contact else "")
    return open_office(unit, by=by, parent=above, brand=unit.short_name[:40], doc_mark=unit.name[:60], phone=phone)


def _as_above(campaign: Campaign, clause: Clause) -> Clause:
    """A clause taken over, leading back to the superior's."""
    return Clause(
        code=ids.new_code(), campaign=campaign, source=clause, position=clause.position, number=clause.number,
        kind=clause.kind, heading=clause.heading, sentence=clause.sentence, force=clause.force, venues=clause.venues,
        groups=clause.groups, brands=clause.brands, quantities=clause.quantities, reach=clause.reach,
    )  # fmt: skip


def _ask_as_above(campaign: Campaign, ask: Ask) -> Ask:
    """An ask taken over with its due; one whose day has passed is left open, for nobody is late on the day she is told."""
    passed = ask.due_at is not None and ask.due_at <= clock.now()
    return Ask(
        code=ids.new_code(), campaign=campaign, source=ask, kind=ask.kind, title=ask.title, sentence=ask.sentence,
        soft_word=ask.soft_word, due_at=None if passed else ask.due_at, due_working_days=ask.due_working_days,
        due_origin="" if passed else ask.due_origin,
    )  # fmt: skip


def _address(campaign: Campaign, told: queries.Told) -> None:
    """The federations right below; those the superior told already stand there, left out."""
    phrase = local_paper.phrase_for(campaign.office.unit.level)
    row = Addressee.objects.create(campaign=campaign, position=1, phrase=phrase, words=[[phrase, "direct"]])
    AddresseeUnit.objects.bulk_create(
        AddresseeUnit(addressee=row, unit=unit, included=included)
        for units, included in ((told.now, True), (told.already, False))
        for unit in units
    )


# The local notice -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ClauseShape:
    """One clause as wanted: `source` is the code of the superior's, "" for an added one; not `kept`: left out."""

    source: str
    kept: bool
    heading: str
    sentence: str


@dataclass(frozen=True)
class AskShape:
    """One ask as wanted; `due_on`: its own last day, None for the superior's (or none, where it was added)."""

    source: str
    kept: bool
    title: str
    due_on: date | None = None


@dataclass(frozen=True)
class Shape:
    """A local notice as wanted, whole."""

    title: str
    doc_number: str = ""
    cover: str = ""
    sign_due_at: datetime | None = None
    clauses: list[ClauseShape] = field(default_factory=list)
    asks: list[AskShape] = field(default_factory=list)


def shape_local(campaign: Campaign, shape: Shape, *, by: Any) -> Campaign:
    """Write the draft anew as wanted; its paper follows.

    Raises:
        Invalid: something cannot be used as it is.
        Stale: it was issued in the meantime.
    """
    require(rules.may_shape(campaign, by))
    title, cover = _said(shape.title, HEADING, "title"), " ".join(shape.cover.split())
    if len(cover) > COVER:
        raise Invalid(_("开头的话最多写 300 个字。"), "cover")
    if shape.sign_due_at is not None and shape.sign_due_at <= clock.now():
        raise Invalid(_("签收的日子已经过去了，请另选一天。"), "sign_due")
    above = campaign.passes_on.campaign
    with transaction.atomic():
        hold_draft(campaign)
        facts = {
            "title": title, "doc_number": " ".join(shape.doc_number.split())[:60], "cover": cover,
            "sign_due_at": shape.sign_due_at, "sign_due_origin": DueOrigin.LOCAL if shape.sign_due_at else "",
        }  # fmt: skip
        clauses = _clauses(campaign, queries.clauses_to_pass(above), shape.clauses)
        asks = _asks(campaign, list(above.asks.order_by("pk")), shape.asks)
        if not differing(hold(campaign), facts) and _stand(campaign, clauses, asks):
            return campaign
        Campaign.objects.filter(pk=campaign.pk).update(**facts)
        campaign.refresh_from_db()
        campaign.clauses.all().delete()
        Clause.objects.bulk_create(clauses)
        campaign.asks.all().delete()
        Ask.objects.bulk_create(asks)
        put_paper(campaign, by=by)
        journal.record(
            "campaign.shape", by=by, kind="campaign", code=campaign.code, owner=campaign.office.unit.code,
            clauses=campaign.clauses.count(), asks=campaign.asks.count(),
        )  # fmt: skip
    return campaign


def _stand(campaign: Campaign, clauses: list[Clause], asks: list[Ask]) -> bool:
    """Whether the draft has just these clauses and asks already."""

    def said(rows: Iterable[Any], names: tuple[str, ...]) -> list[list[Any]]:
        return [[getattr(row, name) for name in names] for row in rows]

    of_clause = ("source_id", "position", "number", "heading", "sentence", "lead_department", "responsible")
    of_ask = ("source_id", "title", "due_at", "due_working_days", "due_origin")
    return said(clauses, of_clause) == said(campaign.clauses.order_by("pk"), of_clause) and said(asks, of_ask) == said(
        campaign.asks.order_by("pk"), of_ask
    )


def _said(text: str, most: int, where: str) -> str:
    said = " ".join(text.split())
    if not said:
        raise Invalid(_("这里还没有写。"), where)
    if len(said) > most:
        raise Invalid(_("太长了，最多 %(n)s 个字。") % {"n": most}, where)
    return said


def _clauses(campaign: Campaign, above: Iterable[Clause], wanted: list[ClauseShape]) -> list[Clause]:
    """The draft's clauses as wanted; who leads one stays."""
    leads = {row.source_id: (row.lead_department, row.responsible) for row in campaign.clauses.exclude(source=None)}
    by_code = {shape.source: shape for shape in wanted if shape.source}
    rows: list[Clause] = []
    for clause in above:
        shape = by_code.get(clause.code)
        if shape is not None and not shape.kept:
            continue
        row = _as_above(campaign, clause)
        row.lead_department, row.responsible = leads.get(clause.pk, ("", ""))
        if shape is not None and shape.sentence.strip() and clause.kind != ClauseKind.LINE:
            row.sentence = _said(shape.sentence, SENTENCE, f"text-{clause.code}")
        rows.append(row)
    last = max((row.position for row in rows), default=0)
    added = [shape for shape in wanted if not shape.source and shape.sentence.strip()][:ADDED]
    for n, shape in enumerate(added, 1):
        sentence = _said(shape.sentence, SENTENCE, f"added-{n}")
        heading = " ".join(shape.heading.split())[:HEADING] or sentence[:40]
        rows.append(
            Clause(
                code=ids.new_code(),
                campaign=campaign,
                position=last + n,
                number=f"增{n}",
                kind=ClauseKind.MEASURE,
                heading=heading,
                sentence=sentence,
                reach=Reach.SUITED,
            )
        )
    if not any(row.kind in (ClauseKind.MEASURE, ClauseKind.REQUIREMENT) for row in rows):
        raise Invalid(_("一条也没有留下，成不了通知。至少保留一条，或自己加一条。"))
    return rows


def _asks(campaign: Campaign, above: list[Ask], wanted: list[AskShape]) -> list[Ask]:
    by_code = {shape.source: shape for shape in wanted if shape.source}
    rows: list[Ask] = []
    for ask in above:
        shape = by_code.get(ask.code)
        if shape is not None and not shape.kept:
            continue
        row = _ask_as_above(campaign, ask)
        if shape is not None:
            row.title = _said(shape.title or ask.title, 120, f"ask-{ask.code}")
            _date(row, shape.due_on, f"due-{ask.code}")
        rows.append(row)
    added = [shape for shape in wanted if not shape.source and shape.title.strip()][:ADDED]
    for n, shape in enumerate(added, 1):
        title = _said(shape.title, 120, f"ask-added-{n}")
        row = Ask(code=ids.new_code(), campaign=campaign, kind=AskKind.CLOSING, title=title, sentence=title)
        _date(row, shape.due_on, f"due-added-{n}")
        rows.append(row)
    return rows


def _date(ask: Ask, day: date | None, where: str) -> None:
    """A last day of one's own; it is then said to be the passing unit's."""
    if day is None:
        return
    until = clock.end_of(day)
    if until <= clock.now():
        raise Invalid(_("报送的日子已经过去了，请另选一天。"), where)
    if until != ask.due_at:
        ask.due_at, ask.due_working_days, ask.due_origin = until, None, DueOrigin.LOCAL


def drop_local(campaign: Campaign, *, by: Any) -> None:
    """Do not write it after all: the draft goes; the copy is as if nothing had been begun."""
    require(rules.may_shape(campaign, by))
    with transaction.atomic():
        if hold(campaign) is None:
            return
        hold_draft(campaign)
        code, notice, unit, copy = campaign.code, campaign.notice, campaign.office.unit, campaign.passes_on.code
        campaign.delete()
        void_local(notice, by=by)
        journal.record(
            "campaign.drop", by=by, kind="campaign", code=code, owner=unit.code, notice=notice.code, copy=copy
        )
