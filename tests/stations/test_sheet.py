"""Standing places by a sheet: taken away, changed, sent back, looked at, and written whole or not at all."""

from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jinguo.lib import ids
from jinguo.stations.actions.keep import make_station
from jinguo.stations.models import Station, StationImport
from jinguo.stations.workbook import COLUMNS
from tests.stations.stage import draft, station

pytestmark = pytest.mark.django_db
HEADS = {head: key for key, (head, _width) in COLUMNS.items()}


@pytest.fixture
def desk(cast):
    client = Client()
    client.force_login(cast.users["county_officer"])
    return client


def sheet_of(client) -> list[dict[str, str]]:
    """The downloaded sheet as rows by column key."""
    book = openpyxl.load_workbook(BytesIO(client.get("/desk/stations/sheet.xlsx").content))
    first, *rest = [[str(cell or "") for cell in row] for row in book.active.iter_rows(values_only=True)]
    return [dict(zip((HEADS[head] for head in first), row, strict=True)) for row in rest]


def send(client, rows: list[dict[str, str]]):
    """Send rows back; the page that shows what they would do."""
    book = openpyxl.Workbook()
    keys = list(rows[0])
    book.active.append([COLUMNS[key][0] for key in keys])
    for row in rows:
        book.active.append([row.get(key, "") for key in keys])
    out = BytesIO()
    book.save(out)
    return client.post(
        "/desk/stations/import/", {"file": SimpleUploadedFile("places.xlsx", out.getvalue())}, follow=True
    )


def write(client, page):
    """Press 就这样写入 on such a page."""
    told = page.context["plan"].digest
    code = page.context["import"].code
    return client.post(f"/desk/stations/import/{code}/write/", {"shown": told}, follow=True)


def test_a_sheet_sent_back_unchanged_changes_nothing(cast, desk):
    station(cast)
    station(
        cast,
        name="东川妇女微家",
        kind="mini",
        in_home=True,
        address="槐树村",
        home_address="东巷 3 号",
        slot_minutes=None,
        host_name="王姐",
    )
    rows = sheet_of(desk)
    assert "东巷 3 号" not in str(rows) and "王姐" not in str(rows)
    page = send(desk, rows)
    assert page.context["plan"].faults == () and page.context["plan"].same == 2
    assert "和现在一样，没有要改的" in page.content.decode()


def test_what_is_changed_and_added_is_shown_then_written_at_once(cast, desk):
    old = station(
        cast, name="维权站", services="法律咨询", in_home=True, address="槐树村", home_address="东巷 3 号", kind="other"
    )
    rows = sheet_of(desk)
    rows[0] |= {"open": "周一至周五 9:00—11:00", "books": "", "phone": "0353-000-0088", "shown": "否"}
    unit = cast.units["c.a"]
    new = {
        "unit": unit.name,
        "kind": "妇女之家",
        "name": "东川妇女之家",
        "open": "每天 9:00—17:00",
        "services": "读书、歇脚",
        "shown": "是",
    }
    page = send(desk, [*rows, new])
    html = page.content.decode()
    assert page.context["plan"].faults == ()
    assert "会动 2 处，其中新登记 1 处" in html and "0353-000-0088" in html
    assert Station.objects.count() == 1, "nothing is written before somebody has looked"
    assert "新登记 1 处，改了 1 处" in write(desk, page).content.decode()
    old.refresh_from_db()
    assert (old.phone, old.shown, old.home_address) == ("0353-000-0088", False, "东巷 3 号")
    made = Station.objects.get(name="东川妇女之家")
    assert made.service_lines == ["读书", "歇脚"] and made.hours.count() == 7
    assert StationImport.objects.get().rows_sealed == ""
    again = write(desk, page)
    assert Station.objects.count() == 2 and again.status_code == 200


@pytest.mark.parametrize(
    ("cells", "cell", "said"),
    [
        ({"open": "有空就开"}, "E2", "没有看懂"),
        ({"kind": "饭店"}, "C2", "没有这一种"),
        ({"unit": "没有的单位"}, "B2", "没有找到这个单位"),
        ({"name": ""}, "D2", "请写它叫什么"),
        ({"code": "zzzzzzzzzzzz"}, "A2", "没有这个编号"),
        ({"shown": "也许"}, "L2", "写“是”或“否”"),
        ({"slot_minutes": "很久"}, "N2", "只填数字"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_written(cast, desk, cells, cell, said):
    row = dict.fromkeys(COLUMNS, "")
    row |= {"unit": cast.units["c.a"].name, "kind": "妇女之家", "name": "一处", "open": "每天 9:00—17:00", **cells}
    page = send(desk, [row])
    html = page.content.decode()
    assert said in html and f">{cell}<" in html
    assert "写错的格" in write(desk, page).content.decode() and not Station.objects.exists()


def test_what_changed_meanwhile_is_shown_again_instead_of_written(cast, desk):
    station(cast)
    rows = sheet_of(desk)
    page = send(desk, [{**rows[0], "phone": "0353-000-0077"}])
    Station.objects.update(phone="0353-000-0066")
    answer = write(desk, page)
    assert answer.status_code == 409 and "没有写入" in answer.content.decode()
    assert Station.objects.get().phone == "0353-000-0066"
    assert "改了 1 处" in write(desk, answer).content.decode()


def test_nobody_changes_what_she_does_not_keep(cast, desk):
    other = make_station(
        cast.units["c.b"], draft(name="别县的"), code=ids.new_code(), by=cast.users["sister"]
    )  # fmt: skip
    row = {"code": other.code, "unit": "", "name": "抢来的"}
    assert "没有这个编号" in send(desk, [row]).content.decode()
    assert sheet_of(desk) == []


def test_no_cell_of_the_sheet_is_a_formula(cast, desk):
    station(cast, name="=CMD()")
    book = openpyxl.load_workbook(BytesIO(desk.get("/desk/stations/sheet.xlsx").content))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells) and any("=CMD()" in str(cell.value) for cell in cells)


def test_another_table_and_a_picture_are_told_apart_from_a_sheet_of_places(desk):
    book = openpyxl.Workbook()
    book.active.append(["姓名", "电话"])
    book.active.append(["甲", "1"])
    out = BytesIO()
    book.save(out)
    sent = {"file": SimpleUploadedFile("x.xlsx", out.getvalue())}
    assert "表头认不出来" in desk.post("/desk/stations/import/", sent, follow=True).content.decode()
    picture = {"file": SimpleUploadedFile("x.png", b"\x89PNG\r\n\x1a\nxx")}
    answer = desk.post("/desk/stations/import/", picture)
    assert answer.status_code == 422 and "认不出这是表格" in answer.content.decode()
