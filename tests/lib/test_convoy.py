"""Whoever waits for the same lock travels together: in order, each told once, and one that fails fails alone."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinguo.lib.convoy import Convoy


class Road:
    """A lock that tests hold shut, and what was decided under it: loads, in their order."""

    def __init__(self, most: int = 64) -> None:
        self.loads: list[list[int]] = []
        self.lock = threading.Lock()
        self.convoy: Convoy[int, int] = Convoy(self.drive, most)

    def drive(self, thing, board):
        with self.lock:
            load = list(board())
            self.loads.append(load)
            if any(want < 0 for want in load):
                raise ValueError(f"cannot decide {min(load)}")
            return [want * 10 for want in load]

    def outcome(self, want: int) -> object:
        try:
            return self.convoy.travel("pool", want)
        except ValueError as problem:
            return str(problem)

    def waiting(self) -> int:
        return sum(len(line) for line in self.convoy.lines.values())

    def rush(self, wants: list[int]) -> list[object]:
        """All of them while the lock is somebody else's, one behind the other; then it is let go."""
        with ThreadPoolExecutor(max(len(wants), 1)) as crowd:
            with self.lock:
                pressed = []
                for number, want in enumerate(wants, 1):
                    pressed.append(crowd.submit(self.outcome, want))
                    while self.waiting() < number:
                        threading.Event().wait(0.0005)
            return [one.result(timeout=20) for one in pressed]


def test_alone_she_drives_herself():
    road = Road()
    assert [road.outcome(n) for n in (1, 2)] == [10, 20]
    assert road.loads == [[1], [2]]
    assert road.convoy.lines == {}, "nothing is remembered of a line that has gone"


def test_whoever_came_while_the_lock_was_not_to_be_had_is_decided_at_once_in_the_order_of_coming():
    road = Road()
    assert road.rush([5, 3, 9, 3]) == [50, 30, 90, 30]
    assert road.loads == [[5, 3, 9, 3]]


def test_more_than_fit_go_with_the_next_load():
    road = Road(most=3)
    assert road.rush([1, 2, 3, 4, 5, 6, 7]) == [10, 20, 30, 40, 50, 60, 70]
    assert road.loads == [[1, 2, 3], [4, 5, 6], [7]]


def test_one_that_cannot_be_decided_does_not_spoil_it_for_the_others():
    road = Road()
    assert road.rush([1, -2, 3]) == [10, "cannot decide -2", 30]
    assert road.loads == [[1, -2, 3], [1], [-2], [3]]


def test_when_the_lock_cannot_be_had_everybody_hears_of_it_and_the_next_may_try():
    opened = threading.Event()
    tries = []

    def drive(thing, board):
        tries.append(thing)
        if len(tries) == 1:
            opened.wait(timeout=20)
            raise TimeoutError("no turn")
        return list(board())

    convoy: Convoy[int, int] = Convoy(drive, 64)
    with ThreadPoolExecutor(3) as crowd:
        pressed = [crowd.submit(convoy.travel, "pool", n) for n in range(3)]
        while sum(len(line) for line in convoy.lines.values()) < 3:
            threading.Event().wait(0.0005)
        opened.set()
        assert [type(one.exception(timeout=20)) for one in pressed] == [TimeoutError] * 3
    assert convoy.travel("pool", 7) == 7
    assert len(tries) == 2


def test_two_things_wait_for_nothing_of_each_other():
    held = threading.Event()

    def drive(thing, board):
        if thing == "busy":
            held.wait(timeout=20)
        return [f"{thing} {want}" for want in board()]

    convoy: Convoy[int, str] = Convoy(drive, 64)
    with ThreadPoolExecutor(1) as crowd:
        busy = crowd.submit(convoy.travel, "busy", 1)
        assert convoy.travel("free", 2) == "free 2"
        held.set()
        assert busy.result(timeout=20) == "busy 1"


@settings(max_examples=25, deadline=None)
@given(wants=st.lists(st.integers(-3, 50), max_size=12), most=st.integers(1, 5))
def test_everybody_gets_her_own_answer_whoever_travels_with_her(wants, most):
    road = Road(most)
    assert road.rush(wants) == [want * 10 if want >= 0 else f"cannot decide {want}" for want in wants]
    decided = [want for load in road.loads for want in load if all(other >= 0 for other in load)]
    assert sorted(decided) == sorted(want for want in wants if want >= 0), "each once"
    assert road.convoy.lines == {}


def test_who_drives_is_told_with_her_load_and_never_drives_for_others_afterwards():
    """The answer of the first does not wait for those who came later."""
    order: list[str] = []
    gate = [threading.Event(), threading.Event()]

    def drive(thing, board):
        load = list(board())
        gate[min(len(order), 1)].wait(timeout=20)
        order.append(f"decided {load}")
        return load

    convoy: Convoy[int, int] = Convoy(drive, 64)
    with ThreadPoolExecutor(2) as crowd:
        first = crowd.submit(convoy.travel, "pool", 1)
        while not (convoy.lines.get("pool") is not None and not convoy.lines["pool"]):
            threading.Event().wait(0.0005)
        second = crowd.submit(convoy.travel, "pool", 2)
        while not convoy.lines["pool"]:
            threading.Event().wait(0.0005)
        gate[0].set()
        assert first.result(timeout=20) == 1, "while the second is still on the road"
        assert not second.done()
        gate[1].set()
        assert second.result(timeout=20) == 2


def test_a_problem_is_raised_where_it_belongs():
    def drive(thing, board):
        board()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Convoy(drive, 2).travel("pool", 1)
