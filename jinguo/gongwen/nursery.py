"""The process that has loaded everything and forks one more for each stranger's file: `python -m jinguo.gongwen.nursery`.

Its standard input is a socket, the line to the process that started it. A call is `CALL` bytes with the name of a reading
(see `child`) and two open files: a socket to the file's process, and a pipe for how that process ended. The nursery never
reads a byte of a file, so a file that takes its process over finds no other file there, and neither the line nor another
file's sockets: they are closed before the first byte is read. It ends with its line, and what it has forked ends with it.

`python -m jinguo.gongwen.nursery READING` is the way without a nursery: one file on standard input, in a process that loads
everything for it.
"""

import contextlib
import gc
import json
import os
import resource
import select
import signal
import socket
import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from jinguo.gongwen import child as limits

CALL = 128  # bytes; the name is filled up with blanks
IDLE_SECONDS = 600  # without a file; the next one starts a new nursery
OUT_OF_MEMORY = 3  # exit code
_PIECE = 1 << 20


class Nursery:
    """Waits for calls, for children that end, and for callers who no longer want an answer."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._wards: dict[int, int] = {}  # process → where its end is told
        self._poll = select.poll()
        self._poll.register(line, select.POLLIN)
        self._woken = wake_on_children()
        self._poll.register(self._woken, select.POLLIN)

    def stand(self) -> None:
        """Answer calls until the line is closed or nobody has called for long."""
        while found := self._poll.poll(None if self._wards else IDLE_SECONDS * 1000):
            for place, _event in found:
                if place == self._woken:
                    self._bury()
                elif place == self._line.fileno():
                    if not self._receive():
                        return
                else:
                    self._abandon(place)

    def end(self) -> None:
        """Kill what is left."""
        for pid in self._wards:
            kill_group(pid)

    def _receive(self) -> bool:
        """Fork a process for one call. False when there will be none any more."""
        call, places, _flags, _from = socket.recv_fds(self._line, CALL, 2)
        if len(call) != CALL or len(places) != 2:
            return False
        data, told = places
        reading = load(call.decode("ascii").strip())
        here = os.getpid()
        try:
            pid = os.fork()
        except OSError:  # the machine has no room for one more: told by a closed pipe
            os.close(told)
        else:
            if not pid:
                be_ward(reading, data, here)
            with contextlib.suppress(OSError):
                os.setpgid(pid, pid)  # done by both: whoever comes first
            self._wards[pid] = told
            self._poll.register(told, 0)  # only whether its other end is closed
        os.close(data)
        return True

    def _abandon(self, place: int) -> None:
        """The caller has gone or waits no longer: the process is killed, and buried as every other."""
        self._poll.unregister(place)
        for pid, told in self._wards.items():
            if told == place:
                kill_group(pid)

    def _bury(self) -> None:
        """Tell of each process that has ended how it did."""
        os.read(self._woken, 4096)
        for pid in list(self._wards):
            if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
                continue
            kill_group(pid)  # what it may have started, while its number is still its own
            status, told = os.waitpid(pid, 0)[1], self._wards.pop(pid)
            with contextlib.suppress(KeyError):
                self._poll.unregister(told)
            with contextlib.suppress(BrokenPipeError):
                os.write(told, b"%d\n" % status)
            os.close(told)


@cache
def load(name: str) -> Any:
    """The module of a reading with all it needs. What there is by then is left out of the garbage collector's rounds: a
    forked process goes on sharing its memory."""
    reading = import_module(name)
    reading.load()
    gc.collect()
    gc.freeze()
    return reading


def be_ward(reading: Any, data: int, parent: int) -> NoReturn:
    """What a forked process does, from its first step to its end."""
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        limits.end_with_parent()
        if os.getppid() != parent:  # it ended before it was watched
            os._exit(1)
        os.setpgid(0, 0)
        os.dup2(data, 0)
        os.closerange(3, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
        code = serve(reading, 0, 0)
    finally:
        os._exit(code)


def serve(reading: Any, source: int, target: int) -> int:
    """Give up what a file must not have, read one request and its file, and answer. The exit code."""
    try:
        limits.limit(held() + reading.MEMORY, reading.CPU_SECONDS)
        limits.close_off()
        request, _line, data = _all(source).partition(b"\n")
        rest = memoryview(reading.answer(json.loads(request), data))
        while rest:
            rest = rest[os.write(target, rest) :]
    except MemoryError:
        return OUT_OF_MEMORY
    except Exception:
        return 1
    return 0


def held() -> int:
    """Bytes of address space this process has now, so that a file's share does not depend on what was loaded for others."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except OSError:  # no Linux: the limit then counts from nothing, as for a fresh process
        return 0
    return pages * resource.getpagesize()


def kill_group(pid: int) -> None:
    """End a process and what it may have started."""
    for end in (os.killpg, os.kill):  # it may not have its group yet
        with contextlib.suppress(ProcessLookupError, PermissionError):
            end(pid, signal.SIGKILL)


def wake_on_children() -> int:
    """A file that can be read from when a child has ended."""
    woken, wakes = os.pipe()
    os.set_blocking(wakes, False)
    signal.set_wakeup_fd(wakes, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda number, frame: None)
    return woken


def _all(source: int) -> bytes:
    pieces = []
    while piece := os.read(source, _PIECE):
        pieces.append(piece)
    return b"".join(pieces)


def main(words: list[str]) -> int:
    """Stand, or read one file."""
    if words:
        return serve(load(words[0]), 0, 1)
    nursery = Nursery(socket.socket(fileno=0))
    try:
        nursery.stand()
    finally:
        nursery.end()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
