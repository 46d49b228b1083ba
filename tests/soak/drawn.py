"""Damaged files of fixed pages, .pdf and .ofd: papers of the corpus set like an official paper, then their drawing words,
their structure or their bytes are damaged.
"""

import re
import zipfile
from io import BytesIO
from random import Random

from tests.gongwen.papers import ofd_of, pages_of, pdf_file, pdf_of, zipped

_LONGEST = 6_000  # characters: ten pages
_PDF_WORDS = (
    b"q " * 40, b" Q" * 50, b"BT " * 40, b" ET", b"1e38 0 0 1e38 0 0 cm", b"-99999999999 0 0 -1 0 0 cm", b"0 0 0 0 0 0 cm",
    b"/F0 0 Tf", b"/F0 -1e9 Tf", b"/F9 16 Tf", b"<d83dd83d> Tj", b"<> Tj", b"<4e", b"[<4e00> -1e9 <4e8c>] TJ", b"3 Tr", b"2 Tr",
    b"0 0 1e9 1 re f ", b"0 0 1 1 re f " * 300, b"BI /W 9999999 /H 9999999 /BPC 8 /CS /RGB ID x EI", b"/Fm0 Do", b"%%EOF", b"\x00" * 50,
)  # fmt: skip
_PDF_PARTS = (
    (rb"/Count \d+", b"/Count 99999999"), (rb"/Count \d+", b"/Count -1"), (rb"/Parent 2 0 R", b"/Parent 4 0 R"),
    (rb"/Kids \[4 0 R", b"/Kids [2 0 R 2 0 R"), (rb"/Length \d+", b"/Length 4294967295"), (rb"/Length \d+", b"/Length 0"),
    (rb"startxref\n\d+", b"startxref\n7"), (rb"/MediaBox \[[^\]]*\]", b"/MediaBox [0 0 0 0]"), (rb"/Root 1 0 R", b"/Root 3 0 R"),
    (rb"/MediaBox \[[^\]]*\]", b"/MediaBox [0 0 1e30 -1e30] /Rotate 45"), (rb"/DW 1000", b"/DW -99999999"), (rb"/Contents 5 0 R", b"/Contents 2 0 R"),
    (rb"UniGB-UCS2-H", b"Identity-H"), (rb"/Type /Page ", b"/Type /Page /Rotate 270 "), (rb"\d{10} 00000 n", b"9999999999 00000 n"),
)  # fmt: skip
_OFD_PARTS = (
    (r'DeltaX="[^"]*"', 'DeltaX="g 999999999 1"'), (r'DeltaX="[^"]*"', 'DeltaX=""'), (r'DeltaX="[^"]*"', 'DeltaX="g g g nan inf -1e300"'),
    (r'Size="[^"]*"', 'Size="0"'), (r'Size="[^"]*"', 'Size="-1e30"'), (r'Boundary="[^"]*"', 'Boundary="1e300 nan"'),
    (r'Boundary="[^"]*"', ""), (r'BaseLoc="[^"]*"', 'BaseLoc="../../../etc/passwd"'), (r'BaseLoc="[^"]*"', 'BaseLoc="/Doc_0/Document.xml"'),
    (r'Font="1"', 'Font="x"'), ("</ofd:TextObject>", ""), ("<ofd:Layer ", "<ofd:Layer>" * 2000 + "<ofd:Layer "),
    (r'Boundary="', 'CTM="0 0 0 0 0 0" Boundary="'), (r'Boundary="', 'CTM="1e200 1e200 1 1 9 9" Boundary="'), ("Doc_0/Document.xml", "OFD.xml"),
    ("<ofd:Page ", '<!DOCTYPE d [<!ENTITY a "甲乙丙丁">]><ofd:Page '), (r'<ofd:PhysicalBox>[^<]*', "<ofd:PhysicalBox>0 0 0"),
)  # fmt: skip


def pdf(chance: Random, text: str) -> bytes:
    """A .pdf whose drawing words or dictionaries are damaged, or which is whole."""
    data = pdf_of(pages_of(text[:_LONGEST]))
    for _ in range(chance.randrange(4)):
        if chance.random() < 0.5:
            was, now = chance.choice(_PDF_PARTS)
            data = re.sub(was, lambda _, now=now: now, data, count=chance.choice((1, 1, 50)))
        else:
            at = chance.randrange(len(data))
            data = data[:at] + b"\n" + chance.choice(_PDF_WORDS) + b"\n" + data[at:]
    return data


def pdf_words(chance: Random, text: str) -> bytes:
    """A whole .pdf file round drawing words in disorder: some lost, some doubled, some absurd."""
    drawn = pdf_of(pages_of(text[: chance.choice((500, 3000))])).split(b"stream\n")[1].split(b"\nendstream")[0]
    words = drawn.split(b"\n")
    for _ in range(chance.randrange(1, 60)):
        at = chance.randrange(len(words))
        words[at : at + chance.randrange(3)] = [chance.choice((*_PDF_WORDS, words[at]))]
    return pdf_file([b"\n".join(words)] * chance.choice((1, 1, 2, 12)))


def ofd(chance: Random, text: str) -> bytes:
    """A .ofd package around damaged pages: numbers that are none, steps without end, pages that point elsewhere."""
    with zipfile.ZipFile(BytesIO(ofd_of(pages_of(text[:_LONGEST])))) as whole:
        parts: dict[str, bytes | str] = {name: whole.read(name).decode() for name in whole.namelist()}
    for _ in range(chance.randrange(4)):
        was, now = chance.choice(_OFD_PARTS)
        count = chance.choice((0, 1, 20))
        parts = {n: re.sub(was, lambda _, now=now: now, str(part), count=count) for n, part in parts.items()}
    if chance.random() < 0.3:
        name = chance.choice(sorted(parts))
        at = chance.randrange(len(parts[name]))
        parts[name] = parts[name][:at]
    if chance.random() < 0.1:
        del parts[chance.choice(sorted(parts))]
    return zipped(parts)
