"""Everything the confirming desk of one notice shows, gathered in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils.functional import Promise

from jinguo.federation.models import User
from jinguo.notices.coverage import Covered, Share, counts, cover, touches
from jinguo.notices.doubts import Doubt, Trust, doubts_of
from jinguo.notices.models import (
    MAKES_PLAN,
    Answer,
    Confirmation,
    Decision,
    Item,
    ItemKind,
    Notice,
    Question,
    Reading,
)
from jinguo.notices.paper import Block, Mark, lay_out
from jinguo.notices.queries.last import Last, last_of
from jinguo.notices.questions import Asked, due_of, due_text, questions_of, tells_only
from jinguo.notices.queue import Stop, current, item_order, stops_of
from jinguo.notices.sheet import Sheet, sheet_of
from jinguo.notices.values import Fact, facts

SHOWS = ("waiting", "all", "questions", "no_task")
QUOTE = 110  # characters of a sentence shown on a card
MOST = 30  # cards of one list drawn at once; the rest on demand
_SETTLED = (Decision.CONFIRMED, Decision.EDITED)


@dataclass(frozen=True)
class Progress:
    """What is still open before the plan can be published.

    Attributes:
        clauses: how many items were confirmed that make a clause; without one there is no plan.
        tells_only: the kind of a paper that yields no plan, e.g. 公示; "" for every other.
    """

    to_confirm: int
    unseen: int
    questions: int
    clauses: int
    tells_only: str = ""

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
        known: row of the newest decision this page shows; sent back with every act, so that nobody is overruled unseen.
    """

    item: Item
    n: int
    facts: list[Fact]
    doubt: Doubt
    who: str = ""
    at: datetime | None = None
    due: str | Promise = ""
    due_origin: str = ""
    now: bool = False
    path: str = ""
    known: int = 0

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
        named = (ItemKind.RECIPIENT, ItemKind.THEME, ItemKind.LINE, ItemKind.OWN_EVENT)
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
        show: which tab is open; `just`: what was decided a moment ago (an item, a sentence, a question), so that the
            next stop is the one behind it.
        upto: how many cards of a list are drawn.
        said: of each question the newest answer; `last`: what the undo key takes back.
    """

    notice: Notice
    reading: Reading
    sheet: Sheet
    items: list[Item]
    answers: dict[tuple[str, str], dict[str, Any]]
    newest: dict[int, Confirmation]
    said: dict[tuple[str, str], Answer]
    show: str = "waiting"
    just: str = ""
    upto: int = MOST
    covered: list[Covered] = field(default_factory=list)
    last: Last | None = None

    @cached_property
    def path(self) -> str:
        return reverse("notices:view", args=[self.notice.code])

    @property
    def query(self) -> str:
        """Keeps the open tab through an act."""
        return f"?show={self.show}" + (f"&upto={self.upto}" if self.upto != MOST else "")

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
    def tells_only(self) -> str:
        return tells_only(self.sheet, self.answers)

    @cached_property
    def progress(self) -> Progress:
        waiting = sum(item.decision == Decision.PROPOSED for item in self.items)
        clauses = sum(item.decision in _SETTLED and item.kind in MAKES_PLAN for item in self.items)
        asked = sum(asked.open for asked in self.questions)
        return Progress(waiting, self.shares[Share.UNSEEN], asked, clauses, self.tells_only)

    @cached_property
    def doubts(self) -> dict[str, Doubt]:
        return doubts_of(self.reading.record, self.items, self.reading.raw_text)

    @cached_property
    def stops(self) -> list[Stop]:
        return stops_of(self.items, self.doubts, self.covered, self.questions)

    @cached_property
    def now(self) -> str:
        """Key of the stop the keys act on."""
        before = next((item for item in self.items if item.code == self.just), None)
        if before is not None:
            return current(self.stops, self.just, item_order(before, self.doubts[before.code]))
        asked = next((n for n, asked in enumerate(self.questions) if asked.key == self.just), None)
        sentence = next((each for each in self.covered if each.id == self.just), None)
        order = (1, asked, 0) if asked is not None else (0, 2, sentence.spans[0][0]) if sentence else None
        return current(self.stops, self.just, order)

    @cached_property
    def blocks(self) -> list[Block]:
        """The paper with its marks; a sentence a question is about is in doubt."""
        doubts = {asked.ref for asked in self.questions if asked.open}
        marks = [
            Mark(
                self.numbers[item.code], item.code, tuple((a, b) for a, b in item.spans), item.code in doubts,
                item.decision in _SETTLED, not item.proposal,
            )
            for item in self.items
            if item.decision != Decision.REJECTED
        ]  # fmt: skip
        return lay_out(self.sheet, marks, self.covered)

    def blocks_of(self, codes: Sequence[str], sentences: Sequence[str] = ()) -> list[Block]:
        """The paragraphs in which some items and sentences stand: what has to be drawn again after a decision."""
        spans = [span for item in self.items if item.code in codes for span in item.spans]
        touched = {each.id for each in self.covered if each.id in sentences or touches(each.spans, spans)}
        return [
            block
            for block in self.blocks
            if block.codes & set(codes) or any(piece.sentence in touched for piece in block.pieces)
        ]

    @cached_property
    def groups(self) -> dict[Trust, list[Card]]:
        """The items still proposed by how sure the reader was, each group in the order of the queue."""
        proposed = [item for item in self.items if item.decision == Decision.PROPOSED]
        proposed.sort(key=lambda item: item_order(item, self.doubts[item.code]))
        return {
            trust: [self.card(item) for item in proposed if self.doubts[item.code].trust == trust] for trust in Trust
        }

    @cached_property
    def unseen(self) -> list[Covered]:
        return [sentence for sentence in self.covered if sentence.share == Share.UNSEEN]

    @cached_property
    def cards(self) -> list[Card]:
        """Every item, in the order of the paper."""
        return [self.card(item) for item in self.items[: self.upto]]

    def card(self, item: Item) -> Card:
        newest = self.newest.get(item.pk)
        decided = newest if item.decision != Decision.PROPOSED else None
        shown = facts(item.kind, item.values, item.proposal, by_person=not item.proposal or "made_of" in item.proposal)
        due: str | Promise = ""
        origin = ""
        if item.kind == ItemKind.REPORT_DUTY:
            stated, origin = due_of(item, self.answers)
            due = due_text(stated, str(item.proposal.get("soft", "")))
        return Card(
            item, self.numbers[item.code], shown, self.doubts[item.code], (decided.who or "") if decided else "",
            decided.at if decided else None, due, origin, item.code == self.now, f"{self.path}items/{item.code}/",
            newest.pk if newest else 0,
        )  # fmt: skip

    @cached_property
    def idle(self) -> list[Covered]:
        """Sentences without a task, those nobody looked at first."""
        found = [sentence for sentence in self.covered if sentence.share in (Share.UNSEEN, Share.NO_TASK)]
        return sorted(found, key=lambda sentence: sentence.share != Share.UNSEEN)

    @cached_property
    def tabs(self) -> list[tuple[str, int]]:
        progress = self.progress
        waiting = 0 if self.tells_only else progress.to_confirm + progress.unseen + progress.questions
        numbers = (waiting, len(self.items), progress.questions, len(self.idle))
        return list(zip(SHOWS, numbers, strict=True))

    @cached_property
    def characters(self) -> int:
        """Visible characters of the paper, for the burden line (2024 减负规定: a task paper usually ≤ 4,000)."""
        return sum(not character.isspace() and character != "*" for character in self.reading.raw_text)

    @cached_property
    def report_duties(self) -> int:
        gone = (Decision.REJECTED, Decision.REPLACED)
        return sum(item.kind == ItemKind.REPORT_DUTY and item.decision not in gone for item in self.items)


def desk_of(notice: Notice, *, show: str = "waiting", just: str = "", upto: int = MOST, actor: str = "") -> Desk | None:
    """The desk of a notice; None while nothing has been read.

    Args:
        actor: code of who looks at it, for what she can take back.
    """
    reading = notice.readings.first()
    if reading is None:
        return None
    sheet = sheet_of(reading.record, reading.raw_text)
    items = list(notice.items.exclude(decision=Decision.REPLACED))
    for item in items:
        item.notice = notice
    newest: dict[int, Confirmation] = {}
    for confirmation in _named(Confirmation.objects.filter(item__notice=notice)).order_by("at", "pk"):
        newest[confirmation.item_id] = confirmation
    said = newest_answers(notice)
    answers, seen = _standing(said)
    return Desk(
        notice, reading, sheet, items, answers, newest, said, show if show in SHOWS else "waiting", just, upto,
        cover(sheet.sentences, items, seen),
        last_of(actor, {item.pk: item for item in items}, newest.values(), said.values()),
    )  # fmt: skip


def _named(rows: Any) -> Any:
    """Rows with an actor, each with the name people know that person by in `who`; None for jobs of the house."""
    names = User.objects.filter(code=Substr(OuterRef("actor"), len("user:") + 1)).values("display_name")
    return rows.annotate(who=Subquery(names[:1]))


def newest_answers(notice: Notice) -> dict[tuple[str, str], Answer]:
    """Of each question of a notice, by question and ref, the newest answer."""
    rows = _named(Answer.objects.filter(notice=notice)).order_by("at", "pk")
    return {(answer.question, answer.ref): answer for answer in rows}


def _standing(said: dict[tuple[str, str], Answer]) -> tuple[dict[tuple[str, str], dict[str, Any]], set[str]]:
    found = {key: answer.value for key, answer in said.items() if answer.value.get("kind") != "open"}
    return found, {ref for question, ref in found if question == Question.SEEN}


def answers_of(notice: Notice) -> tuple[dict[tuple[str, str], dict[str, Any]], set[str]]:
    """The standing answers of a notice by question and ref, and the ids of the sentences that were seen."""
    return _standing(newest_answers(notice))


def newest_decision(item: Item) -> Confirmation | None:
    """The newest decision about an item, with the name of who made it in `who`."""
    return _named(Confirmation.objects.filter(item=item)).order_by("-at", "-pk").first()


def progress_of(notice: Notice) -> Progress:
    """What is still open before the plan can be published."""
    desk = desk_of(notice)
    return desk.progress if desk else Progress(0, 0, 0, 0)
