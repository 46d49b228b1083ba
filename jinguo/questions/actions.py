"""Writing sheets, keeping answers, forgetting them. Whose sheet it is and who may, the calling room has asked already."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import Max

from jinguo.federation.models import Unit
from jinguo.files.actions import destroy_file, store_file
from jinguo.files.models import Secrecy
from jinguo.journal import actions as journal
from jinguo.lib import clock, ids
from jinguo.lib.hold import differing, hold
from jinguo.lib.rulings import require
from jinguo.questions import rules
from jinguo.questions.models import Answer, Kind, Question, Sheet
from jinguo.questions.queries import is_answered
from jinguo.questions.wishes import Given, QuestionWish


def open_sheet(unit: Unit, *, kind: str, code: str, by: journal.Actor) -> Sheet:
    """The sheet of a thing, made when it has none; two at once get the same one."""
    found = Sheet.objects.filter(about_kind=kind, about_code=code).first()
    if found:
        return found
    try:
        with transaction.atomic():
            sheet = Sheet.objects.create(unit=unit, about_kind=kind, about_code=code, made_at=clock.now())
            journal.record("sheet.open", by=by, kind=kind, code=code, owner=unit.code, sheet=sheet.code)
        return sheet
    except IntegrityError:
        return Sheet.objects.get(about_kind=kind, about_code=code)


def add_question(sheet: Sheet, wish: QuestionWish, *, code: str, by: journal.Actor) -> Question:
    """One more question, at the end.

    Args:
        code: drawn when the form was made: a form sent twice asks once.
    """
    with transaction.atomic():
        hold(sheet)
        made = Question.objects.filter(code=code, sheet=sheet).first()
        if made:
            return made
        require(rules.may_add(sheet.questions.standing().count()))
        last = sheet.questions.aggregate(last=Max("position"))["last"] or 0
        question = Question.objects.create(code=code, sheet=sheet, position=last + 1, **_columns(wish))
        _note("sheet.question_add", question, by)
    return question


def change_question(question: Question, wish: QuestionWish, *, by: journal.Actor) -> None:
    """Other words; what kind of answer it wants changes only while nobody has answered."""
    columns = _columns(wish)
    words = {name: columns[name] for name in ("label", "hint", "required")}
    reshaped = any(getattr(question, name) != value for name, value in columns.items() if name not in words)
    with transaction.atomic():
        if not differing(hold(question), columns if reshaped else words):
            return
        if reshaped:
            require(rules.may_reshape(question, is_answered(question)))
        Question.objects.filter(pk=question.pk, retired_at=None).update(**(columns if reshaped else words))
        _note("sheet.question_edit", question, by)


def retire_question(question: Question, *, by: journal.Actor) -> None:
    """Ask it no more. Its answers stay in the table; one that nobody answered goes for good."""
    with transaction.atomic():
        now = hold(question)
        if now is None or now.retired_at is not None:
            return
        require(rules.may_retire(question, question.opens.filter(retired_at=None).count()))
        if is_answered(question) or question.opens.exists():
            Question.objects.filter(pk=question.pk).update(retired_at=clock.now())
        else:
            Question.objects.filter(pk=question.pk).delete()
        _note("sheet.question_retire", question, by)


def move_question(question: Question, *, up: bool, by: journal.Actor, seen: int | None = None) -> None:
    """Change places with the one before or after. One that depends on an earlier one stays behind it.

    Args:
        seen: its position on the page she pressed on; where it has moved since, nothing happens. None: not asked.
    """
    with transaction.atomic():
        hold(question.sheet)
        now = hold(question)
        if now is not None and seen in (None, now.position):
            _move(question, up, by)


def _move(question: Question, up: bool, by: journal.Actor) -> None:
    rows = list(question.sheet.questions.standing())
    here = next((n for n, row in enumerate(rows) if row.pk == question.pk), None)
    there = None if here is None else here + (-1 if up else 1)
    if here is None or there is None or not 0 <= there < len(rows):
        return
    first, second = sorted((here, there))
    if rows[second].asks_if_id == rows[first].pk:
        return
    rows[here], rows[there] = rows[there], rows[here]
    for position, row in enumerate(rows, 1):
        Question.objects.filter(pk=row.pk).update(position=position)
    _note("sheet.question_move", question, by)


def _columns(wish: QuestionWish) -> dict[str, object]:
    return {
        "kind": wish.kind, "label": wish.label, "hint": wish.hint, "required": wish.required,
        "choices": "\n".join(wish.choices), "least": wish.least, "most": wish.most, "personal": wish.is_personal(),
        "asks_if": wish.asks_if, "asks_value": wish.asks_value,
    }  # fmt: skip


def _note(action: str, question: Question, by: journal.Actor) -> None:
    sheet = question.sheet
    journal.record(
        action, by=by, kind=sheet.about_kind, code=sheet.about_code, owner=sheet.unit.code, question=question.code
    )


def keep_answers(given: Iterable[Given], *, kind: str, code: str, unit: Unit, by: journal.Actor) -> None:
    """Keep the answers of one filling-in, in the caller's transaction; personal ones sealed, files encrypted."""
    rows = []
    for one in given:
        row = Answer(code=ids.new_code(), question=one.question, about_kind=kind, about_code=code)
        if one.question.kind == Kind.FILE:
            row.file = store_file(
                one.data, unit=unit, name=one.file_name, media_type=one.media_type, secrecy=Secrecy.SENSITIVE, by=by
            )
        elif one.question.personal:
            row.told = one.text
        else:
            row.value = one.text[:100]
        rows.append(row)
    Answer.objects.bulk_create(rows)


def forget_answers(kind: str, code: str, *, by: journal.Actor) -> int:
    """Destroy what is personal in the answers of one filling-in; what only counts stays. In the caller's transaction."""
    rows = list(Answer.objects.filter(about_kind=kind, about_code=code, forgotten_at=None).select_related("file__unit"))
    for row in rows:
        if row.file is not None:
            destroy_file(row.file, reason="retention", by=by)
    return Answer.objects.filter(pk__in=[row.pk for row in rows]).update(told_sealed="", forgotten_at=clock.now())
