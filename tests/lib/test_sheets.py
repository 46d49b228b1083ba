"""Workbooks come in from strangers and go out to people: what is read is what was written, and no cell ever calculates."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from jinguo.lib.errors import Invalid
from jinguo.lib.sheets import Column, Table, cell_name, read_workbook, write_csv, write_workbook
from jinguo.lib.sheets.child import rows_of_csv

# Signs without a shape (soft hyphens, joiners, odd blanks) are dropped on the way in, on purpose.
SHAPELESS = ("Cs", "Cc", "Cn", "Co", "Cf", "Zl", "Zp", "Zs")
SIGNS = st.characters(codec="utf-8", exclude_categories=SHAPELESS, include_characters=" \u3000")
CELLS = st.text(SIGNS, max_size=20).map(str.strip)
LIVE = ["=1+1", "+86-353-0000", "-1", "@cmd", '=HYPERLINK("http://x.example.org")', "普通"]


def test_what_is_written_is_read_back_and_live_text_stays_text():
    table = Table("单位", [Column("名称"), Column("类别", choices=("妇联", "妇女之家"))], [[text, 7] for text in LIVE])
    data = write_workbook([table])
    (sheet,) = read_workbook(data, "units.xlsx")
    assert [row[0] for row in sheet.rows[1:]] == LIVE
    assert {row[1] for row in sheet.rows[1:]} == {"7"}
    xml = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in xml
    assert 'quotePrefix="1"' in zipfile.ZipFile(io.BytesIO(data)).read("xl/styles.xml").decode()


def test_printed_all_columns_stand_on_one_sheet_with_the_heads_on_each():
    wide = Table("名单", [Column(f"栏{n}", 20) for n in range(12)], [["字"] * 12] * 200)
    (sheet,) = load_workbook(io.BytesIO(write_workbook([wide]))).worksheets
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0) and sheet.print_title_rows == "$1:$1"


@settings(max_examples=6, deadline=None)
@given(rows=st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=12))
def test_any_text_survives_the_way_out_and_in(rows):
    width = max(map(len, rows))
    (sheet,) = read_workbook(write_workbook([Table("x", [Column(f"c{n}") for n in range(width)], rows)]))
    read = [list(row) + [""] * (width - len(row)) for row in sheet.rows[1:]]
    wanted = [row + [""] * (width - len(row)) for row in rows]
    while wanted and not any(wanted[-1]):
        wanted.pop()
    assert read[: len(wanted)] == wanted


def test_a_csv_is_tamed_with_an_apostrophe():
    text = write_csv(Table("x", [Column("名称")], [[each] for each in LIVE])).decode("utf-8-sig")
    assert not [line for line in text.splitlines() if line.strip('"').startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("comma", [",", ";", "\t"])
def test_a_csv_is_read_in_every_encoding_and_with_every_comma(encoding, comma):
    data = f"单位编号{comma}全称\n{comma}泉水镇妇女联合会\n".encode(encoding)
    assert rows_of_csv(data) == [["单位编号", "全称"], ["", "泉水镇妇女联合会"]]


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b"0" * (200 * 1024 * 1024))
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "a.xlsx", "空的"),
        (b"%PDF-1.7", "a.xlsx", "认不出"),
        (b"%PDF-1.7", "a.csv", "认不出"),
        (b"PK\x03\x04 broken", "a.xlsx", "打不开"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.xls", "密码"),
        (b"a,b\n\x00\n", "a.csv", "打不开"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(data, name, says):
    with pytest.raises(Invalid, match=says):
        read_workbook(data, name)


def test_a_bomb_is_refused_before_it_is_unpacked():
    with pytest.raises(Invalid, match="展开后太大"):
        read_workbook(bomb(), "a.xlsx")


def test_cells_have_the_names_a_spreadsheet_gives_them():
    assert [cell_name(column, 7) for column in (0, 25, 26, 27, 701, 702)] == ["A7", "Z7", "AA7", "AB7", "ZZ7", "AAA7"]
