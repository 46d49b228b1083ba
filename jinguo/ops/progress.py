"""A progress bar for commands: one line that grows on a terminal, one line a tenth in a log."""

from typing import Any

from jinguo.lib import clock

WIDTH = 32


class Bar:
    """How far a long command is, and about how long it will still take.

    Args:
        total: how many there are.
        out: where it is written, e.g. a command's `stderr`.
        live: whether the line may be overwritten.
    """

    def __init__(self, total: int, out: Any, *, live: bool) -> None:
        self.total, self.out, self.live = max(total, 1), out, live
        self.began, self.told = clock.monotonic(), 0

    def show(self, done: int) -> None:
        """Say how many are done."""
        tenth = done * 10 // self.total
        if not self.live and tenth == self.told:
            return
        self.told = tenth
        gone = clock.monotonic() - self.began
        left = gone / done * (self.total - done) if done else 0
        full = min(done * WIDTH // self.total, WIDTH)
        line = f"[{'█' * full}{'·' * (WIDTH - full)}] {done:,} / {self.total:,}  {gone:.0f} s, {left:.0f} s left"
        self.out.write(f"\r{line} " if self.live else line, ending="" if self.live else "\n")

    def end(self) -> None:
        """Go to a fresh line."""
        if self.live:
            self.out.write("")
