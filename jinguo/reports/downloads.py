"""The figures of a campaign and its register of deeds as tables to take away: what the pages show, and no more."""

from typing import Any

from django.utils.translation import gettext as _

from jinguo.lib.sheets import Column, Table
from jinguo.lib.sheets.writing import Value
from jinguo.reports.metrics import Value as Told
from jinguo.reports.queries.deeds import Register


def figure_tables(lines: list[dict[str, Any]], rates: list[dict[str, Any]], before: Any) -> dict[str, Table]:
    """The numbers each said three ways (against last year's, where there are any), the rates, and what the numbers mean."""
    return {"numbers": _numbers(lines, before), "rates": _rates(rates), "meaning": _meaning(lines)}


def _numbers(lines: list[dict[str, Any]], before: Any) -> Table:
    heads = [Column(_("数"), 20), Column(_("单位（量）"))]
    heads += [Column(str(label)) for _way, label, _value in lines[0]["cells"]]
    heads.append(Column(_("其中有约数")))
    if before:
        heads += [Column(_("上年")), Column(_("比上年")), Column(_("比上年（%）"))]
    rows: list[list[Value]] = []
    for line in lines:
        told = [value for _way, _label, value in line["cells"]]
        row: list[Value] = [str(line["definition"].name), line["definition"].unit, *(_number(value) for value in told)]
        row.append(_("是") if any(value.about for value in told) else "")
        if before:
            change = line["change"]
            row += [_number(line["before"]), change.by if change else "", change.percent if change else ""]
        rows.append(row)
    return Table(_("数字"), heads, rows)


def _number(told: Told) -> Value:
    """A number, or that nobody told it: an empty cell would read as nothing."""
    return _("没报") if told.number is None else told.number


def _rates(rates: list[dict[str, Any]]) -> Table:
    heads = [Column(_("什么"), 20), Column(_("多少")), Column(_("分子")), Column(_("分母")), Column(_("怎么算"), 60)]
    rows: list[list[Value]] = []
    for one in rates:
        ratio = one.get("ratio")
        if ratio is not None:
            rows.append([one["name"], ratio.text, ratio.part, ratio.whole, one["how"]])
        else:
            half, nine = ("—" if part is None else str(part) for part in (one["waits"].half, one["waits"].nine_of_ten))
            rows.append([one["name"], f"{half} / {nine}", one["waits"].answered, "", one["how"]])
    return Table(_("率"), heads, rows)


def _meaning(lines: list[dict[str, Any]]) -> Table:
    heads = [Column(_("数"), 20), Column(_("谁数、数什么"), 50), Column(_("不算什么"), 50), Column(_("准不准"), 40)]
    kinds = [line["definition"] for line in lines]
    rows: list[list[Value]] = [
        [str(one.name), str(one.counts), str(one.not_in_it), str(one.exactness)] for one in kinds
    ]
    return Table(_("口径"), heads, rows)


def register_tables(register: Register) -> list[Table]:
    """Each deed that may be named, and of sensitive groups only the counts the page shows."""
    heads = [
        Column(_("办了什么"), 40), Column(_("哪一种")), Column(_("单位"), 26), Column(_("为了谁")), Column(_("多少")), Column(_("计数单位")),
        Column(_("约")), Column(_("结果"), 40), Column(_("计数")),
    ]  # fmt: skip
    rows: list[list[Value]] = [
        [
            deed.title, str(deed.get_kind_display()), str(deed.given.unit), str(deed.get_for_whom_display()),
            "" if deed.benefited is None else deed.benefited, "" if deed.benefited is None else str(deed.get_counted_in_display()),
            _("是") if deed.about else "", deed.result, _("同一场，不另计") if deed.pk in register.twice else 1,
        ]
        for deed in register.listed
    ]  # fmt: skip
    few = _("较少，不显示")
    quiet: list[list[Value]] = [[group.name, few if group.deeds is None else group.deeds] for group in register.groups]
    if quiet:
        quiet.append([_("合计"), few if register.total is None else register.total])
    counts = [Column(_("只计数、不列名的"), 26), Column(_("件"))]
    return [Table(_("实事登记"), heads, rows), *([Table(_("只计数、不列名的"), counts, quiet)] if quiet else [])]
