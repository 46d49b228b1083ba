"""Workers started, watched and started again; what they say is added up."""

import json
import queue
import subprocess
import sys
import threading
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.soak.worker import SECONDS

ROOT = Path(__file__).resolve().parents[2]
SILENCE = 120.0  # seconds without a word from a worker: a busy machine may take long over 2 s of processor time


@dataclass
class Result:
    """What came of a run. faults: number of the mutant and what went wrong, each to be read again by its seed."""

    seed: int
    outcomes: Counter[str] = field(default_factory=Counter)
    forms: Counter[str] = field(default_factory=Counter)
    faults: list[tuple[int, str]] = field(default_factory=list)
    slowest: tuple[float, int] = (0.0, -1)
    peak: int = 0  # bytes of the largest worker

    @property
    def count(self) -> int:
        return sum(self.outcomes.values())

    def take(self, facts: dict[str, Any]) -> None:
        """Add one line of a worker."""
        if "peak" in facts:
            self.peak = max(self.peak, facts["peak"])
        elif "outcome" in facts:
            self.outcomes[facts["outcome"]] += 1
            self.forms[facts["how"]] += 1
            self.slowest = max(self.slowest, (facts["seconds"], facts["number"]))
            if facts["fault"]:
                self.faults.append((facts["number"], facts["fault"]))

    def lines(self) -> list[str]:
        """The result for a person."""
        seconds, number = self.slowest
        return [
            f"seed {self.seed}: {self.count} mutants ({', '.join(f'{n} {form}' for form, n in sorted(self.forms.items()))})",
            f"outcomes: {', '.join(f'{n} {outcome}' for outcome, n in self.outcomes.most_common())}",
            f"slowest {seconds:.2f} s (number {number}); largest worker {self.peak / 2**20:.0f} MiB",
            *(f"FAULT, again by --seed {self.seed} --only {number}: {fault.strip()}" for number, fault in self.faults),
            f"{len(self.faults)} faults",
        ]


def run(seed: int, first: int, end: int, workers: int, seconds: float = SECONDS) -> Result:
    """Read the mutants first … end - 1 in so many long-lived workers; one that dies is started again behind its mutant.

    `seconds`: of processor time for each.
    """
    result = Result(seed)
    lock = threading.Lock()
    watchers = [
        threading.Thread(target=_watch, args=(result, lock, first + i, workers, end, seconds))
        for i in range(min(workers, end - first))
    ]
    for watcher in watchers:
        watcher.start()
    for watcher in watchers:
        watcher.join()
    result.faults.sort()
    return result


def _watch(result: Result, lock: threading.Lock, first: int, step: int, end: int, seconds: float) -> None:
    while first < end:
        at, ended = _one_worker(result, lock, first, step, end, seconds)
        if ended is None:
            return
        with lock:
            result.outcomes["died"] += 1
            result.faults.append((at, ended))
        first = at + step


def _one_worker(
    result: Result, lock: threading.Lock, first: int, step: int, end: int, seconds: float
) -> tuple[int, str | None]:
    """The last mutant it began, and how it ended before its time (None: it did all)."""
    command = [sys.executable, "-m", "tests.soak.worker", *map(str, (result.seed, first, step, end, seconds))]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as worker:
        said: queue.Queue[str | None] = queue.Queue()
        listeners = [
            threading.Thread(target=_listen, args=words, daemon=True)
            for words in ((worker.stdout, said), (worker.stderr, None))
        ]
        for listener in listeners:
            listener.start()
        at, done = first, False
        while True:
            try:
                line = said.get(timeout=SILENCE)
            except queue.Empty:
                worker.kill()
                _wait_for(listeners)
                return at, f"silent for {SILENCE:.0f} s"
            if line is None:
                break
            facts = json.loads(line)
            at, done = facts.get("number", at), "peak" in facts
            with lock:
                result.take(facts)
        code = worker.wait()
        _wait_for(listeners)  # leaving here closes what they read from
    return at, None if done and code == 0 else f"the worker ended with code {code}"


def _wait_for(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.join()


def _listen(stream: Any, said: "queue.Queue[str | None] | None") -> None:
    for line in stream:
        if said is not None:
            said.put(line)
    if said is not None:
        said.put(None)
