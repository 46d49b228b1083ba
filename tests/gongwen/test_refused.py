"""Bad files of every kind: each is refused with a sentence in both languages, quickly, and harms nothing."""

import hashlib
import io
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from jinguo.gongwen import Unreadable, read
from jinguo.gongwen.extract import extract
from jinguo.gongwen.refusals import SENTENCES
from jinguo.gongwen.sandbox import read_in_child
from tests.gongwen import papers

ROOT = Path(__file__).resolve().parents[2]
TEXT = "各县（区）妇联：\n请于3月1日前报送名单。"


def good_pdf() -> bytes:
    return papers.pdf_of(papers.pages_of(TEXT))


def picture_pdf(pages: int = 2) -> bytes:
    """A scan: pages that are photographs of paper."""
    sheets = []
    for n in range(pages):
        sheet = Image.new("RGB", (620, 877), "white")
        ImageDraw.Draw(sheet).text((60, 80 + n), "scanned", fill="black")
        sheets.append(sheet)
    out = io.BytesIO()
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:])
    return out.getvalue()


def with_picture(pdf: bytes) -> bytes:
    """The same .pdf with a picture drawn on its last page, which is empty: an inline image of two by two."""
    end = pdf.rindex(b"<< /Length 0 >>\nstream\n\nendstream")
    image = b"q 500 0 0 700 50 50 cm BI /W 2 /H 2 /CS /G /BPC 8 ID \x00\xff\xff\x00 EI Q"
    return pdf[:end] + b"<< /Length %d >>\nstream\n%s\nendstream" % (len(image), image) + pdf[end + 33 :]


def without_codes(pdf: bytes) -> bytes:
    """The same .pdf with glyph numbers in place of characters, and nothing that says which is which."""
    return pdf.replace(b"/UniGB-UCS2-H", b"/Identity-H").replace(b"(GB1)", b"(Identity)")


def rc4(key: bytes, data: bytes) -> bytes:
    s, j, out = list(range(256)), 0, bytearray()
    for i in range(256):
        j = (j + s[i] + key[i % len(key)]) % 256
        s[i], s[j] = s[j], s[i]
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + s[i]) % 256
        s[i], s[j] = s[j], s[i]
        out.append(byte ^ s[(s[i] + s[j]) % 256])
    return bytes(out)


def locked_pdf() -> bytes:
    """Protected with an opening password, as ISO 32000-1 7.6.3 says (revision 2, 40 bits)."""
    pad = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    word, name = b"secret", b"0123456789abcdef"
    padded = (word + pad)[:32]
    owner = rc4(hashlib.md5(padded, usedforsecurity=False).digest()[:5], padded)
    key = hashlib.md5(padded + owner + struct.pack("<i", -4) + name, usedforsecurity=False).digest()[:5]
    user = rc4(key, pad)
    lock = b"/ID [<%s> <%s>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % tuple(
        part.hex().encode() for part in (name, name, owner, user)
    )
    return papers.pdf_of(papers.pages_of(TEXT), lock=lock)


