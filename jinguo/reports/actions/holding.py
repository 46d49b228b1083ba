"""Keeping back a sheet that reads like a letter for help, and giving it to the duty case worker alone."""

import json
from datetime import timedelta

from jinguo.journal import actions as journal
from jinguo.lib import clock, ids
from jinguo.lib.pleas import pleads
from jinguo.lib.rulings import require
from jinguo.people.actions import keep_until
from jinguo.reports import rules
from jinguo.reports.checks import TEXTS
from jinguo.reports.models import Held, ReturnVersion
from jinguo.reports.queries.carried import carried, sheet_carried
from jinguo.reports.sheet import SIGNERS, Sheet

KIND, GROUND = "held", "mail"  # kept as long as a mail is where an office has set nothing else
KEPT = timedelta(days=730)


def asks_for_help(sheet: Sheet, *others: str) -> bool:
    """Whether somebody speaks in a sheet of what is done to her: in its texts and names, in what she answers to a question
    about it, or in what else is said with it (`others`: why it is corrected, why it comes by proxy)."""
    texts = [str(sheet.values.get(name) or "") for name in (*TEXTS, *SIGNERS)]
    return any(pleads(text) for text in (*texts, *(one["reason"] for one in sheet.doubts), *others))


def hold_sheet(version: ReturnVersion, sheet: Sheet, *, by: journal.Actor, more: dict[str, str]) -> Held:
    """Seal a sheet beside its empty version, in the caller's transaction. The same form sent twice is held once."""
    held = Held.objects.filter(version=version).first() or Held(code=ids.new_code(), version=version)
    held.held_at = held.held_at or clock.now()
    held.sheet = json.dumps(carried(sheet) | {"more": more}, ensure_ascii=False)
    held.save()
    keep_until(KIND, held.code, held.held_at + KEPT, ground=GROUND)
    given = version.given
    journal.record("return.hold", by=by, kind="return", code=given.code, owner=given.unit.code)
    return held


def held_sheet(held: Held) -> tuple[Sheet, dict[str, str]]:
    """The sheet as it came, and what more was said with it."""
    said = json.loads(held.sheet)
    return sheet_carried(said, held.version.given.campaign), said["more"]


def read_held(held: Held, *, by: journal.Actor) -> tuple[Sheet, dict[str, str]]:
    """What was held back, for the case worker's eyes; every reading is on the record."""
    require(rules.may_release(held, by))
    given = held.version.given
    journal.record("case_mail.read", by=by, kind="return", code=given.code, owner=given.unit.code)
    return held_sheet(held)
