"""One long-lived reading process with limits: `python -m tests.soak.worker SEED FIRST STEP END SECONDS`.

It prints one line of JSON for each mutant before reading it and one after, so that whoever started it knows which mutant
ended it; and at the end what memory it took. Its data may not grow past the limit, and a reading past its processor
time is stopped and reported.
"""

import json
import resource
import signal
import sys
import time
import traceback
from pathlib import Path
from types import FrameType
from typing import Any

from jinguo.gongwen import Record, Unreadable, read
from tests.gongwen.scoring import inventions
from tests.soak.mutants import Mutant, mutant

SECONDS = 2.0  # of processor time for one paper
MEMORY = 300 * 1024 * 1024  # bytes of data; Linux counts every private page


class TookTooLong(BaseException):
    """Not an Exception, so that no clause of the reader swallows it."""


def _stop(signum: int, frame: FrameType | None) -> None:
    raise TookTooLong


def main(words: list[str]) -> int:
    """Read the mutants FIRST, FIRST + STEP … below END of the seed, each in so many SECONDS."""
    seed, first, step, end = map(int, words[:4])
    seconds = float(words[4])
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    signal.signal(signal.SIGPROF, _stop)
    for number in range(first, end, step):
        _say(number=number)
        made = mutant(seed, number)
        started = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, seconds)
        try:
            outcome, fault = outcome_of(made)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        _say(number=number, how=made.how, outcome=outcome, fault=fault, seconds=time.process_time() - started)
    _say(peak=own_peak())
    return 0


def own_peak() -> int:
    """Bytes this program took at most. ru_maxrss does not say that: it survives exec, so a worker started by a large
    process would be blamed for its parent's memory. Linux counts VmHWM anew for each program."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) * 1024


def _say(**facts: Any) -> None:
    print(json.dumps(facts, ensure_ascii=True), flush=True)


def outcome_of(made: Mutant) -> tuple[str, str | None]:
    """(`read` or the code of the refusal, what is wrong or None)."""
    try:
        record = read(made.data)
        signal.setitimer(signal.ITIMER_PROF, 0)  # what follows is ours
    except Unreadable as refusal:
        return refusal.code, None
    except TookTooLong:
        return "slow", f"took too long: {traceback.format_exc(limit=-3)}"
    except MemoryError:
        return "memory", f"more than {MEMORY // 2**20} MiB"
    except Exception:
        return "crash", traceback.format_exc(limit=-4)
    return "read", dishonest(record)


def dishonest(record: Record) -> str | None:
    """What in the record does not stand in its text, or None."""
    for leaf in record.leaves():
        for span in leaf.src:
            if record.raw[span.start : span.end] != span.quote:
                return f"span {span.start}-{span.end} of {leaf.rule} does not quote the text"
    invented = inventions(record)
    if invented:
        return f"not in the text: {invented[:3]}"
    if Record.from_json(record.to_json()) != record:
        return "the record does not come back from its JSON"
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
