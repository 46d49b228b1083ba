"""The .docx package: which parts there are, how they refer to one another, and a zip whose bytes never vary."""

import datetime
import io
import zipfile
from xml.sax.saxutils import escape

from jinguo.gongwen.writing.markup import DECLARATION, R, clean

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the zip format's own first moment: no clock is read


def package(parts: dict[str, bytes], *, title: str, author: str, date: datetime.date | None) -> bytes:
    """The file. ``parts`` are those of ``word/`` by name, without ``.xml``; ``document`` is the main one."""
    files = {"[Content_Types].xml": _content_types(parts), "_rels/.rels": _package_relations()}
    files |= {f"word/{name}.xml": content for name, content in parts.items()}
    files["word/_rels/document.xml.rels"] = _document_relations(parts)
    files["docProps/core.xml"] = _core(title, author, date)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, content)
    return out.getvalue()


def _kind(name: str) -> str:
    """The relationship and content type of a part: footer1 → footer."""
    return name.rstrip("0123456789")


def _content_types(parts: dict[str, bytes]) -> bytes:
    rows = [
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
        '<Default Extension="xml" ContentType="application/xml"/>',
        f'<Override PartName="/docProps/core.xml" ContentType="{_CORE}"/>',
    ]
    for name in parts:
        kind = "document.main" if name == "document" else _kind(name)
        rows.append(f'<Override PartName="/word/{name}.xml" ContentType="{_TYPES}.{kind}+xml"/>')
    return _xml(f'<Types xmlns="{_PACKAGE}/content-types">{"".join(rows)}</Types>')


def _package_relations() -> bytes:
    core = f"{_PACKAGE}/relationships/metadata/core-properties"
    rows = [_relation("main", f"{R}/officeDocument", "word/document.xml"), _relation("core", core, "docProps/core.xml")]
    return _relations(rows)


def _document_relations(parts: dict[str, bytes]) -> bytes:
    return _relations([_relation(name, f"{R}/{_kind(name)}", f"{name}.xml") for name in parts if name != "document"])


def _relation(identifier: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{identifier}" Type="{kind}" Target="{target}"/>'


def _relations(rows: list[str]) -> bytes:
    return _xml(f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(rows)}</Relationships>')


def _core(title: str, author: str, date: datetime.date | None) -> bytes:
    """Title, author and the paper's own date; the moment of writing is not recorded."""
    moment = ""
    if date:
        stamp = f'xsi:type="dcterms:W3CDTF">{date.isoformat()}T00:00:00Z'
        moment = f"<dcterms:created {stamp}</dcterms:created><dcterms:modified {stamp}</dcterms:modified>"
    return _xml(
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(clean(title))}</dc:title><dc:creator>{escape(clean(author))}</dc:creator>"
        f"<dc:language>zh-CN</dc:language>{moment}</cp:coreProperties>"
    )


def _xml(text: str) -> bytes:
    return (DECLARATION + text).encode()
