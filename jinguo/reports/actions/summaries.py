"""From a snapshot to a signed paper: freeze, build, edit, submit, sign off."""

import hashlib
import json
from dataclasses import asdict
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from jinguo.campaigns.models import Campaign
from jinguo.federation.models import Unit
from jinguo.journal import actions as journal
from jinguo.lib import clock, ids
from jinguo.lib.errors import Invalid, Stale
from jinguo.lib.hold import differing, hold
from jinguo.lib.rulings import require
from jinguo.papers.actions import freeze_paper, keep_paper
from jinguo.papers.models import PaperKind
from jinguo.reports import builder, rules
from jinguo.reports.actions.adopting import tell_adopted
from jinguo.reports.builder.words import sentences_text
from jinguo.reports.models import Adoption, Return, Sentence, Snapshot, Summary
from jinguo.reports.models.returned import Outcome
from jinguo.reports.models.summary import Origin, SummaryState
from jinguo.reports.paper import write_summary
from jinguo.reports.queries.freeze import freeze
from jinguo.reports.queries.summaries import lines_of, numbered

SENTENCE = 1000  # characters
_MOVED = _("这份汇总刚刚变了。请刷新页面看看现在的样子。")


def canonical(data: dict[str, Any]) -> bytes:
    """The bytes a snapshot's digest is computed over."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def take_snapshot(campaign: Campaign, *, by: journal.Actor) -> Snapshot:
    """Freeze everything a summary rests on, as it is at this instant."""
    require(rules.may_summarise(campaign, by))
    with transaction.atomic():
        at = clock.now()
        data = freeze(campaign, at)
        digest = hashlib.sha256(canonical(data)).hexdigest()
        snapshot = Snapshot.objects.create(code=ids.new_code(), campaign=campaign, at=at, data=data, digest=digest)
        journal.record(
            "summary.snapshot", by=by, kind="snapshot", code=snapshot.code, owner=campaign.office.unit.code,
            digest=digest, returns=len(data["returns"]),
        )  # fmt: skip
    return snapshot


def start_summary(campaign: Campaign, *, by: journal.Actor) -> Summary:
    """Freeze a snapshot and write the first draft from it; while one is open, it is that one."""
    require(rules.may_summarise(campaign, by))
    open_ones = campaign.summaries.filter(state__in=[SummaryState.DRAFT, SummaryState.SUBMITTED])
    found = open_ones.first()
    if found:
        return found
    try:
        with transaction.atomic():
            return _write(take_snapshot(campaign, by=by), by)
    except IntegrityError:  # the other press of the same button has won
        return open_ones.get()


def renew_summary(summary: Summary, *, by: journal.Actor) -> Summary:
    """Take a new snapshot and write a new draft in the place of this one, which stays to be looked at."""
    renewed = _renewed(summary)
    if renewed is not None:
        return renewed
    require(rules.may_edit_summary(summary, by))
    with transaction.atomic():
        hold(summary)
        renewed = _renewed(summary)
        if renewed is not None:
            return renewed
        _move(summary, SummaryState.DRAFT, state=SummaryState.REPLACED)
        journal.record("summary.replace", by=by, kind="summary", code=summary.code, owner=_owner(summary))
        return _write(take_snapshot(summary.campaign, by=by), by)


def _renewed(summary: Summary) -> Summary | None:
    """The draft that took its place at the same press, a moment sooner."""
    if not Summary.objects.filter(pk=summary.pk, state=SummaryState.REPLACED).exists():
        return None
    later = summary.campaign.summaries.filter(pk__gt=summary.pk).order_by("pk").first()
    return later if later is not None and later.state == SummaryState.DRAFT else None


def _write(snapshot: Snapshot, by: journal.Actor) -> Summary:
    draft = builder.build(snapshot.data)
    summary = Summary.objects.create(
        code=ids.new_code(), campaign=snapshot.campaign, snapshot=snapshot, title=draft.title[:200], made_at=clock.now()
    )
    Sentence.objects.bulk_create(
        Sentence(
            summary=summary,
            position=position,
            section=sentence.section,
            key=sentence.key,
            built_text=sentence.text,
            text=sentence.text,
            sources=[asdict(source) for source in sentence.sources],
            figures=[
                {"text": number.text, "value": number.value, "measure": number.measure, "about": number.about}
                for number in sentence.numbers
            ],
        )
        for position, sentence in enumerate(draft.sentences, 1)
    )
    journal.record(
        "summary.write", by=by, kind="summary", code=summary.code, owner=_owner(summary), snapshot=snapshot.code,
        sentences=len(draft.sentences),
    )  # fmt: skip
    return summary


def edit_sentence(sentence: Sentence, *, text: str, by: journal.Actor) -> Sentence:
    """Put a person's words in the place of a built sentence; its sources stay, and it is marked 人工改写.

    Raises:
        Invalid: nothing, or too much.
    """
    require(rules.may_edit_summary(sentence.summary, by))
    said = " ".join(text.split())
    if not said:
        raise Invalid(_("一句话不能空着；不要这句，请点“这句不用”。"), "text")
    if len(said) > SENTENCE:
        raise Invalid(_("一句话请控制在 1000 字以内。"), "text")
    origin = Origin.BUILT if said == sentence.built_text else Origin.TYPED
    _change(sentence, by, "summary.edit_sentence", text=said, origin=origin, dropped=False)
    return Sentence.objects.get(pk=sentence.pk)


def drop_sentence(sentence: Sentence, *, dropped: bool, by: journal.Actor) -> None:
    """Leave a sentence out of the paper, or take it in again."""
    require(rules.may_edit_summary(sentence.summary, by))
    _change(sentence, by, "summary.drop_sentence" if dropped else "summary.keep_sentence", dropped=dropped)


def submit_summary(summary: Summary, *, by: journal.Actor) -> None:
    """Hand the draft to the leader; handed over twice it is handed over once."""
    if summary.state == SummaryState.SUBMITTED:
        return
    require(rules.may_edit_summary(summary, by))
    with transaction.atomic():
        now = hold(summary)
        if now is not None and now.state == SummaryState.SUBMITTED:
            return
        _move(summary, SummaryState.DRAFT, state=SummaryState.SUBMITTED, submitted_at=clock.now(), back_note="")
        journal.record("summary.submit", by=by, kind="summary", code=summary.code, owner=_owner(summary))


def give_back_summary(summary: Summary, *, note: str, by: journal.Actor) -> None:
    """The leader gives it back with what she wants changed."""
    said = " ".join(note.split())
    if said and (summary.state, summary.back_note) == (SummaryState.DRAFT, said):
        return
    require(rules.may_approve(summary, by))
    if not said:
        raise Invalid(_("请写一句要改哪里，经办人会看到。"), "note")
    if len(said) > 300:
        raise Invalid(_("请控制在 300 字以内。"), "note")
    with transaction.atomic():
        now = hold(summary)
        if now is not None and (now.state, now.back_note) == (SummaryState.DRAFT, said):
            return
        _move(summary, SummaryState.SUBMITTED, state=SummaryState.DRAFT, back_note=said)
        journal.record("summary.give_back", by=by, kind="summary", code=summary.code, owner=_owner(summary))


def approve_summary(summary: Summary, *, by: journal.Actor) -> Summary:
    """Sign off: the paper is written, kept and frozen; what it quotes is 采用, what it counts is 留存.

    The bytes are made before the transaction, so that nobody waits for them; the text cannot change meanwhile, since
    only a draft may be edited and going back to draft moves the state this waits for.
    """
    if summary.state == SummaryState.APPROVED:
        return summary
    require(rules.may_approve(summary, by))
    at = clock.now()
    data, lines = summary.snapshot.data, lines_of(summary)
    content = write_summary(data, summary.title, lines, signed_on=clock.local(at).date())
    with transaction.atomic():
        now = hold(summary)
        if now is not None and now.state == SummaryState.APPROVED:
            return now
        paper = keep_paper(
            content, office=summary.campaign.office, kind=PaperKind.SUMMARY, title=summary.title,
            source=("snapshot", summary.snapshot.code), by=by,
        )  # fmt: skip
        rows = Summary.objects.filter(pk=summary.pk, state=SummaryState.SUBMITTED, submitted_at=summary.submitted_at)
        if rows.update(state=SummaryState.APPROVED, approved_at=at, approved_by=by.actor_code, paper=paper) != 1:
            raise Stale(_MOVED)
        freeze_paper(paper, by=by)
        adopted = _say_outcomes(summary, by)
        journal.record(
            "summary.approve", by=by, kind="summary", code=summary.code, owner=_owner(summary), paper=paper.code,
            adopted=adopted,
        )  # fmt: skip
    return Summary.objects.get(pk=summary.pk)


def _say_outcomes(summary: Summary, by: journal.Actor) -> int:
    """Mark the accepted returns of the snapshot: quoted ones adopted, the others kept; each unit is told of its own in one
    letter. Returns how many were quoted."""
    quoted: dict[str, list[int]] = {}
    for one in numbered(summary):  # quote:<clause>:<return>, problem:<return>
        if one.number and one.row.key.startswith(("quote:", "problem:")):
            quoted.setdefault(one.row.key.rsplit(":", 1)[1], []).append(one.number)
    confirmed = {row["code"]: row["confirmed"] for row in summary.snapshot.data["returns"] if row["confirmed"]}
    used = Return.objects.counted().filter(campaign=summary.campaign, code__in=confirmed)
    used.filter(outcome="").update(outcome=Outcome.KEPT)
    rows = list(used.filter(code__in=quoted).select_related("unit", "campaign").prefetch_related("versions"))
    used.filter(code__in=quoted).update(outcome=Outcome.ADOPTED)
    told: dict[Unit, list[Adoption]] = {}
    for row in rows:
        told.setdefault(row.unit, []).append(_adopt(summary, row, confirmed[row.code], quoted[row.code], by))
    for unit, adoptions in told.items():
        tell_adopted(summary.campaign.office, unit, adoptions, by=by)
    return len(rows)


def _adopt(summary: Summary, row: Return, number: int, sentences: list[int], by: journal.Actor) -> Adoption:
    version = next(one for one in row.versions.all() if one.number == number)
    return Adoption.objects.create(
        code=ids.new_code(), given=row, version=version, summary=summary, where=sentences_text(sentences),
        at=clock.now(), actor=by.actor_code,
    )  # fmt: skip


def _change(sentence: Sentence, by: journal.Actor, action: str, **changes: object) -> None:
    summary = sentence.summary
    with transaction.atomic():
        if hold(summary) is None or not differing(Sentence.objects.get(pk=sentence.pk), changes):
            return
        rows = Sentence.objects.filter(pk=sentence.pk, summary__in=Summary.objects.filter(state=SummaryState.DRAFT))
        if rows.update(**changes) != 1:
            raise Stale(_MOVED)
        journal.record(
            action, by=by, kind="summary", code=summary.code, owner=_owner(summary), sentence=sentence.position
        )


def _move(summary: Summary, before: str, **changes: object) -> None:
    if Summary.objects.filter(pk=summary.pk, state=before).update(**changes) != 1:
        raise Stale(_MOVED)


def _owner(summary: Summary) -> str:
    return summary.campaign.office.unit.code
