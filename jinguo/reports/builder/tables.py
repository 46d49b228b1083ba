"""The tables of a summary: each number said three ways, each part's own numbers, the register of deeds. Totals are recounted, not added:
a joint event counts once in a total, so a column's sum may be larger."""

from typing import Any

from jinguo.reports.builder.deeds import deed_tables
from jinguo.reports.builder.rows import Pairs, Rows, events
from jinguo.reports.builder.table import Cell, Column, Table
from jinguo.reports.metrics import Value, added_once


def tables(data: dict[str, Any]) -> tuple[Table, ...]:
    """The tables of a snapshot."""
    rows = Rows(data)
    return (_three_ways(rows), _parts(rows), *deed_tables(rows))


def _three_ways(rows: Rows) -> Table:
    lines = tuple(
        (figure["name"], figure["unit"], *(_cell(figure[way]) for way in ("claimed", "deduplicated", "confirmed")))
        for figure in rows.data["figures"]
    )
    columns = (Column("指标"), Column("单位"), Column("申报"), Column("已去重"), Column("已确认"))
    note = f"截至{rows.at}。申报是各单位报来的数；已去重是同一活动只计一次的数；已确认是其中已接收的数。带“约”的有单位是估计的。"
    return Table("各项数字的三种口径", columns, lines, None, note)


def _cell(value: dict[str, Any]) -> Cell:
    if value["number"] is None:
        return None
    return f"约{value['number']}" if value["about"] else value["number"]


def _shown(value: Value) -> Cell:
    if value.number is None:
        return None
    return f"约{value.number}" if value.about else value.number


_NUMBERS = ("on_site", "women", "online", "benefited", "deeds")


def _parts(rows: Rows) -> Table:
    lines = tuple(_part(rows, group["name"], {group["code"]}) for group in rows.data["groups"])
    everybody = {group["code"] for group in rows.data["groups"]}
    columns = (
        Column("单位"), Column("应报", "家"), Column("报来", "家"), Column("活动", "场"), Column("现场参加", "人次"),
        Column("其中妇女", "人次"), Column("线上观看", "次"), Column("服务或受益", "人"), Column("办实事", "件"),
    )  # fmt: skip
    note = f"截至{rows.at}，活动和人数只计已接收的。联办的活动在合计中只计一次，合计可能小于各行之和。"
    return Table("各县（区）和各类单位活动情况", columns, lines, _part(rows, "合计", everybody), note)


def _part(rows: Rows, name: str, groups: set[str]) -> tuple[Cell, ...]:
    units = {code for code, unit in rows.units.items() if unit["group"] in groups}
    mine = [row for row in rows.data["obligations"] if row["unit"] in units and not row["out"]]
    asked = {row["unit"] for row in mine}
    answered = {row["unit"] for row in mine if row["returns"] or row["zero"]}
    pairs: Pairs = [(row, values) for row, values in rows.confirmed if row["unit"] in units]
    once = events(pairs)
    told = [_shown(added_once(once, field)) if once else "—" for field in _NUMBERS]
    return (name, len(asked), len(answered), len(once), *told)
