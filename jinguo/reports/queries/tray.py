"""The city's tray of returns, and what a reviewer compares a return with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from jinguo.activities.queries import ActivityRecord
from jinguo.campaigns.models import Campaign, Clause
from jinguo.campaigns.queries.groups import Group
from jinguo.federation import policy
from jinguo.federation.models import Unit
from jinguo.reports.models import Return, ReturnVersion
from jinguo.reports.models.returned import STANDING, WAITING, ReturnState
from jinguo.reports.queries.returns import clause_text, shown, text_of
from jinguo.reports.sheet import FIELDS, LABELS, TYPED, Field, sheet_from_record

PAGE = 30
PILES: dict[str, tuple[Any, ...]] = {
    "waiting": WAITING,
    "sent_back": (ReturnState.SENT_BACK,),
    "accepted": (ReturnState.ACCEPTED, ReturnState.CORRECTED),
    "all": STANDING,
    "counted": STANDING,
}


@dataclass(frozen=True)
class Choice:
    """What the tray is narrowed to.

    Attributes:
        pile: one of PILES; `counted` is what coverage counts: returns with an accepted version, by that version's clauses.
        unit: only of this one.
    """

    pile: str = "waiting"
    campaign: Campaign | None = None
    clause: Clause | None = None
    group: Group | None = None
    unit: Unit | None = None


def tray(actor: object, choice: Choice) -> "QuerySet[Return]":
    """What was sent, newest first, within what the actor may see."""
    rows = Return.objects.visible_to(actor).filter(state__in=PILES[choice.pile])
    # What units below ask of theirs by a notice they pass on is their own tray's.
    rows = rows.filter(Q(campaign__passes_on=None) | policy.sight(actor, "campaign.view", "campaign__office__unit"))
    if choice.campaign:
        rows = rows.filter(campaign=choice.campaign)
    if choice.pile == "counted":
        rows = rows.counted()
    if choice.clause:
        link = "accepted__clause_links__clause" if choice.pile == "counted" else "current__clause_links__clause"
        rows = rows.filter(**{link: choice.clause})
    if choice.unit:
        rows = rows.filter(unit=choice.unit)
    if choice.group:
        rows = rows.filter(choice.group.holds("unit__"))
    return rows.select_related("unit", "current", "obligation__ask").order_by("-sent_at", "-pk")


def page_of(rows: "QuerySet[Return]", after: str) -> tuple[list[Return], str]:
    """One page of the tray after the return with this code, and the code to go on from; "" at the end.

    Keyset, not offset: it costs the same on the thousandth page, and nothing is counted.
    """
    last = Return.objects.filter(code=after).values("sent_at", "pk").first() if after else None
    if last:
        rows = rows.filter(Q(sent_at__lt=last["sent_at"]) | Q(sent_at=last["sent_at"], pk__lt=last["pk"]))
    found = list(rows[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].code if len(found) > PAGE else ""


def waiting_count(actor: object) -> int:
    """How many returns wait for this reviewer."""
    return Return.objects.visible_to(actor).asked_by(actor).waiting().count()


def next_waiting(actor: object, given: Return) -> Return | None:
    """Whom to turn to after this one: the next older that waits, else the newest that waits."""
    rows = Return.objects.visible_to(actor).asked_by(actor).waiting().exclude(pk=given.pk).order_by("-sent_at", "-pk")
    older = Q(sent_at__lt=given.sent_at) | Q(sent_at=given.sent_at, pk__lt=given.pk)
    return rows.filter(older).first() or rows.first()


@dataclass(frozen=True)
class Reading:
    """One field of the sheet beside what it was taken from.

    Attributes:
        verdict: `same` as the record now, `brought` along, `typed`, `check`: something asks to be looked at.
        recorded: what the activity record says now; "" where it says nothing.
        remarks: why it should be looked at, in sentences.
        thread: number shared with the record's line.
    """

    name: str
    label: object
    text: str
    verdict: str
    recorded: str = ""
    remarks: list[str] = field(default_factory=list)
    thread: int = 0


def readings(version: ReturnVersion, record: ActivityRecord | None, questions: Mapping[str, object]) -> list[Reading]:
    """Every filled field with its verdict, and fields that raised a question.

    Args:
        record: the activity as it stands now, when the return is about one.
        questions: code of a doubt → its sentence.
    """
    known = sheet_from_record(record).values if record else {}
    rows = [_reading(version, number, one, known, questions) for number, one in enumerate(FIELDS, 1)]
    rows = [row for row in rows if row.text or row.remarks]
    clauses = clause_text(version)
    if clauses:
        brought = _is_brought(version, "clauses")
        rows.append(Reading("clauses", LABELS["clauses"], clauses, "brought" if brought else "typed"))
    return rows


def _reading(
    version: ReturnVersion, number: int, one: Field, known: dict[str, Any], questions: Mapping[str, object]
) -> Reading:
    value, now = getattr(version, one.name), known.get(one.name)
    recorded = shown(one, now, about=bool(one.about and known.get(one.about)))
    remarks = [_remark(doubt, questions) for doubt in version.doubts if doubt["field"] == one.name]
    if recorded and value != now:
        remarks.append(_("活动记录里现在是“%(now)s”。") % {"now": recorded})
    verdict = "check" if remarks else "typed"
    if not remarks and _is_brought(version, one.name):
        verdict = "same" if recorded else "brought"
    return Reading(one.name, one.label, text_of(version, one), verdict, recorded, remarks, number if recorded else 0)


def _is_brought(version: ReturnVersion, name: str) -> bool:
    return version.sources.get(name, {}).get("from", TYPED) != TYPED


def _remark(doubt: dict[str, str], questions: Mapping[str, object]) -> str:
    said = doubt["reason"] or _("没有说明")
    return _("%(question)s单位说：%(said)s。") % {"question": questions.get(doubt["code"], ""), "said": said}
