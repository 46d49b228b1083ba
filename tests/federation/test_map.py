"""The schematic in the shape of the office's own counties: arranged by pressing or pasted from a spreadsheet, and then drawn so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinguo.federation.actions.map import forget_map, lay_out_map, put_on_map
from jinguo.federation.models import MapPlace
from jinguo.federation.models.map_place import HIGH, WIDE
from jinguo.federation.queries.map import arrange, as_sheet, grid_of, trimmed
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, NotThere, Refused
from jinguo.workspace.board import schematic, whole_of
from tests.issued import issue

CODES = st.lists(st.text("abcdef", min_size=1, max_size=3), max_size=20, unique=True)
CELLS = st.tuples(st.integers(0, WIDE - 1), st.integers(0, HIGH - 1))


@given(CODES, st.dictionaries(st.text("abcdef", min_size=1, max_size=3), CELLS))
def test_every_place_has_a_cell_of_its_own_and_the_chosen_ones_theirs(codes, chosen):
    chosen = {cell: code for code, cell in chosen.items()}
    chosen = {code: cell for cell, code in chosen.items()}
    cells = arrange(codes, chosen)
    assert set(cells) == set(codes)
    assert len(set(cells.values())) == len(codes)
    assert all(cells[code] == chosen[code] for code in codes if code in chosen)
    if codes:
        assert {min(cell[side] for cell in trimmed(cells).values()) for side in (0, 1)} == {0}


def cells_of(office):
    return {place.name: (place.column, place.row) for place in grid_of(office)}


def test_unarranged_they_stand_in_the_order_of_the_tree(cast):
    assert cells_of(cast.office) == {"东川县": (0, 0), "西岭区": (1, 0)}


def test_two_change_places_and_the_board_is_drawn_so(cast):
    officer, (east, west) = cast.users["officer"], (cast.units["c.a"], cast.units["c.b"])
    put_on_map(cast.office, east.code, (1, 0), by=officer)
    assert cells_of(cast.office) == {"东川县": (1, 0), "西岭区": (0, 0)}
    put_on_map(cast.office, west.code, (3, 2), by=officer)
    assert cells_of(cast.office) == {"东川县": (1, 0), "西岭区": (3, 2)}
    campaign = issue(cast)
    tiles = {tile.name: (tile.column, tile.row) for tile in schematic(campaign, whole_of(campaign, clock.now()).parts)}
    assert (tiles["东川县"], tiles["西岭区"]) == ((0, 0), (2, 2)), "empty edges are not drawn"
    assert all(row > 2 for name, (_column, row) in tiles.items() if name not in {"东川县", "西岭区"})
    forget_map(cast.office, by=officer)
    assert not MapPlace.objects.exists()


def test_pasted_from_a_spreadsheet_and_given_back_so(cast):
    officer = cast.users["officer"]
    lay_out_map(cast.office, "\t\n\t西岭\t\n东川县妇联\t\t\n", by=officer)
    assert cells_of(cast.office) == {"西岭区": (1, 0), "东川县": (0, 1)}
    assert as_sheet(grid_of(cast.office)) == "\t西岭区\n东川县"
    lay_out_map(cast.office, as_sheet(grid_of(cast.office)), by=officer)
    assert cells_of(cast.office) == {"西岭区": (1, 0), "东川县": (0, 1)}
    lay_out_map(cast.office, "空，西岭区", by=officer)
    assert cells_of(cast.office)["西岭区"] == (0, 0)
    assert cells_of(cast.office)["东川县"] == (0, 1), "what is not written stands below"


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        ("东川县,南浦县", "没有“南浦县”"),
        ("东川,东川县", "写了两次"),
        (" ", "还没有写"),
        ("东川" + "," * 9 + "西岭", "最多摆成"),
    ],
)
def test_what_cannot_be_drawn_is_said_and_nothing_changes(cast, sheet, said):
    with pytest.raises(Invalid, match=said):
        lay_out_map(cast.office, sheet, by=cast.users["officer"])
    assert not MapPlace.objects.exists()


def test_only_the_office_arranges_its_own(cast):
    for who in ("sister", "leader", "d.officer", "liaison"):
        with pytest.raises(Refused):
            put_on_map(cast.office, cast.units["c.a"].code, (0, 0), by=cast.users[who])
    for unit, cell in ((cast.units["d.a"], (0, 0)), (cast.units["c.a"], (9, 0))):
        with pytest.raises(NotThere):
            put_on_map(cast.office, unit.code, cell, by=cast.users["officer"])


def test_the_page_works_by_two_presses_without_scripts(client, cast):
    client.force_login(cast.users["officer"])
    page = client.get("/desk/units/map/").content.decode()
    assert f"?pick={cast.units['c.b'].code}#grid" in page
    picked = client.get(f"/desk/units/map/?pick={cast.units['c.b'].code}").content.decode()
    assert "拿起了西岭区" in picked and "第 3 行第 5 列：空" in picked
    client.post("/desk/units/map/", {"unit": cast.units["c.b"].code, "cell": "4-2"})
    assert cells_of(cast.office)["西岭区"] == (4, 2)
    assert client.post("/desk/units/map/", {"unit": cast.units["c.b"].code, "cell": "x"}).status_code == 404
    wrong = client.post("/desk/units/map/", {"sheet": "无名县"})
    assert wrong.status_code == 422 and "没有“无名县”" in wrong.content.decode()
    client.post("/desk/units/map/", {"sheet": "西岭区,东川县"})
    assert cells_of(cast.office) == {"西岭区": (0, 0), "东川县": (1, 0)}
    client.post("/desk/units/map/", {"forget": "1"})
    assert cells_of(cast.office) == {"东川县": (0, 0), "西岭区": (1, 0)}


def test_a_county_without_an_office_is_told_so(client, cast):
    client.force_login(cast.users["county_officer"])
    assert "还没有示意图可摆" in client.get("/desk/units/map/").content.decode()
