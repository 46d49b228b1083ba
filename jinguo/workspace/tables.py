"""The board as tables to take away: the same figures as on the pages, counted by the same queries."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from jinguo.campaigns import dues
from jinguo.campaigns.models import Campaign, Circulation, Obligation
from jinguo.campaigns.models.obligation import ObligationState
from jinguo.campaigns.queries.circulation import REPORT_ORDER, percent
from jinguo.campaigns.queries.counting import ended_days
from jinguo.lib import clock
from jinguo.lib.sheets import Column, Table
from jinguo.lib.sheets.writing import Value
from jinguo.reports.queries.clocks import clocks_of
from jinguo.workspace.board import Whole, whole_of

NAMES = ("places", "asks", "clauses", "units", "replies")
_STATES = [word for word in REPORT_ORDER if word != "exempt"]


def table_names() -> list[tuple[str, str]]:
    """Each table with what a person calls it."""
    words = {
        "places": _("各处进度"), "asks": _("报送要求"), "clauses": _("条款和各处"), "units": _("单位和要求"),
        "replies": _("答复用时"),
    }  # fmt: skip
    return [(name, words[name]) for name in NAMES]


def board_tables(campaign: Campaign, moment: datetime, wanted: Sequence[str] = NAMES) -> list[Table]:
    """The wanted tables, in their order."""
    whole = whole_of(campaign, moment)
    makers: dict[str, Callable[[], Table]] = {
        "places": lambda: _places(whole),
        "asks": lambda: _asks(whole),
        "clauses": lambda: _clauses(whole),
        "units": lambda: _units(campaign, moment),
        "replies": lambda: _replies(campaign),
    }
    names = dict(table_names())
    tables = [(name, makers[name]()) for name in NAMES if name in wanted]
    for name, table in tables:
        table.name = names[name]
    return [table for _name, table in tables]


def _columns(first: str, *heads: str) -> list[Column]:
    return [Column(first, 26), *(Column(head) for head in heads)]


def _places(whole: Whole) -> Table:
    heads = _columns(
        _("哪里"), _("发给"), _("签收"), _("签收率"), _("应报"), _("报了"), _("报送率"), _("按时率"), _("过期没报"),
        _("免报"), _("撤并"), _("有单位报来的条款"), _("条款"),
    )  # fmt: skip
    rows: list[list[Value]] = []
    lines = [(part.group.name, part.standing, sum(part.tile.done)) for part in whole.parts]
    for name, standing, covered in [*lines, (_("合计"), whole.standing, whole.coverage.covered)]:
        sign, report = standing.sign, standing.report
        rows.append([
            name, sign.sent, sign.done, sign.rate, report.total, report.done, report.rate, standing.on_time, standing.late,
            report.exempt, report.closed, covered, len(whole.coverage.clauses),
        ])  # fmt: skip
    return Table("", heads, rows)


def _asks(whole: Whole) -> Table:
    labels = [str(ObligationState(word).label) for word in _STATES]
    heads = _columns(
        _("报什么"), _("期限"), _("应报"), _("报了"), _("报送率"), _("按时"), _("按时率"), *labels, _("免报"), _("撤并")
    )
    rows: list[list[Value]] = []
    for ask, tally in whole.asks:
        on_time = percent(tally.on_time, tally.total) if tally.on_time is not None else ""
        rows.append([
            ask.title, dues.ask_due(ask).text, tally.total, tally.done, tally.rate, tally.on_time, on_time,
            *(tally.counts.get(word, 0) for word in _STATES), tally.exempt, tally.closed,
        ])  # fmt: skip
    return Table("", heads, rows)


def _clauses(whole: Whole) -> Table:
    """An empty cell says why it is empty: nobody yet, or not chosen, which is no gap."""
    words = {"none": _("无"), "left": _("未选")}
    matrix = whole.coverage
    heads = [Column(_("编号")), Column(_("条款"), 30), *(Column(group.name) for group in matrix.groups)]
    rows = [
        [clause.number, clause.heading, *(cell.count or words[cell.empty] for _group, cell in cells)]
        for clause, cells in matrix.rows
    ]
    return Table("", heads, rows)


def _units(campaign: Campaign, moment: datetime) -> Table:
    asks = list(campaign.asks.order_by("pk"))
    duties = Obligation.objects.filter(ask__in=asks).with_state(moment, ended_days(campaign)).order_by()
    names = {str(word.value): str(word.label) for word in ObligationState} | {"closed": _("期限前撤并，不算")}
    states = {(unit, ask): names[word] for unit, ask, word in duties.values_list("unit_id", "ask_id", "state_word")}
    rows: list[list[Value]] = []
    copies = campaign.circulations.with_state(clock.local(moment).date())
    for copy in copies.select_related("unit__parent").order_by("unit__path"):
        unit = copy.unit
        signed = clock.local(copy.signed_at).strftime("%Y-%m-%d %H:%M") if copy.signed_at else ""
        rows.append([
            unit.name, str(unit.parent or ""), _sign_words(copy), signed,
            *(states.get((unit.pk, ask.pk), "") for ask in asks),
        ])  # fmt: skip
    heads = _columns(_("单位"), _("上级"), _("签收"), _("签收时间"), *(ask.title for ask in asks))
    return Table("", heads, rows)


def _sign_words(copy: Circulation) -> str:
    words = str(copy.state.label)
    return _("%(state)s，已撤并，不算") % {"state": words} if copy.state_word == "closed" else words


def _replies(campaign: Campaign) -> Table:
    heads = _columns(_("什么"), _("答复了"), _("一半在几小时内"), _("九成在几小时内"), _("最久几小时"), _("还在等"))
    rows: list[list[Value]] = [
        [str(one.name), one.waits.answered, *(_hours(value) for value in (one.waits.half, one.waits.nine_of_ten, one.waits.longest)), one.waiting]
        for one in clocks_of(campaign)
    ]  # fmt: skip
    return Table("", heads, rows)


def _hours(value: float | None) -> Value:
    return "—" if value is None else str(value)
