"""Reading the journal of one thing. Checking the whole chain is `jinguo.journal.chain`."""

from jinguo.journal.models import Entry


def history(kind: str, code: str, most: int = 50) -> list[Entry]:
    """The newest lines about one thing, newest first."""
    return list(Entry.objects.about(kind, code)[:most])
