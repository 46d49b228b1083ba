"""Workbooks as offices keep them: titles above, other heads, merged cells, hidden columns, namesakes; nothing is guessed silently."""

import io

import openpyxl
import pytest

from jinguo.federation.actions import tree_import as actions
from jinguo.federation.columns import UNIT_HEADS
from jinguo.federation.models import Unit
from jinguo.federation.queries import import_plan
from jinguo.federation.queries.import_plan import plan_of
from jinguo.lib.errors import Invalid
from jinguo.lib.sheets import read_workbook
from tests.federation.test_tree_import import by, exported, new_row, plan, write  # noqa: F401

pytestmark = pytest.mark.django_db
HEAD = list(UNIT_HEADS.values())
OWN_HEADS = ["序号", "单位名称", "上级单位", "类别", "级别", "联系电话", "电子邮箱"]


def looked_at(cast, by, fill):  # noqa: F811
    """A real .xlsx made by hand, put in and looked at."""
    book = openpyxl.Workbook()
    fill(book.active)
    out = io.BytesIO()
    book.save(out)
    row = actions.keep_workbook(cast.units["c"], read_workbook(out.getvalue(), "花名册.xls"), name="花名册.xls", by=by)
    return plan_of(by, actions.book_of(row))


def test_a_list_kept_by_hand_is_read_whatever_it_is_called(cast, by):  # noqa: F811
    """A title above, heads of her own, a merged cell for one county, a hidden column, the heads once more in the middle."""

    def fill(sheet):
        sheet.title = "Sheet1"
        sheet.append(["清泉市妇女组织花名册"])
        sheet.merge_cells("A1:G1")
        sheet.append(OWN_HEADS)
        sheet.append([1, "松林镇妇女联合会", "东川县妇联", "妇联", "乡镇（街道）", "0353-000-0001", "song@example.org"])
        sheet.append([2, "柏林镇妇女联合会", None, "妇联", "乡镇（街道）"])
        sheet.append(OWN_HEADS)
        sheet.append([3, "竹林镇妇女联合会", None, "妇联", "乡镇（街道）"])
        sheet.merge_cells("C3:C4")
        sheet["C6"] = "西岭区妇联"
        sheet.column_dimensions["E"].hidden = True

    found = looked_at(cast, by, fill)
    assert found.faults == []
    assert [(line.name, line.says[0][2]) for line in found.lines] == [
        ("松林镇妇女联合会", "东川县妇女联合会"),
        ("柏林镇妇女联合会", "东川县妇女联合会"),
        ("竹林镇妇女联合会", "西岭区妇女联合会"),
    ]
    assert ("邮箱", "", "song@example.org") in found.lines[0].says and ("级别", "", "乡镇（街道）") in found.lines[
        0
    ].says
    assert found.lines[0].facts["duty_phone"] == "0353-000-0001" and found.lines[0].mails == ("song@example.org",)
    assert found.unread == [("Sheet1", "序号")]


def test_what_is_not_read_is_said(cast, by):  # noqa: F811
    row = new_row(name=cast.units["c.edu"].name)
    found = plan(cast, by, {"单位": [[*HEAD, "手机"], [*row, "13900000001"]], "旧表": [["x"]], "联系人": [[]]})
    assert found.unread == [("单位", "手机"), ("旧表", "")]


def test_namesakes_are_asked_about_and_never_taken_for_one_another(cast, by):  # noqa: F811
    village = {"unit_class": "妇联", "level": "村（社区）"}
    town = {"unit_class": "妇联", "level": "乡镇（街道）"}
    # a village of a common name below a town that is itself new is a new village, not the one that stands elsewhere
    book = {
        "单位": [
            HEAD,
            new_row(name="柳树镇妇女联合会", above="西岭区妇联", **town),
            new_row(name="槐树村妇女联合会", above="柳树镇妇女联合会", **village),
        ]
    }
    found = plan(cast, by, book)
    assert (found.counts(), found.faults) == ({"add": 2}, [])
    write(cast, by, book)
    assert plan(cast, by, book).lines == [], "sent again it changes nothing"
    # now there are two of that name: which one a bare row means is not guessed
    unclear = plan(cast, by, {"单位": [HEAD, new_row(name="槐树村妇女联合会", duty_phone="1")]})
    assert [fault.cell for fault in unclear.faults] == ["B2"] and "不止一家" in unclear.faults[0].sentence
    # the same new row pasted twice is not two units
    twice = new_row(name="新村妇女联合会", above="泉水镇妇联", **village)
    pasted = plan(cast, by, {"单位": [HEAD, twice, twice]})
    assert "同一家" in pasted.faults[0].sentence
    # a new town of the name of one in another county: its villages do not slip below the other one
    below = plan(
        cast, by,
        {
            "单位": [
                HEAD,
                new_row(name="泉水镇妇女联合会", above="西岭区妇联", **town),
                new_row(name="新村妇女联合会", above="泉水镇妇女联合会", **village),
            ]
        },
    )  # fmt: skip
    assert "先导入它" in below.faults[0].sentence


def test_too_many_changes_at_once_are_refused_and_an_untouched_book_of_any_length_is_not(cast, by, monkeypatch):  # noqa: F811
    """Nobody else can write while a workbook is carried out: so many that others would wait are asked for in parts."""
    monkeypatch.setattr(import_plan, "MOST_CHANGED", 2)
    facts = {"above": "泉水镇妇联", "unit_class": "妇联", "level": "村（社区）"}
    rows = [new_row(name=f"新{n}村妇女联合会", mails=f"v{n}@example.org、w{n}@example.org", **facts) for n in range(3)]
    found = plan(cast, by, {"单位": [HEAD, *rows]})
    assert "一次最多改 2 家" in found.faults[0].sentence
    write(cast, by, {"单位": [HEAD, *rows[:2]]})
    made = Unit.objects.get(name="新1村妇女联合会")
    assert list(made.mail_addresses.order_by("position").values_list("address", "position")) == [
        ("v1@example.org", 1),
        ("w1@example.org", 2),
    ]
    assert plan(cast, by, exported(by)).faults == [], "nothing changed, however long"


def test_the_extension_of_a_file_says_nothing(cast, by):  # noqa: F811
    """An .xls that is an .xlsx is read; a web page that calls itself .xls is refused with what to do."""
    with pytest.raises(Invalid, match="打开另存一份"):
        read_workbook(b"<html><table><tr><td>x</td></tr></table></html>", "units.xls")
