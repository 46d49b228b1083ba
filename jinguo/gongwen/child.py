"""The child process that reads a stranger's file: `python -m jinguo.gongwen.child`.

In: one line of JSON ({"name", "document_date"}), then the file's bytes, on stdin. Out: one JSON object on stdout, either
{"record": …} or {"unreadable": code}. Before the first byte of the file is read the process gives up memory, time,
files, the network and the right to start programs.
"""

import ctypes
import json
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
    from jinguo.gongwen import Unreadable, read  # loaded under the memory limit, before the files are closed off

    close_off()
    request = json.loads(sys.stdin.buffer.readline())
    day = request["document_date"]
    try:
        record = read(sys.stdin.buffer.read(), request["name"], document_date=date.fromisoformat(day) if day else None)
    except Unreadable as refusal:
        return _answer({"unreadable": refusal.code})
    except MemoryError:
        return _answer({"unreadable": "too_costly"})
    return _answer({"record": record.to_json()})


def limit() -> None:
    """Lower the limits of this process; none of them can be raised again."""
    wanted = (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
    )
    for what, most in wanted:
        hard = resource.getrlimit(what)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))


def close_off() -> None:
    """Leave the network where the kernel allows it (a network namespace with no interface), and refuse sockets and
    programs in Python in any case."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).unshare(
            _CLONE_NEWUSER | _CLONE_NEWNET
        )  # may be refused; the hook below stays
    sys.addaudithook(_refuse)


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
