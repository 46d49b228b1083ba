"""Public division data become federations: each at its place, once, whatever the order, and without what has no seat."""

import pytest
from django.core.management import CommandError, call_command

from jinguo.federation.divisions import BadDivisions, divisions_of, trimmed
from jinguo.federation.models import Unit
from jinguo.search.models import IndexRow
from tests.bench._nation import rows as nation

HEAD = ("统计用区划代码", "名称")
ROWS = [
    ("110101001001", "河边社区居委会"), ("110101001000", "东桥街道办事处"), ("110101000000", "东区"),
    ("110100000000", "市辖区"), ("110000000000", "北川市"), ("140302", "城区"), ("1403", "松阳市"), ("14", "松省"),
    ("140302100", "柏镇"), ("140302100201", "柏树村委会"),
]  # fmt: skip


def write(folder, rows, encoding="utf-8"):
    path = folder / "divisions.csv"
    path.write_text("\n".join(",".join(row) for row in [HEAD, *rows]), encoding=encoding)
    return str(path)


def test_each_division_stands_where_its_code_says_and_a_second_load_adds_nothing(db, tmp_path, capsys):
    path = write(tmp_path, ROWS, "gb18030")
    for said in ("9 new, 0 there", "0 new, 9 there"):
        call_command("load-divisions", path)
        assert said in capsys.readouterr().out
    units = {unit.name: unit for unit in Unit.objects.select_related("parent")}
    above = {name: unit.parent.short_name if unit.parent else "" for name, unit in units.items()}
    assert above["东区妇女联合会"] == "北川市妇联", "市辖区 has no federation; its counties stand below the province"
    assert above["河边社区妇女联合会"] == "东桥街道妇联"
    assert above["柏树村妇女联合会"] == "柏镇妇联"
    assert units["柏镇妇女联合会"].level == "township"
    for unit in units.values():
        assert unit.path == (unit.parent.path if unit.parent else "") + f"{unit.pk:06x}/"
        assert IndexRow.objects.get(kind="unit", object_code=unit.code).owner_path == unit.path


def test_what_stands_keeps_its_name_and_a_root_may_stand_above(db, tmp_path, capsys):
    path = write(tmp_path, ROWS)
    call_command("load-divisions", path, root="全国妇女联合会")
    Unit.objects.filter(division_code="1403").update(name="改过名的市妇联")
    call_command("load-divisions", path, root="全国妇女联合会")
    assert "1 with another name" in capsys.readouterr().out
    assert Unit.objects.get(division_code="1403").name == "改过名的市妇联"
    assert Unit.objects.filter(parent=None).count() == 1


def test_what_cannot_be_placed_or_read_is_said(db, tmp_path):
    with pytest.raises(CommandError, match="nothing above it"):
        call_command("load-divisions", write(tmp_path, [("140302", "城区")]))
    with pytest.raises(CommandError, match="line 2"):
        call_command("load-divisions", write(tmp_path, [("14x", "城区")]))
    with pytest.raises(BadDivisions, match="no column"):
        list(divisions_of([("a", "b")]))
    assert not Unit.objects.exists()


@pytest.mark.parametrize(
    ("code", "bare"),
    [("140000000000", "14"), ("1403", "1403"), ("140300", "1403"), ("141000", "1410"), ("140302100000", "140302100"),
     ("140302100201", "140302100201"), ("10", "10"), ("1", None), ("0140", None), ("1403021002011", None), ("", None)],
)  # fmt: skip
def test_a_code_is_cut_to_its_level(code, bare):
    assert trimmed(code) == bare


def test_the_made_up_country_is_a_country():
    found = list(divisions_of([("code", "name"), *nation(1)]))
    assert len({division.code for division in found}) == len(found) > 40_000
