"""A reading (see `gongwen.child`) that does what its file says, as a file that has taken its process over might."""

import json
import os
import signal
import socket
import time
from pathlib import Path
from typing import Any

MEMORY = 256 * 1024 * 1024
CPU_SECONDS = 2


def load() -> None:
    """Nothing."""


def answer(request: dict[str, Any], data: bytes) -> bytes:
    """The first word says what is done, the rest is for it."""
    word, _blank, rest = data.partition(b" ")
    return DOES[word](rest)


def _end(rest: bytes) -> bytes:
    os.kill(os.getpid(), int(rest))
    return b""


def _wait(rest: bytes) -> bytes:
    time.sleep(float(rest))
    return str(os.getpid()).encode()


def _wait_for(rest: bytes) -> bytes:
    while not os.path.exists(rest):
        time.sleep(0.02)
    return b"it came"


def _spin(rest: bytes) -> bytes:
    while True:
        pass


def _fill(rest: bytes) -> bytes:
    return str(len(b"x" * (int(rest) << 20))).encode()


def _kill_parent(rest: bytes) -> bytes:
    """The nursery; where the process has none, nothing."""
    if _is_forked():
        os.kill(os.getppid(), signal.SIGKILL)
        time.sleep(60)
    return b"alone"


def _write(rest: bytes) -> bytes:
    with open(rest, "wb", buffering=0) as file:
        return str(file.write(b"x")).encode()


def _facts(rest: bytes) -> bytes:
    """What this process could reach."""
    return json.dumps({
        "pid": os.getpid(), "parent": os.getppid(), "open": [number for number in range(64) if _is_open(number)],
        "network": [name for _number, name in socket.if_nameindex()], "names": sorted(os.environ), "seen": SEEN,
        "forks": _is_forked(),
    }).encode()  # fmt: skip


def _is_forked() -> bool:
    return b"gongwen.nursery" in Path(f"/proc/{os.getppid()}/cmdline").read_bytes()


def _remember(rest: bytes) -> bytes:
    SEEN.append(rest.decode())
    return b"kept"


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


SEEN: list[str] = []
DOES = {
    b"say": lambda rest: rest, b"end": _end, b"wait": _wait, b"wait-for": _wait_for, b"spin": _spin, b"fill": _fill, b"kill-parent": _kill_parent,
    b"facts": _facts, b"remember": _remember, b"write": _write,
}  # fmt: skip
