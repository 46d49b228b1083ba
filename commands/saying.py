"""Running one program and saying so: a plain line, the time it took, and one clear sentence when it fails."""

import os
import re
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[1]
Words = Sequence[str | Path]

# What an installer prints when it fails → what to tell the person. First match wins.
CAUSES = (
    (r"No space left on device|Disk quota exceeded", "The disk is full. Free some space and run this again."),
    (
        r"DO NOT MATCH THE HASHES|Hash mismatch",
        "A downloaded library is not the one we tested (its hash differs); nothing was installed.",
    ),
    (
        r"NewConnectionError|name resolution|Network is unreachable|Connection refused|Connection reset|timed out"
        r"|ConnectTimeout|dns error|error sending request|Could not connect|ProxyError|Failed to fetch",
        "The package index cannot be reached. Check the network (or the proxy and index settings of pip) and run this again.",
    ),
    (
        r"No matching distribution|no wheels|not compatible",
        "A library has no ready-made file for this Python or machine. Python 3.11 to 3.13 on Linux are tested.",
    ),
    (r"Permission denied", "This user may not write here. Run it as the owner of this folder."),
)


def stop(sentence: str, detail: str = "") -> NoReturn:
    """End with one clear sentence; the last lines of the failed program stand above it."""
    tail = "\n".join(detail.strip().splitlines()[-20:])
    raise SystemExit(f"{tail}\n\n{sentence}" if tail else sentence)


def cause(output: str) -> str:
    """The sentence for a failed install, from what the installer printed; "" when none fits."""
    return next((sentence for pattern, sentence in CAUSES if re.search(pattern, output)), "")


def attempt(words: str, command: Words, **environment: str) -> tuple[int, str]:
    """Run one program, saying what it does and how long it took. Returns its exit code and its output."""
    print(f"· {words} …", end="", flush=True)
    started = time.monotonic()
    with tempfile.TemporaryFile("w+", errors="replace") as output:
        process = subprocess.Popen(
            [str(word) for word in command],
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        while True:
            try:
                code = process.wait(timeout=10)
                break
            except subprocess.TimeoutExpired:
                print(f" {time.monotonic() - started:.0f} s …", end="", flush=True)
        output.seek(0)
        text = output.read()
    print(f" {time.monotonic() - started:.1f} s{'' if code == 0 else ', failed'}", flush=True)
    return code, text


def step(words: str, command: Words, **environment: str) -> str:
    """Run one program; stop with a sentence if it fails. Returns its output."""
    code, text = attempt(words, command, **environment)
    if code != 0:
        stop(cause(text) or f"This step failed ({words}); what it printed stands above.", text)
    return text
