"""Reading strangers' mails in processes of their own: a hostile mail costs its process and nothing else."""

import base64
import json
import os
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import datetime
from types import TracebackType
from typing import Any

from jinguo.gongwen.extract.office import to_docx
from jinguo.gongwen.processes import ROOT, environment
from jinguo.gongwen.refusals import Unreadable
from jinguo.lib.limits import PICTURE_SIDE
from jinguo.lib.mail.child import OUT_OF_MEMORY
from jinguo.lib.mail.letter import Letter, Part
from jinguo.lib.pictures import Picture

CHILD = [sys.executable, "-m", "jinguo.lib.mail.child"]
WALL_SECONDS = 60  # for one mail
JPEG = b"\xff\xd8\xff"
MOST_ANSWERED = 256 * 1024 * 1024  # bytes; a process that says more has been taken over


class Unread(Exception):
    """The mail could not be read; it is kept as it came. `code`: `too_costly` or `reader_failed`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Reader:
    """Reads several mails, each in a process of its own forked from one that is started at the first mail.

    Use it in a `with`; it belongs to one thread.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Reader":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def read(self, data: bytes) -> Letter:
        """Decode one mail and its attachments. Raises Unread."""
        found = self._json({"do": "mail"}, data)
        try:
            letter = Letter.from_json(found["letter"])
            office = {int(number): base64.b64decode(text) for number, text in found["office"].items()}
        except (KeyError, TypeError, ValueError, AttributeError) as fault:
            raise Unread("reader_failed") from fault
        return replace(letter, parts=tuple(self._with_office(part, office.get(part.number)) for part in letter.parts))

    def part(self, data: bytes, number: int) -> bytes:
        """The bytes of one part of a mail. Raises Unread."""
        return self._ask({"do": "part", "number": number}, data)

    def photos(self, data: bytes, numbers: list[int]) -> dict[int, Picture]:
        """Those of these parts that are pictures, shrunk and without place or maker. Raises Unread."""
        found = self._json({"do": "photos", "numbers": numbers}, data)
        try:
            return {int(number): _picture(one) for number, one in found.items()}
        except (KeyError, TypeError, ValueError, AttributeError) as fault:
            raise Unread("reader_failed") from fault

    def _with_office(self, part: Part, data: bytes | None) -> Part:
        """An old format: made a .docx by LibreOffice, then read like one."""
        if part.problem != "office":
            return part
        if data is None:
            return replace(part, problem="too_costly")
        try:
            made = to_docx(data, part.kind)  # type: ignore[arg-type]
            found = self._json({"do": "file", "kind": "docx"}, made.data)
            return replace(part, text=str(found["text"]), problem=str(found["problem"]))
        except Unreadable as refusal:
            return replace(part, problem=refusal.code)
        except (Unread, KeyError):
            return replace(part, problem="office_failed")

    def _json(self, request: dict[str, Any], data: bytes) -> dict[str, Any]:
        try:
            found = json.loads(self._ask(request, data))
        except ValueError as fault:
            raise Unread("reader_failed") from fault
        if not isinstance(found, dict):
            raise Unread("reader_failed")
        return found

    def _ask(self, request: dict[str, Any], data: bytes) -> bytes:
        """One request and its answer; after a break the next one begins with a new process."""
        process = self._started()
        watch = threading.Timer(WALL_SECONDS, process.kill)
        watch.start()
        try:
            assert process.stdin is not None  # noqa: S101  opened as a pipe
            process.stdin.write(json.dumps(request | {"size": len(data)}).encode("ascii") + b"\n" + data)
            process.stdin.flush()
            answer, status = self._answer(process)
        except (OSError, ValueError) as fault:
            self._end()
            raise Unread("too_costly" if not watch.is_alive() else "reader_failed") from fault
        finally:
            watch.cancel()
        if os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == OUT_OF_MEMORY:
            raise Unread("too_costly")
        if status:
            raise Unread("reader_failed")
        return answer

    def _answer(self, process: "subprocess.Popen[bytes]") -> tuple[bytes, int]:
        """Pieces until the line with the wait status. Raises ValueError when the answer breaks off."""
        assert process.stdout is not None  # noqa: S101  opened as a pipe
        pieces: list[bytes] = []
        size = 0
        while True:
            length, _space, status = process.stdout.readline(40).strip().partition(b" ")
            if status:
                return b"".join(pieces), int(status)
            pieces.append(process.stdout.read(int(length)))
            size += len(pieces[-1])
            if size > MOST_ANSWERED or len(pieces[-1]) != int(length):
                raise ValueError("the answer broke off")

    def _started(self) -> "subprocess.Popen[bytes]":
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = subprocess.Popen(
                CHILD, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment(), cwd=ROOT,
                start_new_session=True,
            )  # fmt: skip
        return self._process

    def _end(self) -> None:
        """End the process and what it forked."""
        process, self._process = self._process, None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                _close(pipe)
        _kill_group(process.pid)
        process.wait()


def _picture(one: dict[str, Any]) -> Picture:
    """What the process says, looked at again: it may have been taken over."""
    large, small = (base64.b64decode(one[name], validate=True) for name in ("large", "small"))
    width, height = int(one["width"]), int(one["height"])
    if not (
        large.startswith(JPEG) and small.startswith(JPEG) and 0 < width <= PICTURE_SIDE and 0 < height <= PICTURE_SIDE
    ):
        raise ValueError("this is no picture of ours")
    return Picture(large, small, width, height, datetime.fromisoformat(one["taken"]) if one["taken"] else None)


def _close(pipe: Any) -> None:
    try:
        pipe.close()
    except OSError:
        return  # what was to be written went nowhere: the process is gone


def _kill_group(pid: int) -> None:
    try:
        os.killpg(pid, 9)
    except ProcessLookupError:
        return


def read_mail(data: bytes) -> Letter:
    """Decode one mail and its attachments. Raises Unread."""
    with Reader() as reader:
        return reader.read(data)


def bytes_of_part(data: bytes, number: int) -> bytes:
    """The bytes of one part of a mail, for saving. Raises Unread."""
    with Reader() as reader:
        return reader.part(data, number)
