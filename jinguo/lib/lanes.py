"""So many at a time: keeps a process's threads from jostling for the interpreter while one of them holds a database lock.

Measured (tests/bench, stampede): with 32 threads at work the holder of the write lock lost the interpreter at every statement
and got it back last; with three it keeps its turn, and everybody is answered many times sooner. Leave the lane before waiting
for a lock (lib.convoy): who waits needs no place, and whoever decides shall have company.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from jinguo.lib.errors import Stale


class Lane:
    """A gate for hot work, one a process.

    Args:
        wide: how many may be inside at once; `patience`: seconds one waits outside before she is told.
    """

    def __init__(self, wide: int, patience: float) -> None:
        self.inside, self.patience = BoundedSemaphore(wide), patience

    @contextmanager
    def entered(self, sentence: object) -> Iterator[None]:
        """Wait for a place and keep it.

        Raises:
            Stale: with this sentence, when no place came free in time; nothing was done.
        """
        if not self.inside.acquire(timeout=self.patience):
            raise Stale(sentence)
        try:
            yield
        finally:
            self.inside.release()
