"""The copy of the newest seals outside the database: one line a seal, appended and forced to disk.

Whoever can change the database alone can then neither cut the tail nor replace the chain unnoticed.
"""

import os
import re
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

LINE = re.compile(rb"^(\d+) ([0-9a-f]{64})$", re.MULTILINE)
TAIL = 4096  # bytes; the last line is found without reading the whole file


def head_file() -> Path:
    """Where the newest seals are copied to: outside the database."""
    return Path(settings.DATA) / "heads" / "journal.heads"


def read_heads() -> dict[int, set[str]]:
    """Seal number → digests written for it; {} when nothing was copied yet. A line cut by a power failure is no line."""
    path = head_file()
    found: dict[int, set[str]] = {}
    for number, digest in LINE.findall(path.read_bytes()) if path.exists() else []:
        found.setdefault(int(number), set()).add(digest.decode())
    return found


def last_head() -> int:
    """The highest number copied so far; 0 for none."""
    path = head_file()
    if not path.exists():
        return 0
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - TAIL))
        return max((int(number) for number, _ in LINE.findall(file.read())), default=0)


def append_heads(seals: Iterable[tuple[int, str]]) -> None:
    """Write these (number, digest) pairs and force them to disk."""
    path = head_file()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    lines = "".join(f"{number} {digest}\n" for number, digest in seals).encode()
    with path.open("ab+") as file:
        if file.tell():
            file.seek(-1, os.SEEK_END)
            lines = lines if file.read(1) == b"\n" else b"\n" + lines  # a cut line must not spoil this one
        file.write(lines)
        file.flush()
        os.fsync(file.fileno())
