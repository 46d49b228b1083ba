"""The register of 办实事、解难事 as the paper prints it: named deeds one by one, each counted once; sensitive groups as counts,
the small ones left out. What the snapshot hides stays hidden: it is not in the data."""

from typing import Any

from jinguo.reports.builder.rows import Rows
from jinguo.reports.builder.table import Column, Table

KINDS = {"good": "办实事", "hard": "解难事"}
FOR_WHOM = {
    "women": "妇女群众", "workers": "女职工", "families": "家庭", "children": "儿童", "elderly": "老人", "job_seekers": "求职创业妇女",
    "poor": "困境妇女儿童", "ill": "患病妇女", "disabled": "残疾妇女", "single": "单亲困难母亲", "harmed": "受侵害妇女儿童", "other": "其他",
}  # fmt: skip
COUNTED_IN = {"persons": "人", "households": "户", "times": "人次"}
HIDDEN = "不列"


def deed_tables(rows: Rows) -> tuple[Table, ...]:
    """The register's tables; none where nothing was registered, or the snapshot is older than the register."""
    deeds = rows.data.get("deeds") or {"listed": [], "groups": [], "groups_total": 0}
    found = []
    counted = [deed for deed in deeds["listed"] if deed["counts"]]
    if counted:
        found.append(_named(rows, counted))
    if deeds["groups"]:
        found.append(_groups(rows, deeds))
    return tuple(found)


def _named(rows: Rows, counted: list[dict[str, Any]]) -> Table:
    unit_of = {row["code"]: row["unit"] for row in rows.returns}
    lines = tuple(
        (
            rows.units[unit_of[deed["return"]]]["short"] if deed["return"] in unit_of else "", KINDS[deed["kind"]], deed["title"],
            FOR_WHOM[deed["for_whom"]], _benefited(deed), deed["result"] or None, deed["return"],
        )
        for deed in counted
    )  # fmt: skip
    columns = tuple(Column(title) for title in ("单位", "类别", "什么事", "为了谁", "受益", "结果", "报送件"))
    note = f"截至{rows.at}，共{len(counted)}件，每件只计一次；联办的活动只计其中一家登记的。"
    return Table("办实事、解难事登记", columns, lines, None, note)


def _benefited(deed: dict[str, Any]) -> str | None:
    if deed["benefited"] is None:
        return None
    return f"{'约' if deed['about'] else ''}{deed['benefited']}{COUNTED_IN[deed['counted_in']]}"


def _groups(rows: Rows, deeds: dict[str, Any]) -> Table:
    lines = tuple((FOR_WHOM[one["for_whom"]], one["deeds"]) for one in deeds["groups"] if one["deeds"] is not None)
    if len(lines) < len(deeds["groups"]):
        lines += (("件数少的群体", HIDDEN),)
    total = HIDDEN if deeds["groups_total"] is None else deeds["groups_total"]
    note = (
        f"截至{rows.at}。为保护当事人只列件数，不列事由；件数少、可能认出人的几类不写是哪一类，和合计一起写“{HIDDEN}”。"
    )
    return Table(
        "为困难和受侵害妇女儿童办的实事", (Column("为了谁"), Column("办实事", "件")), lines, ("合计", total), note
    )
