"""The tree as a workbook: looked at before it is written, all or nothing, and the same file twice changes nothing."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jinguo.federation.actions import tree_import as actions
from jinguo.federation.columns import CONTACT_HEADS, UNIT_HEADS
from jinguo.federation.models import ChatGroup, Contact, MailAddress, TreeImport, Unit
from jinguo.federation.models.user import Role
from jinguo.federation.queries.import_plan import plan_of
from jinguo.federation.queries.workbook import tables_of
from jinguo.journal.models import Entry
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, Refused, Stale
from jinguo.lib.sheets import Column, Sheet, Table, read_workbook, write_workbook
from tests.federation.counting import signed_in

pytestmark = pytest.mark.postgres


@pytest.fixture
def by(cast):
    return cast.users[Role.OFFICER]


def exported(by, **more):
    """The workbook as an officer gets it: sheet name → rows as lists, heads first."""
    return {
        table.name: [[column.head for column in table.columns], *[list(row) for row in table.rows]]
        for table in tables_of(by, **more)
    }


def sheets(book):
    return [
        Sheet(name, tuple(tuple("" if cell is None else str(cell) for cell in row) for row in rows))
        for name, rows in book.items()
    ]


def kept(cast, by, book):
    return actions.keep_workbook(cast.units["c"], sheets(book), name="单位表.xlsx", by=by)


def plan(cast, by, book):
    return plan_of(by, actions.book_of(kept(cast, by, book)))


def write(cast, by, book):
    row = kept(cast, by, book)
    return actions.write_workbook(row, shown=plan_of(by, actions.book_of(row)).digest, by=by)


def row_of(book, unit):
    return next(row for row in book["单位"][1:] if row[0] == unit.code)


def at(key):
    return list(UNIT_HEADS).index(key)


def new_row(**said):
    return [said.get(key, "") for key in UNIT_HEADS]


def everything():
    return [list(model.objects.order_by("pk").values()) for model in (Unit, Contact, MailAddress, ChatGroup)]


def test_a_workbook_sent_back_untouched_changes_nothing(cast, by):
    cast.units["c.edu"].aliases.create(name="=市教育局")
    cast.units["c.edu"].chat_groups.create(name="教育系统姐妹群", about=120)
    for private in (True, False):
        data = write_workbook(tables_of(by, private=private))
        row = actions.keep_workbook(cast.units["c"], read_workbook(data), name="x.xlsx", by=by)
        found = plan_of(by, actions.book_of(row))
        assert (found.lines, found.faults, found.same) == ([], [], 9)
    assert "=市教育局" in [row[at("aliases")] for row in exported(by)["单位"]]


def test_what_will_be_added_changed_moved_merged_and_closed_is_shown_and_then_done_once(cast, by):
    book, today = exported(by), clock.today().isoformat()
    row_of(book, cast.units["c.edu"])[at("duty_phone")] = "0353-000-0999"
    moved = row_of(book, cast.units["c.b.t"])
    moved[at("above_code")], moved[at("above")] = cast.units["c.a"].code, ""
    merged = row_of(book, cast.units["c.a.t.v"])
    merged[at("valid_to")], merged[at("into")] = today, cast.units["c.home"].code
    row_of(book, cast.units["c.hos"])[at("valid_to")] = today
    book["单位"] += [
        new_row(name="松林镇妇女联合会", above=cast.units["c.a"].name, unit_class="妇联", level="乡镇（街道）",
                mails="song@example.org", aliases="松林、林场"),
        new_row(name="松林村妇女联合会", above="松林镇妇女联合会", unit_class="妇联", level="村（社区）"),
    ]  # fmt: skip
    before = everything()
    found = plan(cast, by, book)
    assert found.faults == []
    assert found.counts() == {"change": 1, "move": 1, "merge": 1, "close": 1, "add": 2}
    assert everything() == before, "looking changes nothing"
    write(cast, by, book)
    units = {unit.name: unit for unit in Unit.objects.under(cast.units["c"]).select_related("parent")}
    assert units["松林村妇女联合会"].parent == units["松林镇妇女联合会"]
    assert units["松林镇妇女联合会"].parent == cast.units["c.a"]
    assert units["松林镇妇女联合会"].short_name == "松林镇妇联"
    assert units["松林镇妇女联合会"].mail_addresses.get().address == "song@example.org"
    assert units["石桥镇妇女联合会"].parent == cast.units["c.a"]
    assert units["槐树村妇女联合会"].merged_into == cast.units["c.home"]
    assert units["市第二医院女职工委员会"].valid_to == clock.today()
    assert units["市教育局妇女委员会"].pk and Unit.objects.get(pk=cast.units["c.edu"].pk).duty_phone == "0353-000-0999"
    again = plan(cast, by, book)
    assert (again.lines, again.faults) == ([], []), [line.says for line in again.lines]


def test_contacts_and_groups_follow_their_sheets_and_what_is_not_in_the_file_stays(cast, by):
    unit, other = cast.units["c.edu"], cast.units["c.hos"]
    old = unit.contacts.get()
    book = exported(by, private=True)
    book["单位"] = book["单位"][:1]
    book["联系人"] = [
        list(CONTACT_HEADS.values()),
        [unit.code, "", "主席", "示范甲", "0353-000-0001", "13900000009", "工作日"],
        ["", unit.name, "信息员", "示范乙", "", "", ""],
    ]
    book["微信群"].append([unit.code, "", "姐妹群", "示范乙", "约120人"])
    write(cast, by, book)
    assert [(c.title, c.name, c.mobile) for c in unit.contacts.all()] == [
        ("主席", "示范甲", "13900000009"),
        ("信息员", "示范乙", ""),
    ]
    assert unit.contacts.first().code == old.code, "the row stays, so that what points to it still does"
    assert (unit.chat_groups.get().keeper, unit.chat_groups.get().about) == ("示范乙", 120)
    assert other.contacts.count() == 1
    assert plan(cast, by, book).lines == []


FAULTS = [
    ({"name": "新村妇联", "unit_class": "妇连", "level": "县级", "above": "东川县妇联"}, "F", "没有“妇连”这一种"),
    ({"name": "新村妇联", "unit_class": "妇联", "level": "县级"}, "E", "要写上级"),
    ({"name": "新村妇联", "above": "没有这家", "unit_class": "妇联", "level": "县级"}, "E", "没有找到"),
    ({"code": "abcabcabcabc", "name": "x"}, "A", "没有这个编号"),
    ({"name": "东川县妇女联合会", "above": "清泉市妇联", "valid_to": "后天"}, "N", "不是日期"),
    ({"name": "东川县妇女联合会", "above": "清泉市妇联", "valid_to": "2024-03-08"}, "N", "下级单位"),
    ({"name": "东川县妇女联合会", "above": "清泉市妇联", "mails": "a@"}, "L", "写得不对"),
    ({"name": "新" * 81, "above": "清泉市妇联"}, "B", "太长"),
    ({"above": "清泉市妇联"}, "B", "写全称"),
    ({"name": "东川县妇女联合会", "above": "清泉市妇联", "into": "西岭区妇联"}, "N", "要写最后一天"),
    (
        {"name": "新村妇联", "above": "清泉市妇联", "unit_class": "妇联", "level": "县级", "division_code": "14x"},
        "I",
        "只有数字",
    ),
]


@pytest.mark.parametrize(("said", "column", "says"), FAULTS, ids=[says for *_rest, says in FAULTS])
def test_each_wrong_cell_is_named_with_what_to_do_and_nothing_is_written(cast, by, said, column, says):
    book = {"单位": [list(UNIT_HEADS.values()), new_row(**said)]}
    found = plan(cast, by, book)
    assert [(fault.cell, says in fault.sentence) for fault in found.faults][:1] == [(f"{column}2", True)], found.faults
    before = everything()
    with pytest.raises(Invalid):
        write(cast, by, book)
    assert everything() == before


def test_the_same_unit_twice_two_of_one_name_and_a_file_of_something_else_are_said(cast, by):
    head, name = list(UNIT_HEADS.values()), cast.units["c.edu"].name
    twice = plan(cast, by, {"单位": [head, new_row(name=name), new_row(name=name)]})
    assert "同一家" in twice.faults[0].sentence
    other = plan(cast, by, {"成绩": [["姓名", "分数"], ["甲", "9"]], "别的": [["a"]]})
    assert "没有能认出来的表" in other.faults[0].sentence
    lacking = plan(cast, by, {"单位": [["简称"], ["x"]]})
    assert "缺这几列" in lacking.faults[0].sentence


def test_when_one_line_cannot_be_done_none_is_and_the_line_is_named(cast, by):
    """The city itself issues notices: only the action knows that it cannot be closed here."""
    book = exported(by)
    row_of(book, cast.units["c.edu"])[at("duty_phone")] = "1"
    for key in ("c", "c.a", "c.b", "c.a.t", "c.b.t", "c.a.t.v", "c.home", "c.hos", "c.edu"):
        row_of(book, cast.units[key])[at("valid_to")] = clock.today().isoformat()
    before = everything()
    with pytest.raises(Invalid, match=r"第 2 行（清泉市妇女联合会）：发文单位"):
        write(cast, by, book)
    assert everything() == before
    assert TreeImport.objects.get().state == "waiting"


def test_what_changed_since_it_was_shown_is_shown_again(cast, by):
    book = exported(by)
    row_of(book, cast.units["c.edu"])[at("duty_phone")] = "1"
    row = kept(cast, by, book)
    shown = plan_of(by, actions.book_of(row)).digest
    Unit.objects.filter(pk=cast.units["c.edu"].pk).update(duty_phone="2")
    with pytest.raises(Stale):
        actions.write_workbook(row, shown=shown, by=by)
    actions.write_workbook(row, shown=plan_of(by, actions.book_of(row)).digest, by=by)
    with pytest.raises(Stale):
        actions.write_workbook(row, shown=shown, by=by)
    assert TreeImport.objects.get().rows_sealed == "", "contacts are not kept once they are written"


def test_a_workbook_nobody_decided_about_is_forgotten_after_a_week(cast, by):
    row = kept(cast, by, exported(by, private=True))
    assert "0353-000-0000" in str(exported(by, private=True))
    assert "0353-000-0000" not in row.rows_sealed and row.rows_sealed
    actions._look.last = float("-inf")
    assert actions.forget_workbooks() == 0
    TreeImport.objects.update(came_at=clock.now() - timedelta(days=8))
    actions._look.last = float("-inf")
    assert actions.forget_workbooks() == 1
    row.refresh_from_db()
    assert (row.state, row.rows_sealed) == ("dropped", "")


def test_another_countys_unit_is_as_if_it_were_not_there(cast):
    """Same bytes for not there and not yours, in the preview too; nothing of a sister is exported."""
    sister = cast.users["sister"]
    head = list(UNIT_HEADS.values())
    told = []
    for code in (cast.units["c.a"].code, cast.units["d.a"].code, "nothing00000"):
        row = actions.keep_workbook(
            cast.units["c.b"], sheets({"单位": [head, new_row(code=code)]}), name="x", by=sister
        )
        told.append([(fault.cell, fault.sentence) for fault in plan_of(sister, actions.book_of(row)).faults])
    assert told[0] == told[1] == told[2] != []
    assert {row[1] for row in exported(sister)["单位"][1:]} == {"西岭区妇女联合会", "石桥镇妇女联合会"}
    with pytest.raises(Refused):
        actions.keep_workbook(cast.units["c"], [], name="x", by=sister)


def test_the_pages_lead_from_file_to_preview_to_the_tree(cast, by):
    browser = signed_in(by)
    data = browser.get(reverse("federation:units_export"), {"with": "people"}).content
    assert Entry.objects.filter(action="unit.export").latest("pk").detail.count("true") == 1
    heads, *rows = [list(row) for row in read_workbook(data)[0].rows]
    rows.append(new_row(name="松林镇妇女联合会", above="东川县妇联", unit_class="妇联", level="乡镇（街道）"))
    back = write_workbook([Table("单位", [Column(head) for head in heads], rows)])
    answer = browser.post(reverse("federation:units_import"), {"file": SimpleUploadedFile("改.xlsx", back)})
    assert answer.status_code == 302
    preview = browser.get(answer.url).content.decode()
    assert "松林镇妇女联合会" in preview and "新增" in preview
    assert not Unit.objects.filter(name="松林镇妇女联合会").exists()
    code = TreeImport.objects.get().code
    shown = preview.split('name="shown" value="')[1].split('"')[0]
    stale = browser.post(reverse("federation:import_write", args=[code]), {"shown": "old"})
    assert stale.status_code == 409 and "再看一遍" in stale.content.decode()
    assert browser.post(reverse("federation:import_write", args=[code]), {"shown": shown}).status_code == 302
    assert Unit.objects.filter(name="松林镇妇女联合会").count() == 1
    assert browser.get(answer.url).status_code == 200
    bad = browser.post(reverse("federation:units_import"), {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7")})
    assert bad.status_code == 422 and "认不出" in bad.content.decode()


# Posts (职务) ----------------------------------------------------------------------------------------------------------

FIRST_DAY = "2023-03-01"


def posts_of(unit):
    return sorted((post.role, post.who, post.starts.isoformat()) for post in unit.posts.all() if post.ends is None)


def test_posts_go_out_with_their_terms_and_come_back_as_new_terms(cast, by):
    unit = cast.units["c.edu"]
    book = exported(by, private=True)
    held = [row for row in book["职务"][1:] if row[0] == unit.code]
    assert [(row[2], row[3]) for row in held] == [("信息员", "信息员")], "the account that holds the post, by its name"
    book["职务"].append([unit.code, "", "主席", "示范甲", FIRST_DAY, ""])
    book["职务"].append(["", unit.name, "副主席", "示范乙", FIRST_DAY, "2099-02-28"])
    shown = plan(cast, by, book)
    assert shown.faults == [] and [says[0] for line in shown.lines for says in line.says] == ["主席", "副主席"]
    write(cast, by, book)
    assert ("chair", "示范甲", FIRST_DAY) in posts_of(unit)
    assert unit.posts.get(role="vice_chair").ends.isoformat() == "2099-02-28"
    assert plan(cast, by, exported(by, private=True)).lines == [], "sent back untouched it changes nothing"


def test_a_new_chair_ends_the_old_ones_term_and_an_account_is_kept(cast, by):
    unit = cast.units["c.edu"]
    book = exported(by, private=True)
    book["职务"].append([unit.code, "", "主席", "示范甲", FIRST_DAY, ""])
    write(cast, by, book)
    book = exported(by, private=True)
    for row in book["职务"][1:]:
        if row[0] == unit.code and row[2] == "主席":
            row[3], row[4] = "示范丙", "2024-01-01"
        if row[0] == unit.code and row[2] == "信息员":
            row[4] = clock.today().isoformat()
    write(cast, by, book)
    assert {(post.who, str(post.ends)) for post in unit.posts.filter(role="chair")} == {
        ("示范甲", "2023-12-31"),
        ("示范丙", "None"),
    }
    assert unit.posts.get(role="liaison", ends=None).user == cast.users[Role.LIAISON]


def test_posts_without_names_say_nothing_and_wrong_ones_are_named(cast, by):
    unit = cast.units["c.edu"]
    assert plan(cast, by, exported(by)).lines == [], "downloaded without names"
    book = exported(by, private=True)
    before = posts_of(unit)
    book["职务"] += [
        [unit.code, "", "经办", "示范甲", FIRST_DAY, ""],
        [unit.code, "", "执委", "", "", ""],
        [unit.code, "", "执委", "示范乙", FIRST_DAY, "2022-01-01"],
    ]
    sentences = [fault.sentence for fault in plan(cast, by, book).faults]
    assert any("没有“经办”这一种" in one for one in sentences), "rights of the system are not given by a workbook"
    assert any("写姓名" in one for one in sentences) and any("早于第一天" in one for one in sentences)
    with pytest.raises(Invalid):
        write(cast, by, book)
    assert posts_of(unit) == before
