"""How well and how fast notices are read: the corpus by tier, the real notice, the import of the library.

CPU is that of this process alone, so that a busy machine changes it little; the best of several runs is printed.
"""

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from jinguo.gongwen import read
from tests.gongwen.corpus import TIERS, Paper, papers
from tests.gongwen.scoring import Judgement, Tally, judge

ROOT = Path(__file__).resolve().parents[2]
_PLACES = [p / "shared" / "seed" / "notice-2023-3.txt" for p in ROOT.parents]
REAL_NOTICE = next((p for p in _PLACES if p.is_file()), None)
_IMPORT = "import time; t = time.process_time(); import jinguo.gongwen; print(time.process_time() - t)"
_FIRST = _IMPORT.replace("; print", "; jinguo.gongwen.read('关于走访的通知'); print")
_ALL = "all"
_EXACT = ("title", "genre", "issuer", "recipients", "sign", "attachments")


def measure() -> Iterator[str]:
    """Quality by tier, then speed."""
    read("关于走访的通知\n")  # patterns compiled, lexicon loaded
    yield from _quality()
    yield ""
    yield from _speed()


def _quality() -> Iterator[str]:
    judged = [(paper, judge(paper)) for paper in papers()]
    yield (
        f"{'tier':<8}{'papers':>7}{'node F1':>9}{'event P':>9}{'event R':>9}{'event F1':>9}{'deadline':>9}{'report':>8}"
        f"{'contact':>8}{'head':>7}{'spans':>8}{'covered':>9}{'invented':>9}{'ms/1,000':>10}"
    )
    for tier in (*TIERS, _ALL):
        yield _row(tier, [(paper, one) for paper, one in judged if tier in (paper.tier, _ALL)])


def _row(tier: str, judged: list[tuple[Paper, Judgement]]) -> str:
    total: dict[str, Tally] = {}
    for _, one in judged:
        for name, tally in one.tallies.items():
            total.setdefault("head" if name in _EXACT else name, Tally()).add(tally)
    outline, events = total.get("outline", Tally()), total.get("events", Tally())
    deadlines, reports, contacts = (total.get(name, Tally()) for name in ("deadlines", "reports", "contacts"))
    spans = sum(one.spans for _, one in judged)
    exact = 1 - sum(one.inexact_spans for _, one in judged) / max(spans, 1)
    covered = 1 - sum(one.unread for _, one in judged) / max(sum(one.sentences for _, one in judged), 1)
    invented = sum(len(one.inventions) for _, one in judged)
    characters = sum(one.characters for _, one in judged)
    cost = sum(_cpu(lambda paper=paper: read(paper.text), 2) for paper, _ in judged) / max(characters, 1) * 1e6
    return (
        f"{tier:<8}{len(judged):>7}{outline.f1:>9.3f}{events.precision:>9.3f}{events.recall:>9.3f}{events.f1:>9.3f}"
        f"{deadlines.f1:>9.3f}{reports.f1:>8.3f}{contacts.f1:>8.3f}{total.get('head', Tally()).f1:>7.3f}{exact:>8.4f}"
        f"{covered:>9.3f}{invented:>9}{cost:>10.1f}"
    )


def _speed() -> Iterator[str]:
    if REAL_NOTICE is None:
        yield "the real notice is not beside this repository; its CPU is not measured"
    else:
        data = REAL_NOTICE.read_bytes()
        length = len(re.sub(r"\s", "", data.decode()))
        yield f"real notice, {length} characters: {_cpu(lambda: read(data), 9) * 1000:.1f} ms of CPU (to reach: 50)"
    yield f"import of jinguo.gongwen in a fresh process: {_fresh(_IMPORT):.0f} ms of CPU (to reach: 150)"
    yield f"import and the first reading, which loads the reader: {_fresh(_FIRST):.0f} ms of CPU"


def _fresh(program: str) -> float:
    """Milliseconds that the program says it took, the best of five processes."""
    said = (
        subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True)
        for _ in range(5)
    )
    return min(float(one.stdout) for one in said) * 1000


def _cpu(work: Callable[[], object], times: int) -> float:
    """Seconds of processor time, the best of several runs."""
    best = float("inf")
    for _ in range(times):
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return best
