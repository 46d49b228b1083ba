"""Everything the confirming desk of one notice shows, gathered in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

from jinguo.notices.coverage import Covered, Share, counts, cover, touches
from jinguo.notices.models import Answer, Confirmation, Decision, Item, ItemKind, Notice, Question, Reading
from jinguo.notices.paper import Block, Mark, lay_out
from jinguo.notices.queries.notices import decider_names
from jinguo.notices.questions import Asked, due_of, due_text, questions_of
from jinguo.notices.sheet import Sheet, sheet_of
from jinguo.notices.values import Fact, facts

SHOWS = ("waiting", "all", "questions", "no_task")
QUOTE = 110  # characters of a sentence shown on a card
_SETTLED = (Decision.CONFIRMED, Decision.EDITED)


@dataclass(frozen=True)
class Progress:
    """What is still open before the plan can be published.

    Attributes:
        clauses: how many items were confirmed that make a clause; without one there is no plan.
    """

    to_confirm: int
    unseen: int
    questions: int
    clauses: int

    @property
    def settled(self) -> bool:
        return not (self.to_confirm or self.unseen or self.questions)


@dataclass(frozen=True)
class Card:
    """One item on the desk.

    Attributes:
        n: its number on the paper and in the list.
        who, at: of the newest decision; empty while it is proposed.
        due, due_origin: of a report duty: how its due reads, and "notice", "confirmed" or "".
        now: the one the keys act on.
        path: where its acts are sent; ends in /.
    """

    item: Item
    n: int
    facts: list[Fact]
    who: str = ""
    at: datetime | None = None
    due: str | Promise = ""
    due_origin: str = ""
    now: bool = False
    path: str = ""

    @property
    def settled(self) -> bool:
        return self.item.decision in _SETTLED

    @property
    def proposed(self) -> bool:
        return self.item.decision == Decision.PROPOSED

    @property
    def rejected(self) -> bool:
        return self.item.decision == Decision.REJECTED

    @property
    def quoted(self) -> bool:
        """Whether its sentence says more than its title."""
        named = (ItemKind.RECIPIENT, ItemKind.THEME, ItemKind.LINE)
        return self.proposed and self.item.kind not in named and self.item.quote != self.item.title

    @property
    def short_quote(self) -> str:
        """The beginning of its sentences; the whole stands on the paper beside it."""
        quote = self.item.quote.replace("**", "")
        return quote if len(quote) <= QUOTE else quote[:QUOTE] + "……"

    @property
    def added(self) -> bool:
        """A person added it; there is no reading beside it."""
        return not self.item.proposal

    @property
    def remade(self) -> bool:
        return bool(self.item.proposal.get("made_of"))

    @property
    def can_split(self) -> bool:
        return self.item.kind == ItemKind.OWN_EVENT


@dataclass
class Desk:
    """The desk of one notice.

    Attributes:
        show: which tab is open; `just`: code of the item decided a moment ago, kept in sight so that it can be undone.
    """

    notice: Notice
    reading: Reading
    sheet: Sheet
    items: list[Item]
    answers: dict[tuple[str, str], dict[str, Any]]
    newest: dict[int, Confirmation]
    names: dict[str, str]
    show: str = "waiting"
    just: str = ""
    covered: list[Covered] = field(default_factory=list)

    @cached_property
    def path(self) -> str:
        return reverse("notices:view", args=[self.notice.code])

    @property
    def query(self) -> str:
        """Keeps the open tab through an act."""
        return f"?show={self.show}"

    @cached_property
    def numbers(self) -> dict[str, int]:
        return {item.code: n for n, item in enumerate(self.items, 1)}

    @cached_property
    def shares(self) -> dict[Share, int]:
        return counts(self.covered)

    @property
    def sentences(self) -> int:
        return len(self.covered)

    @property
    def done(self) -> int:
        return self.shares[Share.CONFIRMED] + self.shares[Share.NO_TASK]

    @cached_property
    def questions(self) -> list[Asked]:
        return questions_of(self.sheet, self.items, self.answers)

    @cached_property
    def progress(self) -> Progress:
        waiting = sum(item.decision == Decision.PROPOSED for item in self.items)
        clauses = sum(item.decision in _SETTLED and item.kind != ItemKind.RECIPIENT for item in self.items)
        return Progress(waiting, self.shares[Share.UNSEEN], sum(asked.open for asked in self.questions), clauses)

    @cached_property
    def blocks(self) -> list[Block]:
        """The paper with its marks; a sentence a question is about is in doubt."""
        doubts = {asked.ref for asked in self.questions if asked.open}
        marks = [
            Mark(
                self.numbers[item.code], item.code, tuple((a, b) for a, b in item.spans), item.code in doubts,
                item.decision in _SETTLED,
            )
            for item in self.items
            if item.decision != Decision.REJECTED
        ]  # fmt: skip
        return lay_out(self.sheet, marks, self.covered)

    def blocks_of(self, codes: Sequence[str]) -> list[Block]:
        """The paragraphs in which some items stand: what has to be drawn again after a decision about them."""
        spans = [span for item in self.items if item.code in codes for span in item.spans]
        touched = {sentence.id for sentence in self.covered if touches(sentence.spans, spans)}
        return [
            block
            for block in self.blocks
            if block.codes & set(codes) or any(piece.sentence in touched for piece in block.pieces)
        ]

    @cached_property
    def cards(self) -> list[Card]:
        """The items of the open tab, in the order of the paper."""
        wanted = self.items
        if self.show == "waiting":
            wanted = [item for item in self.items if item.decision == Decision.PROPOSED or item.code == self.just]
        now = self._now(wanted)
        return [self.card(item, now=item.code == now) for item in wanted]

    def _now(self, wanted: Sequence[Item]) -> str:
        """The proposed item after the one just decided (itself, when its decision was taken back), else the first."""
        waiting = [item for item in wanted if item.decision == Decision.PROPOSED]
        if any(item.code == self.just for item in waiting):
            return self.just
        after = self.numbers.get(self.just, 0)
        later = next((item for item in waiting if self.numbers[item.code] > after), None)
        found = later or (waiting[0] if waiting else None)
        return found.code if found else ""

    def card(self, item: Item, *, now: bool = False) -> Card:
        decided = self.newest.get(item.pk) if item.decision != Decision.PROPOSED else None
        shown = facts(item.kind, item.values, item.proposal, by_person=not item.proposal or "made_of" in item.proposal)
        due: str | Promise = ""
        origin = ""
        if item.kind == ItemKind.REPORT_DUTY:
            stated, origin = due_of(item, self.answers)
            due = due_text(stated, str(item.proposal.get("soft", "")))
        return Card(
            item, self.numbers[item.code], shown, self.names.get(decided.actor, "") if decided else "",
            decided.at if decided else None, due, origin, now, f"{self.path}items/{item.code}/",
        )  # fmt: skip

    @cached_property
    def idle(self) -> list[Covered]:
        """Sentences without a task, those nobody looked at first."""
        found = [sentence for sentence in self.covered if sentence.share in (Share.UNSEEN, Share.NO_TASK)]
        return sorted(found, key=lambda sentence: sentence.share != Share.UNSEEN)

    @cached_property
    def tabs(self) -> list[tuple[str, int]]:
        open_questions = sum(asked.open for asked in self.questions)
        numbers = (self.progress.to_confirm, len(self.items), open_questions, len(self.idle))
        return list(zip(SHOWS, numbers, strict=True))

    @cached_property
    def characters(self) -> int:
        """Visible characters of the paper, for the burden line (2024 减负规定: a task paper usually ≤ 4,000)."""
        return sum(not character.isspace() and character != "*" for character in self.reading.raw_text)

    @cached_property
    def report_duties(self) -> int:
        gone = (Decision.REJECTED, Decision.REPLACED)
        return sum(item.kind == ItemKind.REPORT_DUTY and item.decision not in gone for item in self.items)


def desk_of(notice: Notice, *, show: str = "waiting", just: str = "") -> Desk | None:
    """The desk of a notice; None while nothing has been read."""
    reading = notice.readings.first()
    if reading is None:
        return None
    sheet = sheet_of(reading.record, reading.raw_text)
    items = list(notice.items.exclude(decision=Decision.REPLACED))
    for item in items:
        item.notice = notice
    newest: dict[int, Confirmation] = {}
    for confirmation in Confirmation.objects.filter(item__notice=notice).order_by("at", "pk"):
        newest[confirmation.item_id] = confirmation
    answers, seen = answers_of(notice)
    return Desk(
        notice, reading, sheet, items, answers, newest, decider_names(each.actor for each in newest.values()),
        show if show in SHOWS else "waiting", just,
        cover(sheet.sentences, items, seen),
    )  # fmt: skip


def answers_of(notice: Notice) -> tuple[dict[tuple[str, str], dict[str, Any]], set[str]]:
    """The newest answers of a notice by question and ref, and the ids of the sentences that were seen."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for answer in Answer.objects.filter(notice=notice).order_by("at", "pk"):
        found[(answer.question, answer.ref)] = answer.value
    return found, {ref for question, ref in found if question == Question.SEEN}


def progress_of(notice: Notice) -> Progress:
    """What is still open before the plan can be published."""
    desk = desk_of(notice)
    return desk.progress if desk else Progress(0, 0, 0, 0)
