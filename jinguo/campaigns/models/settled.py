"""What no clock changes of an obligation, kept as one number in its row (`settled`).

A board counts sixty thousand obligations at once; it then reads one small column of an index instead of nine. The number can never
be wrong: `ObligationRows.update` writes it with the facts it comes from, and a constraint refuses a row where the two differ.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models
from django.db.models import F, Q

# The first of these words that fits, or WAITING, a STEP apiece; and four facts about the due instant, added.
SETTLED = ("exempt", "sent_back", "proxy", "accepted", "reported", "zero")
STEP = 16
WAITING = len(SETTLED) * STEP
EXTENDED, DATED, ON_TIME, ON_TIME_RAW = 8, 4, 2, 1
# With a clock (`counting.moved_on`): one step each on from WAITING, or this much for those whose unit ended before they were due.
NEAR_STEP, LATE_STEP, LONG_STEP, CLOSED = STEP, 2 * STEP, 3 * STEP, 16 * STEP

# The columns it comes from, with the type a new value of each has.
SOURCES: dict[str, Any] = {
    "exempt_at": models.DateTimeField, "zero_at": models.DateTimeField, "due_at": models.DateTimeField,
    "extended_to": models.DateTimeField, "first_reported_at": models.DateTimeField, "returns": models.IntegerField,
    "accepted": models.IntegerField, "sent_back": models.IntegerField, "proxy_unit_id": models.BigIntegerField,
}  # fmt: skip


@dataclass(frozen=True)
class Facts:
    """What one number of facts says: the state word, whether there is a due instant, and in time by which."""

    state: str
    dated: bool
    on_time: bool
    on_time_raw: bool


@cache
def facts_of(number: int) -> Facts:
    """What `settled`, moved on by the clock, says by this number."""
    return Facts(_state_of(number), bool(number & DATED), bool(number & ON_TIME), bool(number & ON_TIME_RAW))


def _state_of(number: int) -> str:
    if number >= CLOSED:
        return "closed"
    if number < WAITING:
        return SETTLED[number // STEP]
    on = (number - WAITING) // STEP * STEP
    if on >= LATE_STEP:
        return "long_overdue" if on == LONG_STEP else "overdue"
    if number & EXTENDED:
        return "extended"
    if on == NEAR_STEP:
        return "near_due"
    return "not_due" if number & DATED else "open_ended"


def settled_case(name: Callable[[str], str] = lambda column: column) -> Any:
    """The expression of `settled`, in the order `Obligation.state_at` asks. `name` says what a column is called in the query."""
    say = models.Value

    def is_set(column: str) -> Q:
        return ~Q(**{f"{name(column)}__isnull": True})

    def some(column: str) -> Q:
        return Q(**{f"{name(column)}__gt": 0})

    def by(due: str) -> Q:
        return Q(**{f"{name('first_reported_at')}__lte": F(name(due))}) | Q(**{f"{name('zero_at')}__lte": F(name(due))})

    all_accepted = Q(**{name("accepted"): F(name("returns"))})
    holds = (is_set("exempt_at"), some("sent_back"), some("returns") & is_set("proxy_unit_id"),
             some("returns") & all_accepted, some("returns"), is_set("zero_at"))  # fmt: skip
    words = models.Case(*(models.When(q, then=say(n * STEP)) for n, q in enumerate(holds)), default=say(WAITING))
    granted = is_set("extended_to")
    on_time = (granted & by("extended_to")) | (~granted & by("due_at"))
    return (
        words + _if(granted, EXTENDED) + _if(granted | is_set("due_at"), DATED) + _if(on_time, ON_TIME)
        + _if(by("due_at"), ON_TIME_RAW)
    )  # fmt: skip


def _if(holds: Q, bit: int) -> models.Case:
    return models.Case(models.When(holds, then=models.Value(bit)), default=models.Value(0))


def settled_of(row: Any) -> int:
    """The same of a row in memory."""

    def by(due: Any) -> bool:
        return due is not None and any(at is not None and at <= due for at in (row.first_reported_at, row.zero_at))

    holds = (row.exempt_at is not None, row.sent_back > 0, row.returns > 0 and row.proxy_unit_id is not None,
             row.returns > 0 and row.accepted == row.returns, row.returns > 0, row.zero_at is not None, True)  # fmt: skip
    due = row.extended_to or row.due_at
    bits = (EXTENDED * bool(row.extended_to), DATED * bool(due), ON_TIME * by(due), ON_TIME_RAW * by(row.due_at))
    return holds.index(True) * STEP + sum(bits)


def with_settled(rows: Any, new: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    """These rows and new values with `settled` among them, reckoned from the values the columns are about to have."""
    facts = {"proxy_unit_id" if column == "proxy_unit" else column: value for column, value in new.items()}
    facts = {column: facts[column] for column in SOURCES if column in facts}
    if not facts:
        return rows, new
    coming = {f"coming_{column}": _expression(column, value) for column, value in facts.items()}
    case = settled_case(lambda column: f"coming_{column}" if column in facts else column)
    return rows.annotate(**coming), new | {"settled": case}


def _expression(column: str, value: Any) -> Any:
    if hasattr(value, "resolve_expression"):
        return value
    return models.Value(getattr(value, "pk", value), output_field=SOURCES[column]())


class SettledField(models.PositiveSmallIntegerField):
    """A column that is reckoned from its row whenever that is inserted or saved."""

    def pre_save(self, model_instance: Any, add: bool) -> int:
        number = settled_of(model_instance)
        setattr(model_instance, self.attname, number)
        return number
