"""Corrections after a signed summary: written beside it, signed off, kept; the signed paper stays as it is."""

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from jinguo.journal import actions as journal
from jinguo.lib import clock, ids
from jinguo.lib.errors import Invalid, Stale
from jinguo.lib.hold import hold
from jinguo.lib.rulings import require
from jinguo.papers.actions import freeze_paper, keep_paper
from jinguo.papers.models import PaperKind
from jinguo.reports import rules
from jinguo.reports.actions.summaries import take_snapshot
from jinguo.reports.models import Summary, Supplement
from jinguo.reports.models.summary import SupplementState
from jinguo.reports.paper import supplement_title, write_supplement
from jinguo.reports.queries.supplements import compared, open_supplement

_MOVED = _("这份补充说明刚刚变了。请刷新页面看看现在的样子。")


def start_supplement(summary: Summary, *, by: journal.Actor) -> Supplement:
    """Freeze what is known now and say what of the signed summary it touches; while one waits, it is that one.

    Raises:
        Invalid: nothing is confirmed otherwise than in the paper.
    """
    require(rules.may_supplement(summary, by))
    found = open_supplement(summary)
    if found is not None:
        return found
    try:
        with transaction.atomic():
            snapshot = take_snapshot(summary.campaign, by=by)
            items, lines = compared(summary, snapshot.data)
            if not items:
                raise Invalid(_("和审签时比，已接收的报送没有变化，不用补充。报来还没接收的，请先接收。"))
            last = summary.supplements.exclude(state=SupplementState.DROPPED).aggregate(last=Max("number"))["last"] or 0
            supplement = Supplement.objects.create(
                code=ids.new_code(), summary=summary, number=last + 1, snapshot=snapshot, items=items, lines=lines,
                made_at=clock.now(),
            )  # fmt: skip
            _record("supplement.write", supplement, by, items=len(items), sentences=len(lines))
    except IntegrityError:  # the other press of the same button has won
        return Supplement.objects.get(summary=summary, state=SupplementState.SUBMITTED)
    return supplement


def drop_supplement(supplement: Supplement, *, by: journal.Actor) -> None:
    """Throw an unsigned one away, to write it anew from what is known later."""
    require(rules.may_supplement(supplement.summary, by))
    with transaction.atomic():
        now = hold(supplement)
        if now is None or now.state == SupplementState.DROPPED:
            return
        rows = Supplement.objects.filter(pk=supplement.pk, state=SupplementState.SUBMITTED)
        if not rows.update(state=SupplementState.DROPPED):
            raise Stale(_MOVED)
        _record("supplement.drop", supplement, by)


def approve_supplement(supplement: Supplement, *, by: journal.Actor) -> Supplement:
    """Sign it off: its paper is written, kept and frozen. The bytes are made before the transaction; what it says cannot
    change meanwhile."""
    if supplement.state == SupplementState.APPROVED:
        return supplement
    require(rules.may_approve_supplement(supplement, by))
    at, summary = clock.now(), supplement.summary
    title = supplement_title(summary.title, supplement.number)
    content = write_supplement(supplement, title, signed_on=clock.local(at).date())
    with transaction.atomic():
        now = hold(supplement)
        if now is not None and now.state == SupplementState.APPROVED:
            return now
        paper = keep_paper(
            content, office=summary.campaign.office, kind=PaperKind.SUMMARY, title=title,
            source=("snapshot", supplement.snapshot.code), by=by,
        )  # fmt: skip
        rows = Supplement.objects.filter(pk=supplement.pk, state=SupplementState.SUBMITTED)
        if rows.update(state=SupplementState.APPROVED, approved_at=at, approved_by=by.actor_code, paper=paper) != 1:
            raise Stale(_MOVED)
        freeze_paper(paper, by=by)
        _record("supplement.approve", supplement, by, paper=paper.code)
    return Supplement.objects.get(pk=supplement.pk)


def _record(action: str, supplement: Supplement, by: journal.Actor, **detail: object) -> None:
    owner = supplement.summary.campaign.office.unit.code
    journal.record(action, by=by, kind="supplement", code=supplement.code, owner=owner, **detail)
