"""Having a stranger's file read by a process of its own (`nursery`), whoever asks and whatever kind of file it is.

One nursery a process, started with the first file and shared by its threads. It ends with this process. Where it does not
stand or dies meanwhile, the file is read by a process started for it alone: slower, and as well contained.
"""

import atexit
import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from typing import Any

from jinguo.gongwen.nursery import CALL, OUT_OF_MEMORY
from jinguo.gongwen.processes import ROOT, environment

NURSERY = [sys.executable, "-m", "jinguo.gongwen.nursery"]
MOST_ANSWERED = 256 * 1024 * 1024  # bytes; a process that says more has been taken over
PATIENCE = 30.0  # seconds until a call is taken; a nursery may be loading, on a busy machine

# What ends a process at a limit; libraries of C and Rust abort where they find no memory.
_TOO_COSTLY = {-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGXFSZ, -signal.SIGABRT, OUT_OF_MEMORY}


class Died(Exception):
    """There is no answer. `code`: `too_costly` (over a limit) or `reader_failed`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class _Gone(Exception):
    """The nursery cannot be reached or has ended."""


def ask(reading: str, request: dict[str, Any], data: bytes, *, seconds: float) -> bytes:
    """The answer of a reading to one request.

    Args:
        reading: the name of its module (see `child`).
        data: the file.
        seconds: how long the whole may take; then its process is killed.

    Raises:
        Died: it took too much or broke. The answer itself is not looked at: the file may have written it.
    """
    message = json.dumps(request, ensure_ascii=True).encode("ascii") + b"\n" + data
    try:
        code, answer = _forked(reading, message, seconds)
    except _Gone:
        code, answer = _alone(reading, message, seconds)
    if code:
        raise Died("too_costly" if code in _TOO_COSTLY else "reader_failed")
    return answer


class _Line:
    """The line to this process's nursery."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._end: socket.socket | None = None
        self._nursery: subprocess.Popen[bytes] | None = None

    def call(self, reading: str, places: list[int]) -> None:
        """Ask for a process that talks to these open files. Raises _Gone."""
        with self._lock:
            try:
                sent = socket.send_fds(self._standing(), [reading.ljust(CALL).encode("ascii")], places)
            except OSError:
                sent = 0
            if sent != CALL:
                self._hang_up()
                raise _Gone

    def end(self) -> None:
        """End the nursery, if there is one; the next file starts another."""
        with self._lock:
            self._hang_up()

    def forget(self) -> None:
        """In a process that was forked from this one: its parent's nursery is not its own, nor kept alive by it."""
        if self._end is not None:
            self._end.close()
        if self._nursery is not None:
            self._nursery.returncode = 0
        self.__init__()  # type: ignore[misc]  # a new lock too: another thread may have held it

    def _standing(self) -> socket.socket:
        """Start a nursery where none stands. In a session of its own: it ends with its line, not with a key pressed in a
        terminal."""
        if self._end is not None and self._nursery is not None and self._nursery.poll() is None:
            return self._end
        self._hang_up()
        self._end, theirs = socket.socketpair()
        self._end.settimeout(PATIENCE)
        with theirs:
            self._nursery = subprocess.Popen(
                NURSERY, stdin=theirs.fileno(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment(), cwd=ROOT,
                start_new_session=True,
            )  # fmt: skip
        return self._end

    def _hang_up(self) -> None:
        if self._end is not None:
            self._end.close()
        if self._nursery is not None:
            try:
                self._nursery.wait(2)
            except subprocess.TimeoutExpired:
                self._nursery.kill()
                self._nursery.wait()
        self._end = self._nursery = None


_line = _Line()
atexit.register(_line.end)
os.register_at_fork(after_in_child=_line.forget)


def _forked(reading: str, message: bytes, seconds: float) -> tuple[int, bytes]:
    """Exit code and answer of a process forked for this file. Raises _Gone, or Died when it takes too long."""
    until = time.monotonic() + seconds
    with contextlib.ExitStack() as open_files:
        mine, theirs = socket.socketpair()
        open_files.enter_context(mine)
        told, tells = os.pipe()
        open_files.callback(os.close, told)  # closing it early has the process killed
        try:
            _line.call(reading, [theirs.fileno(), tells])
        finally:
            theirs.close()
            os.close(tells)
        try:
            answer = _talk(mine, message, until)
        except TimeoutError as fault:
            raise Died("too_costly") from fault
        if not select.select([told], [], [], max(0.0, until - time.monotonic()))[0]:
            raise Died("too_costly")
        status = os.read(told, 20)
    if not status:
        raise _Gone
    return os.waitstatus_to_exitcode(int(status)), answer


def _talk(line: socket.socket, message: bytes, until: float) -> bytes:
    """Send everything, then take everything. An end before its time is told by the status."""
    line.settimeout(_left(until))
    answer = bytearray()
    try:
        line.sendall(message)
        line.shutdown(socket.SHUT_WR)
        while piece := line.recv(1 << 20):
            answer += piece
            if len(answer) > MOST_ANSWERED:
                raise Died("reader_failed")
            line.settimeout(_left(until))
    except (BrokenPipeError, ConnectionResetError):
        return b""
    return bytes(answer)


def _left(until: float) -> float:
    return max(0.001, until - time.monotonic())


def _alone(reading: str, message: bytes, seconds: float) -> tuple[int, bytes]:
    """Exit code and answer of a process started for this file."""
    try:
        done = subprocess.run(
            [*NURSERY, reading], input=message, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=seconds,
            env=environment(), cwd=ROOT, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as fault:
        raise Died("too_costly") from fault
    return done.returncode, done.stdout
