"""The newest standing decision of one person about a notice: what the undo key takes back next. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from jinguo.notices.models import Answer, Confirmation, Decision, Item, Question


@dataclass(frozen=True)
class Last:
    """What can be taken back now.

    Attributes:
        what: "item", "items" (confirmed together), "answer" or "seen" (sentences marked together).
        many: how many items or sentences it was.
        item: the item, for "item" and for an answer about one.
    """

    what: str
    at: datetime
    many: int = 1
    item: Item | None = None
    decision: Decision | None = None
    answer: Answer | None = None

    @property
    def question(self) -> str:
        """What the answer was about, in words."""
        return str(Question(self.answer.question).label) if self.answer else ""


def last_of(
    actor: str, items: Mapping[int, Item], newest: Iterable[Confirmation], answers: Iterable[Answer]
) -> Last | None:
    """The newest of an actor's decisions that still stand; None where there is none.

    Args:
        newest: of every item its newest confirmation; `answers`: of every question its newest answer.
    """
    mine = [
        each
        for each in newest
        if each.actor == actor and each.item_id in items and each.decision not in (Decision.PROPOSED, Decision.REPLACED)
    ]
    said = [each for each in answers if each.actor == actor and each.value.get("kind") != "open"]
    decided = max(mine, key=lambda each: (each.at, each.pk), default=None)
    answered = max(said, key=lambda each: (each.at, each.pk), default=None)
    if decided is not None and (answered is None or decided.at >= answered.at):
        together = Counter(each.at for each in mine)[decided.at]
        item = items[decided.item_id]
        what = "items" if together > 1 else "item"
        return Last(what, decided.at, together, item, Decision(item.decision))
    if answered is None:
        return None
    if answered.question == Question.SEEN:
        together = sum(each.at == answered.at and each.question == Question.SEEN for each in said)
        return Last("seen", answered.at, together, answer=answered)
    about = next((item for item in items.values() if item.code == answered.ref), None)
    return Last("answer", answered.at, item=about, answer=answered)
