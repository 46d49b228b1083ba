"""Taking back what was decided together, and answers. What was decided before stays on record."""

from datetime import datetime

from django.db import transaction

from jinguo.journal import actions as journal
from jinguo.lib import clock
from jinguo.lib.rulings import require
from jinguo.notices import rules
from jinguo.notices.actions.state import hold_open
from jinguo.notices.models import Answer, Confirmation, Decision, Item, Notice, Question
from jinguo.notices.queries.desk import newest_answers

_OPEN = {"kind": "open"}


def undo_together(notice: Notice, *, at: datetime, by: journal.Actor) -> int:
    """Take back what this person confirmed at one press; items decided again since keep that. Returns how many."""
    require(rules.may_decide(notice, by))
    moment, done = clock.now(), list[Confirmation]()
    with transaction.atomic():
        hold_open(notice)
        newest = {row.item_id: row for row in Confirmation.objects.filter(item__notice=notice).order_by("at", "pk")}
        mine = [row.item_id for row in newest.values() if row.at == at and row.actor == by.actor_code]
        for item in notice.items.filter(pk__in=mine, decision=Decision.CONFIRMED):
            back = {"decision": Decision.PROPOSED, "values": item.proposal}
            if Item.objects.filter(pk=item.pk, decision=Decision.CONFIRMED).update(**back):
                done.append(Confirmation(item=item, actor=by.actor_code, at=moment, **back))
        Confirmation.objects.bulk_create(done)
        if done:
            journal.record(
                "notice.undo_all", by=by, kind="notice", code=notice.code, owner=notice.office.unit.code,
                items=len(done),
            )  # fmt: skip
    return len(done)


def take_back_answer(notice: Notice, *, question: Question, ref: str, by: journal.Actor) -> bool:
    """The question is open again; returns whether it was answered. A 成文日期 that was filled in is missing again."""
    require(rules.may_decide(notice, by))
    with transaction.atomic():
        hold_open(notice)
        newest = newest_answers(notice).get((question, ref))
        if newest is None or newest.value == _OPEN:
            return False
        _take_back(notice, [newest], by)
        if question == Question.SIGNED_ON:
            Notice.objects.filter(pk=notice.pk).update(signed_on=None)
    return True


def unmark_seen(notice: Notice, *, at: datetime, by: journal.Actor) -> int:
    """Sentences this person marked as seen at one press are open again; returns how many."""
    require(rules.may_decide(notice, by))
    with transaction.atomic():
        hold_open(notice)
        mine = [
            row
            for (question, _ref), row in newest_answers(notice).items()
            if question == Question.SEEN and row.at == at and row.actor == by.actor_code and row.value != _OPEN
        ]
        if mine:
            _take_back(notice, mine, by)
    return len(mine)


def _take_back(notice: Notice, answers: list[Answer], by: journal.Actor) -> None:
    """Rows that say the questions are open again, and one journal line."""
    moment = clock.now()
    Answer.objects.bulk_create(
        Answer(notice=notice, question=row.question, ref=row.ref, value=_OPEN, actor=by.actor_code, at=moment)
        for row in answers
    )
    journal.record(
        "notice.reopen_answer", by=by, kind="notice", code=notice.code, owner=notice.office.unit.code,
        question=answers[0].question, refs=[row.ref for row in answers[:50]],
    )  # fmt: skip
