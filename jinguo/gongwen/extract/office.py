"""Old formats (.doc, .wps, .rtf, .odt, Word's XML) become a .docx by LibreOffice, which is optional.

LibreOffice runs with a profile of its own that forbids macros, active content and links, without network, with limits of
memory and time, one at a time on this machine; its whole group of processes is ended. What it makes is read like any
stranger's .docx.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple

from jinguo.gongwen.extract import docx
from jinguo.gongwen.guard import Kind
from jinguo.gongwen.parts import Extractor
from jinguo.gongwen.processes import run_group
from jinguo.gongwen.refusals import Unreadable

SECONDS = 60.0  # for one file, on a busy machine
WAIT_SECONDS = 60.0  # for our turn

_ENDINGS: dict[Kind, str] = {"doc": "doc", "rtf": "rtf", "odt": "odt", "word_xml": "xml"}
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Field" oor:op="fuse"><value>false</value></prop></item>
</oor:items>
"""


class Converted(NamedTuple):
    """A .docx, and what made it of which format."""

    data: bytes
    extractor: Extractor


def find_soffice() -> str:
    """LibreOffice's program, or ""."""
    return shutil.which("soffice") or shutil.which("libreoffice") or ""


def to_docx(data: bytes, kind: Kind) -> Converted:
    """The same document as a .docx. Raises Unreadable: needs_office, office_failed, office_slow."""
    program = find_soffice()
    if not program:
        raise Unreadable("needs_office")
    with _turn(), tempfile.TemporaryDirectory(prefix="jinguo-office-") as folder:
        made = _convert(program, data, kind, Path(folder))
    return Converted(made, Extractor(name=kind, version=f"{docx.VERSION}/{_version(program)}"[:20]))


def _convert(program: str, data: bytes, kind: Kind, folder: Path) -> bytes:
    source = folder / f"notice.{_ENDINGS[kind]}"
    source.write_bytes(data)
    settings = folder / "profile" / "user"
    settings.mkdir(parents=True)
    (settings / "registrymodifications.xcu").write_text(_PROFILE, "utf-8")
    out = folder / "out"
    command = [
        sys.executable, "-m", "jinguo.gongwen.confine", program, "--headless", "--norestore", "--nologo", "--nolockcheck",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to", "docx:MS Word 2007 XML", "--outdir",
        str(out), str(source),
    ]  # fmt: skip
    try:
        run_group(command, folder=str(folder), seconds=SECONDS, extra={"HOME": str(folder), "TMPDIR": str(folder)})
    except subprocess.TimeoutExpired as error:
        raise Unreadable("office_slow") from error
    made = out / "notice.docx"
    if not made.is_file():
        raise Unreadable("office_failed")
    return made.read_bytes()


@contextmanager
def _turn() -> Iterator[None]:
    """One LibreOffice at a time for this user of the machine: each takes 250 MB. Raises Unreadable("office_slow")."""
    path = Path(tempfile.gettempdir()) / f"jinguo-office-{os.getuid()}.lock"
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        end = time.monotonic() + WAIT_SECONDS
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if time.monotonic() > end:
                    raise Unreadable("office_slow") from error
                time.sleep(0.1)
        yield
    finally:
        os.close(handle)


@cache
def _version(program: str) -> str:
    """Such as LibreOffice-7.4, from the file beside the program; its name alone where there is none."""
    for folder in (Path(program).resolve().parent, Path(program).resolve().parent / "program"):
        place = folder / "bootstraprc"
        if place.is_file():
            lines = place.read_text("utf-8", "replace").splitlines()
            words = dict(line.split("=", 1) for line in lines if "=" in line)
            return words.get("ProductKey", "LibreOffice").strip().replace(" ", "-")
    return "LibreOffice"
