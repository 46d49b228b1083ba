"""What a person decides where the notice is silent. The newest answer stands; older ones stay on record."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jinguo.journal import actions as journal
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, Stale
from jinguo.lib.rulings import require
from jinguo.lib.texts import inner
from jinguo.notices import rules
from jinguo.notices.actions.state import hold_open
from jinguo.notices.models import Answer, Item, Notice, Question
from jinguo.notices.queries.desk import answers_of, newest_answers
from jinguo.notices.questions import MOST_DAYS


def answer_due(
    item: Item,
    *,
    by: journal.Actor,
    working_days: int | None = None,
    on: date | None = None,
    at: time | None = None,
    known: int | None = None,
) -> None:
    """By when this report is due: working days after each activity, a day, or neither: 及时 stays undated.

    Args:
        known: row of the newest answer the person had before her; 0 for none, None: not asked.

    Raises:
        Invalid: out of range, or a day that has passed.
        Stale: somebody answered otherwise since `known`.
    """
    if working_days is not None:
        if not 1 <= working_days <= MOST_DAYS:
            raise Invalid(_("工作日请填 1 到 30 之间的数。"), "days")
        value: dict[str, Any] = {"kind": "working_days", "days": working_days}
    elif on is not None:
        if on < clock.today():
            raise Invalid(_("这一天已经过去了，请另选一天。"), "date")
        value = {"kind": "date", "date": on.isoformat(), "time": at.strftime("%H:%M") if at else ""}
    else:
        value = {"kind": "soft"}
    _answer(item.notice, Question.DUE, item.code, value, by, known)


def answer_sign_due(notice: Notice, *, by: journal.Actor, until: datetime | None, known: int | None = None) -> None:
    """Until when units should sign for the notice; None: no such date, nobody is late.

    Raises:
        Invalid: the instant has passed.
        Stale: as for `answer_due`.
    """
    if until is not None and until <= clock.now():
        raise Invalid(_("这个时间已经过去了，请另选一天。"), "date")
    value = {"kind": "date", "at": until.isoformat()} if until else {"kind": "none"}
    _answer(notice, Question.SIGN_DUE, "", value, by, known)


def answer_signed_on(notice: Notice, *, by: journal.Actor, day: date | None, known: int | None = None) -> None:
    """The 成文日期: a day a person knows, or None: it stays missing. Raises Stale as for `answer_due`."""
    value = {"kind": "date", "date": day.isoformat()} if day else {"kind": "empty"}
    with transaction.atomic():
        _answer(notice, Question.SIGNED_ON, "", value, by, known)
        Notice.objects.filter(pk=notice.pk).update(signed_on=day)


def treat_as_notice(notice: Notice, *, by: journal.Actor) -> None:
    """A 公示 or 决定 holds a task after all: a plan may be made of it. Taken back like any answer."""
    _answer(notice, Question.AS_NOTICE, "", {"kind": "yes"}, by, None)


def mark_seen(notice: Notice, sentences: Iterable[str], *, by: journal.Actor) -> int:
    """Say that sentences nobody read anything from were looked at and hold no task; returns how many were new."""
    require(rules.may_decide(notice, by))
    reading = notice.readings.first()
    there = {sentence["id"] for sentence in reading.record["sentences"]} if reading else set()
    moment = clock.now()
    with transaction.atomic():
        hold_open(notice)
        _answers, known = answers_of(notice)
        news = [ref for ref in dict.fromkeys(sentences) if ref in there - known]
        Answer.objects.bulk_create(
            Answer(notice=notice, question=Question.SEEN, ref=ref, value={"seen": True}, actor=by.actor_code, at=moment)
            for ref in news
        )
        if news:
            journal.record(
                "notice.seen",
                by=by,
                kind="notice",
                code=notice.code,
                owner=notice.office.unit.code,
                sentences=len(news),
            )
    return len(news)


def _answer(
    notice: Notice, question: Question, ref: str, value: dict[str, Any], by: journal.Actor, known: int | None
) -> None:
    require(rules.may_decide(notice, by))
    with transaction.atomic():
        hold_open(notice)
        newest = newest_answers(notice).get((question, ref))
        if newest is not None and newest.value == value:
            return
        if known is not None and (newest.pk if newest else 0) != known:
            words = _("“%(question)s”刚刚由%(who)s另外定过。您这一步没有写进去；看看现在的样子，要改再改。")
            raise Stale(words % {"question": inner(str(question.label)), "who": (newest and newest.who) or _("系统")})
        Answer.objects.create(
            notice=notice, question=question, ref=ref, value=value, actor=by.actor_code, at=clock.now()
        )
        journal.record(
            "notice.answer", by=by, kind="notice", code=notice.code, owner=notice.office.unit.code,
            question=question, ref=ref, chosen=value["kind"],
        )  # fmt: skip
