"""Looking things up in a snapshot, and the sources that point back to them."""

from typing import Any

from jinguo.lib.texts import quote
from jinguo.reports.builder.draft import Number, Source
from jinguo.reports.builder.words import moment_text, month_day
from jinguo.reports.metrics import CONFIRMED, Value, events_of, stated

Row = dict[str, Any]
Pairs = list[tuple[Row, Row]]


class Rows:
    """A snapshot's data with the look-ups the sections share."""

    def __init__(self, data: Row) -> None:
        self.data = data
        self.at = moment_text(data["at"])
        self.until = f"截至{month_day(data['at'])}"
        self.units: dict[str, dict[str, str]] = data["units"]
        self.clauses: list[Row] = data["clauses"]
        self.clause = {clause["code"]: clause for clause in self.clauses}
        counted = set(data["counted"])
        self.returns: list[Row] = data["returns"]
        self.counted = [row for row in self.returns if row["code"] in counted]
        self.claimed: Pairs = stated(self.counted, "claimed")
        self.confirmed: Pairs = stated(self.counted, "confirmed")

    def of_clause(self, code: str) -> Pairs:
        """Accepted returns that answer a clause."""
        return [(row, values) for row, values in self.confirmed if code in values["clauses"]]

    def waiting_of_clause(self, code: str) -> Pairs:
        """Reported under a clause and never accepted."""
        return [(row, values) for row, values in self.claimed if not row["confirmed"] and code in values["clauses"]]

    def unit_names(self, pairs: Pairs) -> list[str]:
        """The units behind some returns, each once, in the order of the tree."""
        return list(dict.fromkeys(self.units[row["unit"]]["short"] for row, _ in pairs))

    # sources -----------------------------------------------------------------------------------------------------------

    def notice(self, note: str = "") -> Source:
        campaign = self.data["campaign"]
        number = f"（{campaign['doc_number']}）" if campaign["doc_number"] else ""
        return Source("campaign", campaign["code"], f"《{campaign['title']}》{number}", note=note)

    def snapshot(self) -> Source:
        return Source("snapshot", "", f"{self.at}快照")

    def of(self, clause: Row) -> Source:
        return Source(
            "clause", clause["code"], f"通知{clause['number']}{quote(clause['heading'])}", note=clause["sentence"]
        )

    def returned(self, row: Row, values: Row, note: str = "") -> Source:
        unit = self.units[row["unit"]]["short"]
        number = row["confirmed"] or row["claimed"]
        return Source("return", row["code"], f"{unit}{quote(values['title'])}（第{number}版）", unit, note)

    def returned_all(self, pairs: Pairs) -> tuple[Source, ...]:
        return tuple(self.returned(row, values) for row, values in pairs)

    def duties(self, ask: Row, note: str) -> Source:
        return Source("obligations", ask["code"], f"应报清单（{ask['title']}），{self.at}快照", note=note)


def counted(value: int, unit: str, measure: str = CONFIRMED, *, about: bool = False) -> Number:
    """A number with its kind."""
    return Number(value, unit, measure, about)


def summed(value: Value, unit: str, measure: str = CONFIRMED) -> Number:
    """The number of a sum that somebody reported."""
    return Number(value.number or 0, unit, measure, value.about)


def events(pairs: Pairs) -> dict[str, list[Row]]:
    """Joint reports of one event together."""
    return events_of(pairs)