def compound(*names: str, word_flags: int = 0) -> bytes:
    """An old compound file with these names in its directory; WordDocument begins with its information block."""
    fib = struct.pack("<HHHHHH", 0xA5EC, 193, 0, 0, 0, word_flags) + b"\0" * 4084
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0)]
    entries += [_entry(name, 2, 2 if name == "WordDocument" else 0xFFFFFFFE, 4096) for name in names]
    directory = b"".join(entries).ljust(512, b"\0")[:512]
    table = struct.pack("<10I", 0xFFFFFFFD, 0xFFFFFFFE, *range(3, 10), 0xFFFFFFFE).ljust(512, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += b"\0" * 6 + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    return header + table + directory + fib


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    head = written.ljust(64, b"\0") + struct.pack("<HBB", len(written), kind, 1)
    return head + b"\xff" * 12 + b"\0" * 36 + struct.pack("<II", start, size) + b"\0" * 4


def ofd(**changed: str) -> bytes:
    parts: dict[str, bytes | str] = {"OFD.xml": "<OFD/>", **changed}
    return papers.zipped(parts)


def odt(**parts: bytes | str) -> bytes:
    whole: dict[str, bytes | str] = {
        "mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>", "META-INF/manifest.xml": "<m/>",
        **{name.replace("__", "/"): content for name, content in parts.items()},
    }  # fmt: skip
    return papers.zipped(whole)


def ofd_with_entities() -> bytes:
    bomb = '<!DOCTYPE a [<!ENTITY b "' + "x" * 100 + '">' + "".join(
        f'<!ENTITY b{n} "{f"&b{n - 1 if n else str()};" * 10}">' for n in range(9)
    ) + "]>"  # fmt: skip
    return ofd(**{"OFD.xml": f"{bomb}<OFD><DocRoot>&b8;</DocRoot></OFD>"})


def many_pages() -> bytes:
    return papers.pdf_file([b""] * 10_000)


REFUSED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a .pdf with a password": ("encrypted", locked_pdf),
    "a scanned .pdf": ("scanned", picture_pdf),
    "a .pdf of 10,000 pages": ("too_many_pages", many_pages),
    "a .pdf of one page without anything": ("empty", lambda: papers.pdf_file([b""])),
    "the first bytes of a .pdf": ("damaged", lambda: good_pdf()[:200]),
    "only the name of a .pdf": ("damaged", lambda: b"%PDF-1.7\n%..."),
    "a .pdf whose letters have no codes": ("garbled", lambda: without_codes(good_pdf())),
    "a scanned .ofd": ("scanned", lambda: papers.ofd_of([[]], image=True)),
    "an .ofd with entities": ("damaged", ofd_with_entities),
    "an .ofd without its document": ("damaged", lambda: ofd(**{"OFD.xml": "<OFD><DocRoot>no.xml</DocRoot></OFD>"})),
    "an .ofd that is locked": ("encrypted", lambda: ofd(**{"Encryptions.xml": "<a/>"})),
    "an .ofd bomb": ("zip_ratio", lambda: ofd(**{"Doc_0/Res/a.bin": "\0" * (30 << 20)})),
    "an old .doc with a password": ("encrypted", lambda: compound("WordDocument", word_flags=0x0100)),
    "an old .doc with macros": ("macros", lambda: compound("WordDocument", "Macros")),
    "an old .xls": ("not_word", lambda: compound("Workbook")),
    "an old .ppt": ("not_word", lambda: compound("PowerPoint Document")),
    "a .docx with a password": ("encrypted", lambda: compound("EncryptedPackage", "EncryptionInfo")),
    "the first bytes of a .doc": ("damaged", lambda: compound("WordDocument")[:40]),
    "an .odt with a password": ("encrypted", lambda: odt(**{"META-INF__manifest.xml": "<m:encryption-data/>"})),
    "an .odt with programs": ("macros", lambda: odt(**{"Basic__Standard__Module1.xml": "<a/>"})),
    "an .odt with entities": ("damaged", lambda: odt(**{"content.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'})),
    "a sheet in the same family": ("not_word", lambda: odt(mimetype="application/vnd.oasis.opendocument.spreadsheet")),
    "a page that scripts fill": ("no_text", lambda: b"<!DOCTYPE html><html><script>show()</script></html>"),
    "a saved page without its page": ("no_text", lambda: papers.mht_of(b"x").replace(b"text/html;", b"text/css;")),
    "a page in parts without end": ("too_costly", lambda: papers.mht_of(b"x") + b"------=_Part\r\n\r\nx\r\n" * 300),
    "a zip of files": ("archive", lambda: papers.zipped({"a.txt": "x", "b.txt": "y"})),
    "a .rar": ("archive", lambda: b"Rar!\x1a\x07\x01\x00" + b"x" * 99),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_with_its_own_sentence(what: str) -> None:
    code, make = REFUSED[what]
    with pytest.raises(Unreadable) as caught:
        read(make(), "通知")
    assert caught.value.code == code
    assert (caught.value.zh, caught.value.en) == SENTENCES[code]


def test_the_maker_of_locked_files_locks_what_opens_without() -> None:
    """The two files differ in their lock alone, so it is the lock that is refused."""
    assert "报送名单" in read(good_pdf()).raw


@pytest.mark.parametrize("cut", [0.5, 0.8, 0.99])
def test_a_pdf_with_a_broken_index_is_mended_or_refused(cut: float) -> None:
    whole = good_pdf()
    for data in (whole[: int(len(whole) * cut)], whole.replace(b"xref\n0", b"xrof\n9")):
        try:
            assert "请于" in read(data).raw
        except Unreadable as refusal:
            assert refusal.code in ("damaged", "empty")


def test_a_scan_with_a_recognised_text_behind_it_is_read_and_said() -> None:
    """Text drawn in no colour (mode 3) behind a picture: what a scanner's recognition leaves."""
    (page, *_) = papers.pages_of(TEXT)
    record = read(papers.pdf_of([page], rules="3 Tr\n"))
    assert [gap.code for gap in record.gaps][:1] == ["file.recognised"]
    assert [duty.object for duty in record.report_duties] == ["名单"]


@pytest.mark.parametrize("what", ["a .pdf with a password", "a scanned .pdf", "an .ofd with entities", "a page that scripts fill"])  # fmt: skip
def test_the_contained_child_refuses_the_same(what: str) -> None:
    code, make = REFUSED[what]
    with pytest.raises(Unreadable) as caught:
        read_in_child(make())
    assert caught.value.code == code


def test_the_contained_child_reads_what_needs_a_library() -> None:
    for data in (
        good_pdf(),
        papers.ofd_of(papers.pages_of(TEXT)),
        papers.html_of(TEXT),
        papers.mht_of(papers.html_of(TEXT)),
    ):
        assert read_in_child(data) == read(data)


def test_a_bomb_inside_a_pdf_ends_with_its_child() -> None:
    """A stream of a few hundred bytes that unpacks to 200 MB of nothing, twice packed: the child bears it or ends."""
    squeezed = zlib.compress(zlib.compress(b"\0" * (200 << 20)), 9)
    body = papers.pdf_file([b"PLACE"])
    stream = b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%s\nendstream" % (len(squeezed), squeezed)
    data = body.replace(b"<< /Length 5 >>\nstream\nPLACE\nendstream", stream)
    with pytest.raises(Unreadable) as caught:
        read_in_child(data)
    assert caught.value.code in ("too_costly", "damaged", "empty", "reader_failed")


def test_a_hanging_converter_is_ended_with_all_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program in LibreOffice's place that never ends and has children: after the limit nothing of it is left."""
    fake, trace = tmp_path / "soffice", tmp_path / "pid"
    fake.write_text(f"#!/bin/sh\nsleep 300 &\necho $! > {trace}\nwait\n")
    fake.chmod(0o755)
    monkeypatch.setattr("jinguo.gongwen.extract.office.find_soffice", lambda: str(fake))
    monkeypatch.setattr("jinguo.gongwen.extract.office.SECONDS", 5.0)
    with pytest.raises(Unreadable) as caught:
        read(rb"{\rtf1\ansi x}")
    assert caught.value.code == "office_slow"
    left = subprocess.run(
        ["ps", "-o", "stat=", "-p", trace.read_text().strip()], capture_output=True, text=True, check=False
    )
    assert left.stdout.strip() in ("",) or left.stdout.startswith("Z")


def test_a_converter_that_makes_nothing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = tmp_path / "soffice"
    fake.write_text("#!/bin/sh\nexit 0\n")
    fake.chmod(0o755)
    monkeypatch.setattr("jinguo.gongwen.extract.office.find_soffice", lambda: str(fake))
    with pytest.raises(Unreadable) as caught:
        read(rb"{\rtf1\ansi x}")
    assert caught.value.code == "office_failed"


def test_a_confined_program_has_limits_and_no_network() -> None:
    words = (
        "import resource, socket; print(resource.getrlimit(resource.RLIMIT_CPU)[0], resource.getrlimit(resource.RLIMIT_AS)[0] >> 20)\n"
        "try:\n    socket.create_connection(('192.0.2.1', 9), timeout=3); print('reached')\nexcept OSError as e: print('no way out')"
    )
    done = subprocess.run(
        [sys.executable, "-m", "jinguo.gongwen.confine", sys.executable, "-c", words], cwd=ROOT, capture_output=True,
        text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.stdout.split("\n")[:2] == ["60 3072", "no way out"]


@pytest.mark.parametrize(
    "data", [b"<" * 100_000, b"<p " * 200_000, b"<!--" * 100_000, b"<a b='>" * 50_000, b"<table><tr><td>" * 5_000]
)
def test_broken_nesting_in_a_page_costs_no_stack(data: bytes) -> None:
    """Each of these takes Python's own parser minutes, or ends it; whoever waits here would see it."""
    try:
        extract(b"<!doctype html><p>" + data)
    except Unreadable as refusal:
        assert refusal.code in ("empty", "no_text", "too_long")
