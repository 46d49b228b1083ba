"""Whatever arrives — cut, doubled, in the wrong encoding, brackets without end, a .docx with its bits flipped — is read
honestly or refused with a sentence: no crash, no reading without end, no more than 300 MiB, nothing invented.

The first 500 mutants of one seed; `make soak` reads 20,000 of another (tests/soak), each in 2 s of processor time. The run
prints its seed.
"""

import pytest

from tests.soak import worker
from tests.soak.mutants import FORMS, mutant
from tests.soak.running import run

SEED, COUNT = 1, 500  # a third of them in `make test`
PATIENCE = 10 * worker.SECONDS  # a second of a crowded machine's processor does less; how fast it is, `make soak` says


@pytest.mark.property
def test_hundreds_of_damaged_papers_are_survived(pytestconfig: pytest.Config) -> None:
    """Of every form, many of them read after all; and the worker that read them is still small."""
    result = run(SEED, 0, COUNT // 3 if pytestconfig.getoption("fewer_examples") else COUNT, 1, PATIENCE)
    print("\n".join(result.lines()))  # shown when the test fails, and with -s
    assert result.faults == []
    assert set(result.forms) == set(FORMS)
    assert result.outcomes["read"] >= result.count // 3
    assert 0 < result.peak < worker.MEMORY


def test_a_mutant_is_its_seed_and_number() -> None:
    assert mutant(SEED, 7) == mutant(SEED, 7) != mutant(SEED + 1, 7)


@pytest.mark.parametrize(
    ("raised", "outcome"), [(ValueError("x"), "crash"), (MemoryError(), "memory"), (worker.TookTooLong(), "slow")]
)
def test_a_reader_that_fails_is_seen(raised: BaseException, outcome: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(data: object) -> None:
        raise raised

    monkeypatch.setattr(worker, "read", fails)
    found, fault = worker.outcome_of(mutant(SEED, 0))
    assert found == outcome and fault


def test_a_worker_that_dies_is_named_and_the_next_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without room for Python itself, every worker ends before its first word."""
    monkeypatch.setenv("PYTHONPATH", "/nonexistent")
    monkeypatch.setenv("PYTHONHOME", "/nonexistent")
    result = run(SEED, 0, 2, 1)
    assert [number for number, _ in result.faults] == [0, 1]
    assert result.outcomes == {"died": 2}
