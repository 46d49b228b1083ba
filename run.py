#!/usr/bin/env python3
"""The commands of this repository; `make X` calls `python3 run.py X`. Needs Python 3.11 and nothing else.

What each command does is in commands/ (standard library only) and, for people, in docs/build/commands.md.
Several may be named at once: `python3 run.py check test`. What follows `--` goes to pytest, or to the bench or soak.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 (said to whoever starts this with an older Python)
    too_old = "%d.%d at %s" % (sys.version_info[0], sys.version_info[1], sys.executable)  # noqa: UP031 (runs there)
    sys.exit("Jinguo needs Python 3.11 or newer; this is Python " + too_old + ". Debian 12 and Ubuntu 24.04 bring one.")

from commands import environment, proving, serving

COMMANDS = {
    "run": (serving.run, "install what is missing and start the demonstration city: web and worker"),
    "test": (proving.test, "install what the tests need and run them: SQLite, then what is marked for PostgreSQL"),
    "test-all": (proving.test_all, "test, then PostgreSQL whole, slow tests, other widths and themes"),
    "test-rest": (proving.test_rest, "only what `test` leaves out"),
    "check": (proving.check, "format, lint, types, import contracts, missing migrations, catalogues"),
    "fix": (proving.fix, "format, mend what the linter can, bring the catalogues up to date"),
    "demo-reset": (serving.demo_reset, "start the demonstration anew (what was there is kept aside)"),
    "bench": (proving.bench, "print the measurements (ARGS: which)"),
    "soak": (proving.soak, "read 20,000 damaged papers in limited workers, .doc and .wps through LibreOffice"),
    "install": (environment.install, "make .venv and .venv/bin/jinguo, for `jinguo setup`"),
}


def main(words: list[str]) -> None:
    """Run the named commands one after the other; an unknown one prints the list."""
    cut = words.index("--") if "--" in words else len(words)
    names, extra = words[:cut], words[cut + 1 :]
    if not names or any(name not in COMMANDS for name in names):
        print(__doc__.splitlines()[0] + "\n")
        for name, (_, meaning) in COMMANDS.items():
            print(f"  {name:<12}{meaning}")
        sys.exit(0 if names in ([], ["help"], ["--help"], ["-h"]) else 2)
    for name in names:
        COMMANDS[name][0](extra)


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
