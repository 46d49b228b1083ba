"""The environment .venv: made once, libraries pinned and hash-checked, wheels only; at once when nothing changed.

Also what is made from the tree itself: the `jinguo` command and the compiled catalogues. No database is touched here.
"""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from commands.saying import ROOT, attempt, step, stop

VENV = Path(os.environ.get("JINGUO_VENV", ROOT / ".venv")).absolute()
PYTHON = VENV / "bin" / "python"
DATA = Path(os.environ.get("JINGUO_DATA", ROOT / "var")).resolve()
# Every child would compile the whole house and rewrite every test at its start; git ignores what is kept beside them.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
if "JINGUO_DATA" in os.environ:
    os.environ["JINGUO_DATA"] = str(DATA)  # children start in another folder
RUNTIME, DEVELOPMENT = ("runtime",), ("runtime", "postgres", "dev")
SPACE_NEEDED = {RUNTIME: 520, DEVELOPMENT: 1100}  # MiB
NO_QUESTIONS = ["--no-input", "--disable-pip-version-check"]


def fingerprint(name: str) -> str:
    """Changes when this set's requirement file, or the Python below the environment, changes."""
    digest = hashlib.sha256(f"{sys.version_info[:2]} {sys.platform}".encode())
    digest.update((ROOT / "requirements" / f"{name}.txt").read_bytes())
    return digest.hexdigest()


def known_stamps() -> dict[str, str]:
    """What the environment says was installed into it, and for which folder; {} for a new or broken one."""
    try:
        stamps = json.loads((VENV / "jinguo.json").read_text())
    except (OSError, ValueError):
        return {}
    return stamps if PYTHON.exists() and stamps.get("root") == str(ROOT) else {}


def install_libraries(sets: Sequence[str]) -> None:
    """Make .venv and install the hashed libraries of these sets; at once when they are there already."""
    if os.environ.get("JINGUO_DATABASE", "").startswith("postgres") and "postgres" not in sets:
        sets = (*sets, "postgres")
    stamps = known_stamps()
    if all(stamps.get(name) == fingerprint(name) for name in sets):
        return
    needed = SPACE_NEEDED[DEVELOPMENT if "dev" in sets else RUNTIME]
    free = shutil.disk_usage(VENV.parent).free // 2**20
    if free < needed:
        stop(
            f"The disk is nearly full: {free} MiB free, about {needed} MiB needed for the libraries. Nothing was changed."
        )
    make_environment()
    files = [word for name in sets for word in ("-r", f"requirements/{name}.txt")]
    strictly = ["--quiet", "--require-hashes", "--only-binary", ":all:", *files]
    installers = find_installers()
    for number, (tool, words) in enumerate(installers, 1):
        line = f"Installing the libraries with {tool} ({', '.join(sets)}; hashes checked)"
        if number == len(installers):
            step(line, [*words, *strictly])
        elif attempt(line, [*words, *strictly])[0] == 0:
            break
    write_command()
    stamps = {**known_stamps(), "root": str(ROOT), **{name: fingerprint(name) for name in sets}}
    (VENV / "jinguo.json").write_text(json.dumps(stamps))


def make_environment() -> None:
    """Make .venv if it is missing or broken."""
    if PYTHON.exists() and is_new_enough(PYTHON):
        return
    if uv := shutil.which("uv"):
        step("Making the environment .venv with uv", [uv, "venv", "--clear", "--python", sys.executable, VENV])
        return
    own_pip = importlib.util.find_spec("ensurepip") is not None
    if not own_pip and importlib.util.find_spec("pip") is None:
        stop("Neither uv, pip nor venv's own pip is here. On Debian: apt-get install python3-venv (or python3-pip).")
    bare = [] if own_pip else ["--without-pip"]
    step("Making the environment .venv", [sys.executable, "-m", "venv", "--clear", *bare, VENV])


def find_installers() -> list[tuple[str, list[str | Path]]]:
    """Name and words of each installer, best first. uv does not read pip's settings (a mirror, a proxy): pip may still do."""
    found: list[tuple[str, list[str | Path]]] = []
    if uv := shutil.which("uv"):
        found.append(("uv", [uv, "pip", "install", "--python", PYTHON]))
    if next(VENV.glob("lib/python*/site-packages/pip"), None):
        found.append(("pip", [PYTHON, "-m", "pip", *NO_QUESTIONS, "install"]))
    elif importlib.util.find_spec("pip") is not None:
        found.append(
            ("pip from outside .venv", [sys.executable, "-m", "pip", *NO_QUESTIONS, "--python", PYTHON, "install"])
        )
    if not found:
        stop("Neither uv nor pip is here to install with. On Debian: apt-get install python3-pip.")
    return found


def is_new_enough(python: Path) -> bool:
    """Whether this Python starts and is 3.11 or newer."""
    try:
        return subprocess.run([python, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]).returncode == 0
    except OSError:
        return False


def write_command() -> None:
    """Write .venv/bin/jinguo, and a path file so that it works from any folder."""
    packages = next(VENV.glob("lib/python*/site-packages"))
    (packages / "jinguo.pth").write_text(f"{ROOT}\n")
    command = VENV / "bin" / "jinguo"
    command.write_text('#!/bin/sh\nexec "$(dirname "$(readlink -f "$0")")/python" -P -m jinguo "$@"\n')
    command.chmod(0o755)


def compile_catalogues() -> None:
    """Make the English catalogues that gettext reads (they are not committed), if one is missing or older."""
    sources = sorted((ROOT / "jinguo").glob("*/locale/*/LC_MESSAGES/*.po"))
    made = [(source, source.with_suffix(".mo")) for source in sources]
    if any(not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns for source, target in made):
        step("Compiling the English catalogue", [PYTHON, "-m", "jinguo.config.catalogues", "compile"])


def install(extra: list[str]) -> None:
    """Make everything that can be made without a database, for `jinguo setup` in a real office."""
    install_libraries(RUNTIME)
    compile_catalogues()
    print(f"Ready. The command is {VENV / 'bin' / 'jinguo'}; a real office begins with: jinguo setup")
