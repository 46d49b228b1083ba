"""The chance of a test run: what the house draws in a test (codes, secrets, nonces) follows from a seed and the test's name.

So a failure by chance comes again when it is asked for, with the seed that stands under the run; and CI, where Hypothesis too
tries the same examples each time, judges a change and not its luck. Elsewhere each run has a seed of its own, which is how such
failures are found. Processes a test starts draw for themselves.
"""

import os
import random
import secrets
from collections.abc import Sequence
from typing import TypeVar

import pytest

Thing = TypeVar("Thing")
SEED = os.environ.setdefault("JINGUO_TEST_SEED", "ci" if os.environ.get("CI") else secrets.token_hex(4))
_stream = random.Random(SEED)


def _token_bytes(nbytes: int | None = None) -> bytes:
    return _stream.randbytes(32 if nbytes is None else nbytes)


def _below(exclusive: int) -> int:
    return _stream.randrange(exclusive)


def _choice(things: Sequence[Thing]) -> Thing:
    return _stream.choice(things)


# token_hex and token_urlsafe draw through token_bytes.
secrets.token_bytes, secrets.randbelow, secrets.choice = _token_bytes, _below, _choice
os.register_at_fork(after_in_child=_stream.seed)  # two children of one test must not draw the same


def begin(name: str) -> None:
    """Begin the stream of the test of this name."""
    _stream.seed(f"{SEED}:{name}")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Each test has a stream of its own, whichever ran before it."""
    begin(item.nodeid)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, exitstatus: int) -> None:
    """Under a run that failed: how to have the same chance again."""
    if exitstatus == pytest.ExitCode.TESTS_FAILED:
        terminalreporter.write_line(f"JINGUO_TEST_SEED={SEED} draws the same codes and secrets again.")
