"""The same notice as files of every kind an office sends, made here: by python-docx, by LibreOffice, or by hand.

`pages_of` sets a text like an official paper (28 characters a line, 22 lines a page, first lines indented two); the hand-made
.pdf and .ofd draw those lines. Nothing here uses the code that reads them.
"""

import base64
import io
import re
import subprocess
import unicodedata
import zipfile
from pathlib import Path
from typing import NamedTuple

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

LINE, ROWS = 28, 22
SIZE, PITCH, LEFT, TOP = 16.0, 28.95, 79.4, 104.9  # points, from the page's left and upper edge
WIDTH, HEIGHT = 595.3, 841.9
NO_START = "，。、；：？！”’）》」』】〉%"
TITLE = re.compile(r"[^。]{4,80}(?:通知|函|意见|决定|方案|公示|倡议书|启事)")
NO_INDENT = re.compile(r"[^。]{2,60}(?:文件|号)|" + TITLE.pattern + "|[^。]{2,90}：")


class Drawn(NamedTuple):
    """A printed line: x of its first character and baseline y (points, y downwards), its text and size."""

    x: float
    y: float
    text: str
    size: float = SIZE


def width(text: str) -> float:
    """In ems: Latin letters take half of one."""
    return sum(0.5 if c.isascii() else 1.0 for c in text)


def wrapped(text: str, first: float, most: float = LINE) -> list[str]:
    """Lines as a typesetter breaks them: no line begins with closing punctuation, Latin words stay whole."""
    lines, line, room = [], "", most - first
    for word in re.findall(r"[!-~]+|.", text):
        if line and width(line) + width(word) > room and word not in NO_START:
            lines.append(line)
            line, room = "", most
        line += word
    return [*lines, line]


def pages_of(text: str) -> list[list[Drawn]]:
    """The printed lines of every page, with its page number as `— 1 —` at the foot."""
    pages: list[list[Drawn]] = [[]]
    row = 0
    for number, paragraph in enumerate(line.strip(" \u3000") for line in text.splitlines() if line.strip()):
        centred = number < 6 and NO_INDENT.fullmatch(paragraph) and not paragraph.endswith("：")
        flush = number < 8 and paragraph.endswith("：") and bool(NO_INDENT.fullmatch(paragraph))
        signed = re.fullmatch(r".{4,20}(?:联合会|委员会|工会|协会)|\d{4}年\d{1,2}月\d{1,2}日", paragraph) and number > 6
        size = 22.0 if centred and TITLE.fullmatch(paragraph) else SIZE  # 二号 for a title
        for at, line in enumerate(wrapped(paragraph, 0 if centred or flush else 2, LINE * SIZE / size)):
            indent = 0 if flush or (at and not centred) else 2.0
            if centred:
                indent = (LINE - width(line) * size / SIZE) / 2
            if signed:
                indent = max(LINE - width(line) - 3, 2)
            if row == ROWS:
                pages.append([])
                row = 0
            pages[-1].append(Drawn(LEFT + indent * SIZE, TOP + (row + 0.85) * PITCH, line, size))
            row += 1
    for number, page in enumerate(pages, 1):
        page.append(Drawn(420.0, 770.0, f"— {number} —"))
    return pages


def placed(line: Drawn) -> list[tuple[float, str]]:
    """Each character with its x."""
    x, out = line.x, []
    for c in line.text:
        out.append((x, c))
        x += line.size * (0.5 if c.isascii() else 1.0)
    return out


# ---- .pdf


def pdf_of(pages: list[list[Drawn]], *, rules: str = "", lock: bytes = b"") -> bytes:
    """A .pdf with text in a standard Chinese font that is named and not embedded."""
    contents = []
    for page in pages:
        drawn = [
            f"BT /F0 {line.size} Tf 1 0 0 1 {x:.2f} {HEIGHT - line.y:.2f} Tm <{c.encode('utf-16-be').hex()}> Tj ET"
            for line in page
            for x, c in placed(line)
        ]
        contents.append((rules + "\n".join(drawn)).encode())
    return pdf_file(contents, lock=lock)


FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [<< /Type /Font "
    b"/Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> "
    b"/DW 1000 /W [1 [500] 2 95 500 814 907 500] /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 "
    b"/FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >> >>] >>"
)


