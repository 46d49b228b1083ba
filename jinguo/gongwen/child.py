"""The child process that reads a stranger's file: `python -m jinguo.gongwen.child`.

In: one line of JSON ({"name", "document_date", "kind", "extractor"}), then the file's bytes, on stdin. Out: one JSON object
on stdout, either {"record": …} or {"unreadable": code}. Before the first byte of the file is read the process gives up
memory, time, files, the network and the right to start programs.
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
_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "ctypes.dlopen", "shutil.")


def main() -> int:
    """Read one request from stdin and answer it on stdout."""
    limit()
    from jinguo.gongwen import Unreadable  # loaded under the memory limit, before the files are closed off
    from jinguo.gongwen.extract import extract_as, load
    from jinguo.gongwen.parts import Extractor
    from jinguo.gongwen.reading.reader import read_extraction

    request = json.loads(sys.stdin.buffer.readline())
    load(request["kind"])
    close_off()
    day, made = request["document_date"], request["extractor"]
    try:
        found = extract_as(request["kind"], sys.stdin.buffer.read(), Extractor(**made) if made else None)
        record = read_extraction(
            found, name=request["name"], document_date=date.fromisoformat(day) if day else None
        )  # fmt: skip
    except Unreadable as refusal:
        return _answer({"unreadable": refusal.code})
    except MemoryError:
        return _answer({"unreadable": "too_costly"})
    return _answer({"record": record.to_json()})


def limit() -> None:
    """Lower the limits of this process; none of them can be raised again."""
    lower(
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
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
    """Leave the network where the kernel allows it, and refuse sockets and programs in Python in any case."""
    leave_network()
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


def _refuse(event: str, arguments: Any) -> None:
    if event.startswith(_FORBIDDEN):
        _stop(event)


def _stop(event: str) -> NoReturn:
    raise PermissionError(f"a reading process may not use {event}")


def _answer(answer: dict[str, Any]) -> int:
    sys.stdout.write(json.dumps(answer, ensure_ascii=True))
    return 0


if __name__ == "__main__":
    sys.exit(main())
