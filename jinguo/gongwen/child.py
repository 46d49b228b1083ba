"""A process that reads one stranger's file: what it gives up before it sees the first byte, and the reading of a notice.

A reading is a module that a process of its own loads by name (`nursery` forks it, `asking` calls it) and that has:
    MEMORY: bytes a file may use beyond what was loaded before it came.   CPU_SECONDS: of processor time.
    load(): everything a file may need; later the process may not open libraries.
    answer(request, data): the bytes to be sent back. A MemoryError says that the file was too costly.
This module is the one of papers. Request: {"name", "document_date", "kind", "extractor"}; answer: one JSON object, either
{"record": …} or {"unreadable": code}.
"""

import ctypes
import json
import os
import resource
import sys
from datetime import date
from typing import Any, NoReturn

MEMORY = 512 * 1024 * 1024  # bytes of address space
CPU_SECONDS = 10
OPEN_FILES = 32

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE = 1, 4
_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "ctypes.dlopen", "shutil.")


def load() -> None:
    """All formats, and all patterns compiled: reading a paper once makes those that are only made when needed."""
    from jinguo.gongwen.extract import load as load_format
    from jinguo.gongwen.extract import pasted
    from jinguo.gongwen.reading.reader import read_extraction
    from jinguo.gongwen.warming import NOTICE

    for kind in ("docx", "pdf", "ofd", "html", "mht", "text"):
        load_format(kind)
    read_extraction(pasted(NOTICE))


def answer(request: dict[str, Any], data: bytes) -> bytes:
    """The record of a paper, or why there is none."""
    from jinguo.gongwen import Unreadable
    from jinguo.gongwen.extract import extract_as
    from jinguo.gongwen.parts import Extractor
    from jinguo.gongwen.reading.reader import read_extraction

    day, made = request["document_date"], request["extractor"]
    try:
        found = extract_as(request["kind"], data, Extractor(**made) if made else None)
        record = read_extraction(
            found, name=request["name"], document_date=date.fromisoformat(day) if day else None
        )  # fmt: skip
    except Unreadable as refusal:
        return json.dumps({"unreadable": refusal.code}).encode("ascii")
    return json.dumps({"record": record.to_json()}, ensure_ascii=True).encode("ascii")


def limit(memory: int = MEMORY, seconds: int = CPU_SECONDS) -> None:
    """Lower the limits of this process; none of them can be raised again.

    Args:
        memory: bytes of address space.
        seconds: of processor time.
    """
    lower(
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
    )


def lower(*wanted: tuple[int, int]) -> None:
    """Set limits (kind, most); one that is lower already stays."""
    for what, most in wanted:
        hard = resource.getrlimit(what)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))


def close_off() -> None:
    """Leave the network where the kernel allows it, and refuse sockets and programs in Python in any case. Other processes
    of the same user can no longer look into this one's memory."""
    leave_network()
    hide()
    sys.addaudithook(_refuse)


def leave_network() -> None:
    """Into a network namespace with no interface, as the same user; the kernel may refuse, and then nothing changes."""
    if sys.platform != "linux":
        return
    user, group = os.getuid(), os.getgid()
    if ctypes.CDLL(None, use_errno=True).unshare(_CLONE_NEWUSER | _CLONE_NEWNET) != 0:
        return
    for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        try:
            with open(f"/proc/self/{name}", "w") as place:
                place.write(text)
        except OSError:  # stays nobody in there, which is enough to read
            return


def end_with_parent() -> None:
    """Have the kernel kill this process when the one that forked it ends. Only for a child of a single-threaded process:
    the kernel watches the thread that forked."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, 9)


def hide() -> None:
    """Close this process's memory to others of the same user; for good, so it comes after all that writes in /proc."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0)


def _refuse(event: str, arguments: Any) -> None:
    if event.startswith(_FORBIDDEN):
        _stop(event)


def _stop(event: str) -> NoReturn:
    raise PermissionError(f"a reading process may not use {event}")
