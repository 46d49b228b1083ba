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


# Rows that wait for the worker: each function does a bounded amount of work and returns how many rows it moved.
due_work = Registry("due work")
