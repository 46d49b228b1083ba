"""The file itself: repeatable, openable by any program, carrying nobody's name but the office's."""

import dataclasses
import datetime
import io
import zipfile
from collections import Counter

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from jinguo.gongwen.writing import Column, Document, Face, Faces, Paragraph, Profile, Table, write_docx
from tests.gongwen_writing.reading import opened, property_elements
from tests.gongwen_writing.samples import notice, ruled_page, summary

# The whole sequences of ECMA-376 part 1 (17.3.1.26, 17.3.2.28, 17.4.59, 17.4.69, 17.6.17), not only what we use.
SCHEMA_ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
    "lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "sectPr": "footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt vAlign "
    "noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
}


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("paper", [summary, notice, ruled_page])
def test_the_same_paper_is_the_same_file(paper) -> None:
    assert write_docx(paper()) == write_docx(paper())


def test_another_word_is_another_file() -> None:
    changed = dataclasses.replace(summary(), addressee="省妇联办公室")
    assert write_docx(changed) != write_docx(summary())


def test_no_clock_and_no_program_stands_in_the_file() -> None:
    data = write_docx(summary())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = opened(data).core_properties
    assert properties.author == "清河市妇女联合会"
    assert properties.title == "清河市妇女联合会关于2024年“三八”国际妇女节系列活动开展情况的汇总"
    assert properties.created.date() == properties.modified.date() == datetime.date(2024, 3, 29)
    assert properties.last_modified_by == properties.comments == ""
    assert not any(b"python-docx" in content for content in members(data).values())


def test_an_undated_paper_has_no_date_in_its_properties() -> None:
    properties = members(write_docx(Document(Profile(), "标题", (Paragraph.of("正文。"),))))["docProps/core.xml"]
    assert b"dcterms:created" not in properties


@pytest.mark.parametrize("paper", [summary, notice])
def test_every_part_is_well_formed_declared_and_referred_to(paper) -> None:
    files = members(write_docx(paper()))
    for content in files.values():
        parse_xml(content)
    declared = {
        node.get("PartName").lstrip("/") for node in parse_xml(files["[Content_Types].xml"]) if node.get("PartName")
    }
    assert declared == {name for name in files if not name.endswith(".rels") and name != "[Content_Types].xml"}
    targets = {node.get("Target") for node in parse_xml(files["word/_rels/document.xml.rels"])}
    assert {f"word/{target}" for target in targets} == declared - {"word/document.xml", "docProps/core.xml"}


@pytest.mark.parametrize("paper", [summary, notice])
def test_properties_keep_the_order_the_schema_wants(paper) -> None:
    """Word repairs or refuses a file whose properties stand out of order."""
    seen = Counter()
    for element in property_elements(write_docx(paper())):
        name = element.tag.split("}")[1]
        if name not in SCHEMA_ORDER:
            continue
        order = [qn(f"w:{tag}") for tag in SCHEMA_ORDER[name].split()]
        tags = [child.tag for child in element if child.tag != qn("w:footerReference")]
        assert set(tags) <= set(order)
        assert tags == sorted(tags, key=order.index)
        assert len(tags) == len(set(tags))
        seen[name] += 1
    assert set(seen) == set(SCHEMA_ORDER)


def test_every_style_used_is_defined_and_every_link_leads_somewhere() -> None:
    body = opened(write_docx(summary())).element.body
    known = {style.get(qn("w:styleId")) for style in opened(write_docx(summary())).styles.element}
    used = {node.get(qn("w:val")) for tag in ("pStyle", "rStyle") for node in body.iter(qn(f"w:{tag}"))}
    assert used <= known
    marks = Counter(node.get(qn("w:name")) for node in body.iter(qn("w:bookmarkStart")))
    links = {node.get(qn("w:anchor")) for node in body.iter(qn("w:hyperlink"))}
    assert max(marks.values()) == 1
    assert links <= set(marks)
    assert {f"source_{number}" for number in range(1, 14)} <= links  # every sentence leads to its row
    assert {f"sentence_{number}" for number in range(1, 14)} <= links  # and every row back to its sentence
    identifiers = [node.get(qn("w:id")) for node in body.iter(qn("w:bookmarkStart"))]
    assert len(identifiers) == len(set(identifiers))


def test_the_office_s_own_faces_are_named_with_their_fallbacks() -> None:
    own = Faces(body=Face("清河仿宋", ("仿宋", "FangSong")))
    files = members(write_docx(Document(Profile(faces=own), "标题", (Paragraph.of("正文。"),))))
    assert 'w:eastAsia="清河仿宋"' in files["word/styles.xml"].decode()
    assert '<w:font w:name="清河仿宋"><w:altName w:val="仿宋,FangSong"/>' in files["word/fontTable.xml"].decode()
    standard = members(write_docx(Document(Profile(), "标题", (Paragraph.of("正文。"),))))["word/styles.xml"].decode()
    for name in ("仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体"):
        assert f'w:eastAsia="{name}"' in standard


def test_headings_stand_in_the_word_processor_s_outline() -> None:
    paper = opened(write_docx(notice()))
    styles = {paragraph.text: paragraph.style.name for paragraph in paper.paragraphs}
    assert styles["一、时间和地点"] == "Heading 1"
    assert styles["1.报名以单位为主"] == "Heading 3"
    assert styles["（1）每场不超过40人"] == "Heading 4"


def test_a_table_repeats_its_heading_row_and_never_cuts_a_row() -> None:
    table = opened(write_docx(notice())).tables[0]
    rows = [row._tr for row in table.rows]
    assert [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows] == [True] + [False] * 24
    assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)


def test_the_signature_holds_on_to_what_stands_above_it() -> None:
    """7.3.5.5: the last paragraph, or a table's last row, its note and the gap below, go to the signature's page."""
    text = Document(Profile(signature="清河市妇联"), "标题", (Paragraph.of("甲"), Paragraph.of("乙")))
    assert [p.text for p in opened(write_docx(text)).paragraphs if p.paragraph_format.keep_with_next] == ["乙"]
    table = Table((Column("单位"), Column("数")), (("东", 1), ("西", 2)), note="截至3月。")
    paper = opened(write_docx(dataclasses.replace(text, blocks=(table,))))
    held = [p.text for p in paper.paragraphs if p.paragraph_format.keep_with_next]
    assert held == ["注：截至3月。", ""]
    cells = [
        [all(p.paragraph_format.keep_with_next for p in cell.paragraphs) for cell in row.cells]
        for row in paper.tables[0].rows[1:]
    ]
    assert cells == [[False, False], [True, True]]