def pdf_file(contents: list[bytes], *, lock: bytes = b"", extra: bytes = b"") -> bytes:
    """A whole file round the drawing words of each page. lock: the Encrypt dictionary."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * i) for i in range(len(contents)))
    things = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(contents), kids),
        FONT,
    ]
    for i, content in enumerate(contents):
        things.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.1f %.1f] /Contents %d 0 R /Resources << /Font << /F0 3 0 R >> %s >> >>"
            % (WIDTH, HEIGHT, 5 + 2 * i, extra)
        )
        things.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, thing in enumerate(things, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, thing)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(things) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(things) + 1, lock, start)
    return bytes(out)


# ---- .ofd

_OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_MM = 25.4 / 72


def ofd_of(pages: list[list[Drawn]], *, paths: str = "", image: bool = False) -> bytes:
    """A .ofd drawn by hand: one text object a line, steps written as `g n step` where they repeat."""
    parts = {
        "OFD.xml": f'<ofd:OFD {_OFD} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Doc_0/Document.xml'
        "</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {_OFD}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
        "</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages>"
        + "".join(f'<ofd:Page ID="{9 + i}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(len(pages)))
        + "</ofd:Pages></ofd:Document>",
        "Doc_0/PublicRes.xml": f'<ofd:Res {_OFD}><ofd:Fonts><ofd:Font ID="1" FontName="宋体"/><ofd:Font ID="2" '
        'FontName="宋体" Bold="true"/></ofd:Fonts></ofd:Res>',
    }
    for number, page in enumerate(pages):
        drawn = "".join(_ofd_text(line) for line in page)
        drawn += '<ofd:ImageObject ID="70" Boundary="0 0 210 297" ResourceID="8"/>' if image else ""
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = (
            f'<ofd:Page {_OFD}><ofd:Content><ofd:Layer ID="2">{paths}{drawn}</ofd:Layer></ofd:Content></ofd:Page>'
        )
    return zipped(parts)


def _ofd_text(line: Drawn) -> str:
    steps = [(line.size * _MM) * (0.5 if c.isascii() else 1.0) for c in line.text[:-1]]
    runs: list[list[float]] = []
    for step in steps:
        if runs and runs[-1][1] == step:
            runs[-1][0] += 1
        else:
            runs.append([1, step])
    deltas = " ".join(f"g {int(n)} {step:.4f}" if n > 1 else f"{step:.4f}" for n, step in runs)
    x, y, size = line.x * _MM, line.y * _MM, line.size * _MM
    return (
        f'<ofd:TextObject ID="5" Boundary="{x:.3f} {y - size:.3f} {width(line.text) * size:.3f} {size * 1.2:.3f}" Font="1" '
        f'Size="{size:.4f}"><ofd:TextCode X="0" Y="{size:.4f}" DeltaX="{deltas}">{escaped(line.text)}</ofd:TextCode>'
        "</ofd:TextObject>"
    )


# ---- packages, pages of the web


def zipped(parts: dict[str, bytes | str]) -> bytes:
    """A zip of these parts, the same bytes at any time of day."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def escaped(text: str) -> str:
    """For XML and HTML; what XML cannot hold is left out."""
    kept = "".join(c for c in text if c >= " " and unicodedata.category(c) not in ("Cs", "Cn"))
    return kept.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def html_of(text: str, *, charset: str = "utf-8", around: tuple[str, str] = ("", "")) -> bytes:
    """A page of a federation's site: the notice in <p>, its source broken into short lines as editors do."""
    paragraphs = "\n".join(
        "<p style='text-indent:2em'>"
        + re.sub("(.{38}[一-鿿])(?=[一-鿿])", r"\1\n  ", escaped(line.strip(" \u3000")))
        + "</p>"
        for line in text.splitlines()
        if line.strip()
    )
    page = (
        f"<!DOCTYPE html><html><head><meta charset={charset}><title>通知_妇联网站</title><style>p{{color:red}}</style>"
        f"<script>var a='<p>不是正文</p>';</script></head><body>{around[0]}<div id=content>{paragraphs}</div>{around[1]}</body></html>"
    )
    return page.encode("gb18030" if charset == "gb2312" else charset)  # what a page labelled gb2312 really holds


def mht_of(page: bytes, charset: str = "utf-8") -> bytes:
    """The page in one file, as a browser or a word processor saves it."""
    body = base64.encodebytes(page)
    return (
        b"From: <Saved by a browser>\r\nSubject: =?utf-8?B?6YCa55+l?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
        b'\ttype="text/html";\r\n\tboundary="----=_Part"\r\n\r\n------=_Part\r\nContent-Type: text/html; charset='
        + charset.encode()
        + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + body
        + b"\r\n------=_Part\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n------=_Part--\r\n"
    )


# ---- .docx, and what LibreOffice makes of it


def docx_of(text: str, *, header: str = "", footer: str = "") -> bytes:
    """A .docx set like an official paper: A4 with its margins, first lines indented, a page number at the foot."""
    paper = docx.Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    for number, line in enumerate(line.strip(" \u3000") for line in text.splitlines() if line.strip()):
        paragraph = paper.add_paragraph()
        run = paragraph.add_run(line)
        run.font.size = Pt(16)
        properties = run._r.get_or_add_rPr()
        fonts = OxmlElement("w:rFonts")
        fonts.set(qn("w:eastAsia"), "Noto Serif SC")
        properties.append(fonts)
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.line_spacing = Pt(PITCH)
        if number > 5 or not NO_INDENT.fullmatch(line):
            paragraph.paragraph_format.first_line_indent = Pt(32)
    if header:
        section.header.paragraphs[0].text = header
    if footer:
        _page_field(section.footer.paragraphs[0], footer)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _page_field(paragraph: docx.text.paragraph.Paragraph, pattern: str) -> None:
    """`— {n} —` with the word processor's own page number."""
    before, after = pattern.split("{n}")
    paragraph.add_run(before)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), " PAGE ")
    run, words = OxmlElement("w:r"), OxmlElement("w:t")
    words.text = "1"
    run.append(words)
    field.append(run)
    paragraph._p.append(field)
    paragraph.add_run(after)


def office_made(soffice: str, data: bytes, ending: str, folder: Path, source: str = "docx") -> bytes:
    """What LibreOffice saves the file as."""
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / f"paper.{source}"
    place.write_bytes(data)
    profile = (folder.parent / "profile").as_uri()
    subprocess.run(
        [soffice, "--headless", f"-env:UserInstallation={profile}", "--convert-to", ending, "--outdir", folder, place],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return (folder / f"paper.{ending}").read_bytes()
