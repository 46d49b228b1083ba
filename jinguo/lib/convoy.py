"""Waiting together for one lock: whoever gets it works for everybody who waits.

A rush is many people who want the same row. Each in a transaction of her own means for each a wait for the lock, a set of
statements and a flush to the disk. Here they stand in a line, one line for each thing that is wanted. The first of a line
drives: she begins the transaction, takes the lock, and only then lets the others board, in the order in which they came.
All are decided by one set of statements and one commit; then all are told, and whoever stands first by now drives next.

    line   A          A drives: BEGIN, the lock … is hers
           A B C      A, B and C board: decide, write, COMMIT; all three are told
           D E        D drives

Nobody waits for company: where nobody else is about, a load is one person. There is no second way, no thread of its own
and no timer. Nobody is told anything before the driver has returned, so whatever was told is committed.
"""

from collections import deque
from collections.abc import Callable, Hashable, Sequence
from threading import Event, Lock
from typing import Generic, TypeVar

Want = TypeVar("Want")
Answer = TypeVar("Answer")
Board = Callable[[], Sequence[Want]]


class Passenger(Generic[Want, Answer]):
    """One who waits: what she wants, and what became of it."""

    def __init__(self, want: Want) -> None:
        self.want = want
        self.called = Event()  # she has been told, or it is hers to drive
        self.told: list[Answer] = []
        self.problem: BaseException | None = None


class Convoy(Generic[Want, Answer]):
    """The lines of one kind of work, one object a process.

    Args:
        drive: decides a load. It is given the thing wanted and `board`, which it calls once, with the lock in its hands: that
            returns who is on board. It answers each in that order, after its commit.
        most: how many board at once.
    """

    def __init__(self, drive: Callable[[Hashable, Board[Want]], Sequence[Answer]], most: int) -> None:
        self.drive, self.most = drive, most
        self.door = Lock()
        self.lines: dict[Hashable, deque[Passenger[Want, Answer]]] = {}  # a line is there while somebody drives it

    def travel(self, thing: Hashable, want: Want) -> Answer:
        """Stand in the line for a thing until the own want is decided.

        Raises:
            Exception: what deciding it alone has raised.
        """
        mine: Passenger[Want, Answer] = Passenger(want)
        with self.door:
            line = self.lines.get(thing)
            if line is None:
                line = self.lines[thing] = deque()
                mine.called.set()
            line.append(mine)
        mine.called.wait()
        if not mine.told and mine.problem is None:
            self._set_out(thing)
        if mine.problem is not None:
            raise mine.problem
        return mine.told[0]

    def _set_out(self, thing: Hashable) -> None:
        """Drive one load, tell everybody on board, and hand the line to whoever stands first."""
        load: list[Passenger[Want, Answer]] = []
        try:
            self._decide(thing, load)
        finally:
            with self.door:
                line = self.lines[thing]
                if line:
                    line[0].called.set()
                else:
                    del self.lines[thing]
            for one in load:
                one.called.set()

    def _decide(self, thing: Hashable, load: list[Passenger[Want, Answer]]) -> None:
        """Drive once. When a load fails nothing of it was kept: each tries alone, so that one cannot spoil it for the others."""

        def board() -> list[Want]:
            with self.door:
                line = self.lines[thing]
                load.extend(line.popleft() for _place in range(min(self.most, len(line))))
            return [one.want for one in load]

        try:
            answers = self.drive(thing, board)
        except BaseException as problem:
            if len(load) > 1 and isinstance(problem, Exception):
                return self._each_alone(thing, load)
            if not load:
                board()  # the lock was not to be had: whoever waits for it hears so, and does not wait once more
            for one in load:
                one.problem = problem
            return
        for one, answer in zip(load, answers, strict=True):
            one.told.append(answer)

    def _each_alone(self, thing: Hashable, load: list[Passenger[Want, Answer]]) -> None:
        for one in load:
            try:
                one.told.extend(self.drive(thing, lambda one=one: [one.want]))  # type: ignore[misc]
            except Exception as problem:
                one.problem = problem
