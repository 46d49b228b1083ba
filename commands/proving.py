"""`test`, `test-all`, `check`, `fix`, `bench` and `soak`: what shows that the house still stands."""

import os
import subprocess
import time
from pathlib import Path

from commands.environment import DEVELOPMENT, PYTHON, compile_catalogues, install_libraries
from commands.saying import ROOT, Words, stop
from tests.services import machine

Pass = tuple[str, Words, list[str]]  # name, the words that start it, the marks that choose its tests
QUICK = "not slow and not wide"
LEFT = "slow or wide or property"
FEWER = "--fewer-examples"  # the rest tries properties with all of theirs
# Tests about the code say the same on every database, and so does one page in a browser; the journeys go on both.
SAME_ON_BOTH = ["--ignore=tests/house", "--ignore-glob=*/test_browser_*.py"]
ON_POSTGRES: Words = [PYTHON, "-m", "tests.services.temp_pg", PYTHON, "-m", "pytest", *SAME_ON_BOTH]
WHOLE = "Tests on SQLite"  # the one pass that must find tests
NOTHING_COLLECTED = 5  # pytest's exit code for it


def prepare() -> None:
    """Everything tests and checks need that Python can install."""
    install_libraries(DEVELOPMENT)
    compile_catalogues()


def look_for_parts() -> dict[str, str]:
    """Say which programs the tests will use; install Chromium if it is missing. In CI a missing part stops the run."""
    if not machine.find_chromium():
        machine.obtain_chromium(str(PYTHON))
    parts = machine.survey()
    for part in parts:
        print(f"· {part.sentence()}")
    missing = [part for part in parts if not part.path]
    if missing and machine.missing_is_failure():
        stop("CI=true, so nothing may be skipped: " + ", ".join(part.name for part in missing) + " must be installed.")
    if missing:
        print("· What needs them is skipped in this run (with CI=true it would fail).")
    return {part.name: part.path for part in parts}


def passes(chosen: list[Pass], extra: list[str]) -> None:
    """Run these test passes one after the other, all of them, and print one line for each at the end."""
    lines, failed = [], False
    for name, words, marks in chosen:
        print(f"\n· {name}", flush=True)
        started = time.monotonic()
        code = subprocess.run([*words, "-n", "2", "--dist", "worksteal", *marks, *extra], cwd=ROOT).returncode
        nothing = code == NOTHING_COLLECTED and (extra or name != WHOLE)
        result = "passed" if code == 0 else "no such test" if nothing else "FAILED"
        failed = failed or result == "FAILED"
        lines.append(f"  {name:<44}{result:<14}{time.monotonic() - started:6.0f} s")
    print("\n" + "\n".join(lines), flush=True)
    if failed:
        stop("Some tests failed; what they said stands above.")


def test(extra: list[str]) -> None:
    """Everything quick on SQLite, then on PostgreSQL what is marked for it."""
    prepare()
    parts = look_for_parts()
    chosen: list[Pass] = [(WHOLE, [PYTHON, "-m", "pytest"], ["-m", QUICK, FEWER])]
    if parts["PostgreSQL server"]:
        chosen.append(("Tests marked postgres, on PostgreSQL", ON_POSTGRES, ["-m", f"postgres and {QUICK}", FEWER]))
    passes(chosen, extra)


def test_rest(extra: list[str]) -> None:
    """What `test` leaves out: slow tests, other widths and themes, all examples of properties, and PostgreSQL whole."""
    prepare()
    parts = look_for_parts()
    chosen: list[Pass] = [("Slow and wide tests on SQLite", [PYTHON, "-m", "pytest"], ["-m", LEFT])]
    if parts["PostgreSQL server"]:
        chosen.append(("Everything else on PostgreSQL", ON_POSTGRES, ["-m", f"not wide and ({LEFT} or not postgres)"]))
    passes(chosen, extra)


def test_all(extra: list[str]) -> None:
    """Everything."""
    test(extra)
    test_rest(extra)


def check(extra: list[str]) -> None:
    """Every check that needs no test: all of them, then one line for each that found something."""
    prepare()
    checks: dict[str, list[str]] = {
        "format (ruff format)": ["ruff", "format", "--check", "--output-format", "concise", "."],
        "lint (ruff check)": ["ruff", "check", "--quiet", "--output-format", "concise", "."],
        "templates (djlint)": ["djlint", "jinguo", "--lint", "--quiet"],
        "types (mypy)": ["mypy"],
        "rings (import-linter)": ["lint-imports", "--no-logo"],
        "missing migrations": ["manage.py", "makemigrations", "--check", "--dry-run", "--verbosity=1"],
        "catalogues": ["jinguo.config.catalogues", "check"],
    }
    found = []
    for name, words in checks.items():
        started = time.monotonic()
        done = run_here(words)
        print(
            f"· {name:<26}{'ok' if done.returncode == 0 else 'FOUND':<8}{time.monotonic() - started:5.1f} s", flush=True
        )
        if done.returncode != 0:
            print(f"{done.stdout}\n", flush=True)
            found.append(name)
    if found:
        stop(f"Not in order: {', '.join(found)}. `make fix` mends format, simple lint and the lists of strings.")


def run_here(words: list[str]) -> "subprocess.CompletedProcess[str]":
    """Run manage.py, a module of the house or one of the environment's programs; returns its code and all it printed."""
    program = PYTHON.parent / words[0]
    if words[0].endswith(".py"):
        start: list[str | Path] = [PYTHON, words[0]]
    else:
        start = [program] if program.exists() else [PYTHON, "-m", words[0]]
    return subprocess.run(
        [*start, *words[1:]],
        cwd=ROOT,
        env={**os.environ, "NO_COLOR": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def fix(extra: list[str]) -> None:
    """Mend what a machine can mend. Templates are not reformatted: see docs/build/commands.md for why."""
    prepare()
    for words in (
        ["ruff", "check", "--fix", "--quiet", "."],
        ["ruff", "format", "."],
        ["jinguo.config.catalogues", "update"],
    ):
        print(f"· {' '.join(words)}", flush=True)
        print(run_here(words).stdout, end="", flush=True)
    print("What is left for a person: make check")


def bench(extra: list[str]) -> None:
    """Print the measurements (never asserted in a test)."""
    prepare()
    if subprocess.run([PYTHON, "-m", "tests.bench", *extra], cwd=ROOT).returncode != 0:
        stop("A bench stopped with an error; what it said stands above.")


def soak(extra: list[str]) -> None:
    """Read damaged papers for a long time; stops with a word when one of them is not survived."""
    prepare()
    look_for_parts()
    if subprocess.run([PYTHON, "-m", "tests.soak", *extra], cwd=ROOT).returncode != 0:
        stop("Not every damaged paper was survived; what to read again stands above.")
