"""Reading the journal of one thing. Checking the whole chain is `jinguo.journal.chain`."""

from datetime import timedelta
from typing import Any

from jinguo.journal.models import Entry
from jinguo.lib import clock

MOMENT = timedelta(minutes=1)  # within which a second press is taken for the first one, come again


def history(kind: str, code: str, most: int = 50) -> list[Entry]:
    """The newest lines about one thing, newest first."""
    return list(Entry.objects.about(kind, code)[:most])


def just_did(by: Any, action: str, *, kind: str, code: str, **facts: Any) -> Entry | None:
    """The line that says this very person did this to this thing a moment ago; None where she did not.

    By it a second press finds the first one's, also where the thing itself is gone. `facts`: what its detail must say.
    """
    lines = Entry.objects.about(kind, code).filter(actor=by.actor_code, action=action, at__gt=clock.now() - MOMENT)
    return next((line for line in lines[:20] if facts.items() <= line.facts.items()), None)
