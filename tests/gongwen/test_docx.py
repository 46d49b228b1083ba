"""A .docx is read as a person sees it: automatic numbers, text boxes, tables, tracked changes; bold is only evidence."""

import io
import zipfile

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

from jinguo.gongwen import read
from jinguo.gongwen.extract import extract

NUMBERING = """<w:numbering {ns}>
<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl></w:abstractNum>
<w:num w:numId="7"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="8"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
</w:numbering>""".format(ns=nsdecls("w"))


@pytest.fixture
def document() -> docx.document.Document:
    return docx.Document()


def saved(document: docx.document.Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def with_numbering(data: bytes) -> bytes:
    """The same package with our list definitions."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = NUMBERING.encode() if entry.filename == "word/numbering.xml" else old.read(entry)
            new.writestr(entry.filename, content)
    return out.getvalue()


def numbered(paragraph: Paragraph, list_id: int, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')
    )


def test_automatic_numbers_are_part_of_the_text(document: docx.document.Document) -> None:
    rows = [
        ("活动内容", 7, 0),
        ("宣讲进村", 7, 1),
        ("讲政策。", 7, 2),
        ("讲案例。", 7, 2),
        ("义诊进村", 7, 1),
        ("活动要求", 7, 0),
        ("附则", 8, 0),
    ]
    for text, list_id, level in rows:
        numbered(document.add_paragraph(text), list_id, level)
    record = read(with_numbering(saved(document)))
    assert record.raw.split() == [
        "一、活动内容",
        "（一）宣讲进村",
        "1.讲政策。",
        "2.讲案例。",
        "（二）义诊进村",
        "二、活动要求",
        "五、附则",
    ]
    assert [n.clause for n in record.outline] == ["一", "一(一)", "一(一)1", "一(一)2", "一(二)", "二", "五"]


def test_a_text_box_follows_its_paragraph_once(document: docx.document.Document) -> None:
    run = document.add_paragraph("各县妇联：").add_run()
    box = "<w:txbxContent {w}><w:p><w:r><w:t>清妇发〔2024〕3号</w:t></w:r></w:p></w:txbxContent>".format(w=nsdecls("w"))
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    run._r.append(
        parse_xml(
            f"<mc:AlternateContent {mc}><mc:Choice Requires='wps'>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
        )
    )
    document.add_paragraph("后面一段。")
    assert extract(saved(document)).raw.split() == ["各县妇联：", "清妇发〔2024〕3号", "后面一段。"]


def test_tracked_changes_are_read_as_accepted(document: docx.document.Document) -> None:
    paragraph = document.add_paragraph("请于3月")
    for tag, text_tag, text in (("w:del", "w:delText", "1日前"), ("w:ins", "w:t", "5日前报送。")):
        change, run, words = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(text_tag)
        words.text = text
        run.append(words)
        change.append(run)
        paragraph._p.append(change)
    assert extract(saved(document)).raw.strip() == "请于3月5日前报送。"


def test_table_rows_become_events_of_a_schedule(document: docx.document.Document) -> None:
    document.add_paragraph("关于印发2024年活动安排的通知")
    document.add_paragraph("一、活动安排")
    table = document.add_table(rows=3, cols=4)
    rows = [
        ("序号", "活动名称", "时间", "地点"),
        ("1", "女画家作品展", "3月5日—8日", "市文化馆"),
        ("2", "插花体验课", "3月6日下午2:30", "社区妇女之家"),
    ]
    for cells, words in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, words, strict=True):
            cell.text = text
    record = read(saved(document))
    found = [(e.name, e.kind, e.date, e.time, e.window.start if e.window else None, e.place) for e in record.events]
    assert found == [
        ("女画家作品展", "exhibition", None, None, "2024-03-05", "市文化馆"),
        ("插花体验课", "training", "2024-03-06", "14:30", None, "社区妇女之家"),
    ]


def test_bold_shows_where_a_heading_ends_and_needs_no_full_stop(document: docx.document.Document) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run("（一）广泛发动 ").bold = True
    paragraph.add_run("各村妇联要讲清楚，请大家来。")
    record = read(saved(document))
    assert [(n.heading, n.clause) for n in record.outline] == [("广泛发动", "(一)")]
    assert [t.text for t in record.tasks] == ["各村妇联要讲清楚，请大家来"]


def test_bold_of_a_style_counts(document: docx.document.Document) -> None:
    document.add_paragraph("要点一", style="Heading 1")
    raw = extract(saved(document))
    assert [raw.raw[a:b] for a, b in raw.bold] == ["要点一"]


def test_a_deep_and_wide_document_costs_no_stack(document: docx.document.Document) -> None:
    body = document.element.body
    deep = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent/></w:sdt>")
    inner = deep[0]
    for _ in range(120):
        layer = OxmlElement("w:sdt")
        content = OxmlElement("w:sdtContent")
        layer.append(content)
        inner.append(layer)
        inner = content
    paragraph = OxmlElement("w:p")
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "里层的一句话。"
    run.append(text)
    paragraph.append(run)
    inner.append(paragraph)
    body.insert(0, deep)
    assert extract(saved(document)).raw.strip() == "里层的一句话。"
    assert body.find(qn("w:sdt")) is not None
