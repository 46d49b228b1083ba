"""The one kind of registry the house allows: the upper room tells the lower one what it brings, at start-up."""

from collections.abc import Callable, Iterator
from typing import Any

from jinguo.lib import clock


class Registry:
    """Named callables in order of registration.

    Raises:
        ValueError: when a name is registered twice.
    """

    def __init__(self, what: str) -> None:
        self.what = what
        self._entries: dict[str, Callable[..., Any]] = {}

    def register(self, name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        def remember(function: Callable[..., Any]) -> Callable[..., Any]:
            if name in self._entries and self._entries[name] is not function:
                raise ValueError(f"{self.what} {name!r} is registered twice")
            self._entries[name] = function
            return function

        return remember

    def __iter__(self) -> Iterator[tuple[str, Callable[..., Any]]]:
        return iter(self._entries.items())


class Every:
    """Lets work that need not be asked each second pass once in so many seconds, in each process by itself."""

    def __init__(self, seconds: float) -> None:
        self.seconds, self.last = seconds, float("-inf")

    def is_due(self) -> bool:
        """True at the first asking, and again when the time is over."""
        moment = clock.monotonic()
        if moment - self.last < self.seconds:
            return False
        self.last = moment
        return True


class DueWork(Registry):
    """Rows that wait for the worker: each function does a bounded amount of work and returns how many rows it moved.

    What somebody waits for is asked in every round. What is due once in days (forgetting, rows a crash left behind) says with
    `every` how many seconds may pass; a worker with nothing to do then costs next to nothing.
    """

    def __init__(self) -> None:
        super().__init__("due work")
        self._times: dict[str, Every] = {}

    def register(self, name: str, *, every: float = 0.0) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        self._times[name] = Every(every)
        return super().register(name)

    def due(self) -> Iterator[tuple[str, Callable[..., Any]]]:
        """Those whose time has come."""
        return (entry for entry in self if self._times[entry[0]].is_due())

    def hurry(self, name: str) -> None:
        """Ask this one again in the next round: it moved rows, and there may be more; or it failed."""
        self._times[name].last = float("-inf")


due_work = DueWork()
