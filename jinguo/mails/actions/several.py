"""What becomes of each activity of a mail that tells of several. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass

from jinguo.campaigns.models import Clause, Obligation
from jinguo.federation.models import Unit
from jinguo.lib import clock
from jinguo.mails.models import Fate, Mail
from jinguo.mails.queries import matching
from jinguo.reports.queries.clauses import best_clause
from jinguo.reports.understanding.fields import value_of
from jinguo.reports.understanding.several import Told, activities, parted
from jinguo.reports.understanding.texts import Texts


@dataclass(frozen=True)
class Telling:
    """One activity of a mail. `fate`: reported, said before, announced (to look at), or missing its name or day."""

    told: Told
    fate: Fate
    clause: Clause | None = None


def told_in(mail: Mail, texts: Texts, names: frozenset[str] | set[str]) -> tuple[Told, ...]:
    """The activities of a mail, as a person has parted it, else as its words part; none for one activity."""
    received = clock.local(mail.received_at).date()
    if mail.decided.get("cuts"):
        return tuple(parted(texts, [(part, at) for part, at in mail.decided["cuts"]], received, names))
    return () if mail.decided.get("one") else tuple(activities(texts, received, names))


def tellings_of(mail: Mail, unit: Unit, obligation: Obligation, told: Sequence[Told]) -> tuple[Telling, ...]:
    """Each activity with its clause and what is to be done about it."""
    found = []
    for one in told:
        clause, _score = best_clause(
            obligation.ask.campaign, one.texts.main.text, str(value_of(one.fields, "title") or "")
        )
        found.append(Telling(one, _fate(mail, unit, obligation, one), clause))
    return tuple(found)


def _fate(mail: Mail, unit: Unit, obligation: Obligation, told: Told) -> Fate:
    if not told.is_whole:
        return Fate.MISSING
    title, held_on = value_of(told.fields, "title"), value_of(told.fields, "held_on")
    if held_on > clock.local(mail.received_at).date():
        return Fate.TO_LOOK_AT
    said = not mail.decided.get("again") and matching.said_before(unit, obligation, title, held_on)
    return Fate.SAID_BEFORE if said else Fate.REPORTED


def fate_of(tellings: Sequence[Telling]) -> Fate:
    """What becomes of the mail: registered when something in it is new and nothing in it is wanting."""
    fates = {one.fate for one in tellings}
    if Fate.MISSING in fates:
        return Fate.INCOMPLETE
    return next(fate for fate in (Fate.REPORTED, Fate.SAID_BEFORE, Fate.TO_LOOK_AT) if fate in fates)
