"""Starting other programs for a reading: a bare environment, and a whole group of processes ended together."""

import contextlib
import os
import signal
import subprocess
from pathlib import Path

ROOT = str(Path(__file__).resolve().parents[2])


def environment() -> dict[str, str]:
    """Only what a program needs to start: no secrets of the calling process reach it."""
    kept = {
        key: os.environ[key] for key in ("PATH", "VIRTUAL_ENV", "LD_LIBRARY_PATH", "SYSTEMROOT") if key in os.environ
    }
    return {**kept, "PYTHONPATH": ROOT, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}


def run_group(command: list[str], *, folder: str, seconds: float, extra: dict[str, str]) -> int:
    """Run a program as a group of its own and end the whole group afterwards. Returns its exit code.

    Raises subprocess.TimeoutExpired; also then nothing is left running.
    """
    process = subprocess.Popen(
        command, cwd=folder, env={**environment(), **extra}, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        return process.wait(seconds)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
