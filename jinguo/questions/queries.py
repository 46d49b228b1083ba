"""Reads of sheets and answers; a fixed number of questions to the database, however many rows."""

from collections import defaultdict
from collections.abc import Iterable

from jinguo.questions.models import Answer, Question, Sheet


def sheet_of(kind: str, code: str) -> Sheet | None:
    """The sheet of a thing, if it has one."""
    return Sheet.objects.filter(about_kind=kind, about_code=code).first()


def questions_of(kind: str, code: str) -> list[Question]:
    """What is asked about a thing, in order; nothing when it has no sheet."""
    rows = Question.objects.standing().filter(sheet__about_kind=kind, sheet__about_code=code)
    return list(rows.select_related("asks_if"))


def ever_asked(kind: str, code: str) -> list[Question]:
    """What was ever asked about a thing, also what is asked no more: the columns of a table of answers."""
    return list(Question.objects.filter(sheet__about_kind=kind, sheet__about_code=code).order_by("position", "pk"))


def answers_of(kind: str, codes: Iterable[str]) -> dict[str, dict[int, Answer]]:
    """Answers of several fillings-in: code → question → answer."""
    found: dict[str, dict[int, Answer]] = defaultdict(dict)
    rows = Answer.objects.filter(about_kind=kind, about_code__in=list(codes))
    for row in rows.select_related("question", "file"):
        found[row.about_code][row.question_id] = row
    return found


def answer_text(answer: Answer | None) -> str:
    """An answer as it is read: the words themselves, the name of a file, or nothing."""
    if answer is None:
        return ""
    if answer.file is not None:
        return str(answer.file.name) if answer.file.deleted_at is None else ""
    return answer.told or answer.value


def is_answered(question: Question) -> bool:
    """Whether anybody has answered it."""
    return Answer.objects.filter(question=question).exists()
