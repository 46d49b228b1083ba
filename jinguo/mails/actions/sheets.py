"""A return's sheet from what was understood of a mail: masked copies, each field with its source span."""

from dataclasses import replace
from typing import Any

from jinguo.mails.actions.deciding import Decision
from jinguo.mails.actions.several import Telling
from jinguo.mails.models import Kind, Mail
from jinguo.reports.sheet import Sheet, sheet_from_version
from jinguo.reports.understanding.filling import put_fields, put_text
from jinguo.reports.understanding.values import SHORT


def of_telling(decision: Decision, telling: Telling | None) -> Decision:
    """The decision as if the mail told of this activity alone."""
    if telling is None:
        return decision
    return replace(decision, fields=telling.told.fields, texts=telling.told.texts, clause=telling.clause)


def sheet_of(mail: Mail, decision: Decision) -> Sheet:
    """The sheet of a report. What the mail does not say stays empty."""
    sheet = Sheet({})
    put_fields(sheet, f"mail:{mail.code}", decision.fields)
    texts: Any = decision.texts
    put_text(sheet, f"mail:{mail.code}", texts)
    if decision.kind in (Kind.SUMMARY, Kind.TABLE):
        for name in ("on_site", "women", "online"):  # a summary's numbers are not one activity's
            sheet.values.pop(name, None)
            sheet.sources.pop(name, None)
        if not (sheet.values.get("summary") or sheet.values.get("body")):
            names = "、".join(part.name for part in texts.tables)
            sheet.values["summary"] = names[:SHORT] or texts.subject[:SHORT]
            sheet.sources["summary"] = {"from": f"mail:{mail.code}.0[0:0]"}
    if decision.clause is not None:
        sheet.clauses = [decision.clause]
        sheet.sources["clauses"] = {"from": f"mail:{mail.code}.0[0:0]"}
    return sheet


def corrected_sheet(mail: Mail, decision: Decision) -> Sheet:
    """The newest version of the return with what the mail says instead; what it does not speak of stays."""
    given: Any = decision.given
    sheet = sheet_from_version(given.current)
    texts: Any = decision.texts
    put_fields(sheet, f"mail:{mail.code}", decision.fields)
    if texts.main.part > 0:
        put_text(sheet, f"mail:{mail.code}", texts)
    sheet.doubts = []
    return sheet
