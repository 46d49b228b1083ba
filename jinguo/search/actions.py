"""Keeping the index in step: every action that makes, renames or removes a findable thing calls here, in its own
transaction. Cases and singles never do (DESIGN §3)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Value
from django.db.models.functions import Concat, Substr

from jinguo.search.models import Audience, IndexRow
from jinguo.search.pairs import pairs_of, pinyin_of
from jinguo.search.sealed import marks_of

TITLE_CHARACTERS = 200
BATCH = 400


@dataclass(frozen=True)
class Findable:
    """One thing as the index needs it.

    Attributes:
        kind: the policy's object name, e.g. `unit`, `notice`.
        code: the thing's own code.
        text: what it is found by beside its title.
        owner_path: path of the unit it belongs to.
    """

    kind: str
    code: str
    title: str
    text: str
    owner_path: str
    audience: str = Audience.STAFF


def index_thing(
    kind: str, code: str, *, title: str, text: str = "", owner_path: str, audience: str = Audience.STAFF
) -> None:
    """Put one thing into the index, or bring its row up to date."""
    index_things([Findable(kind, code, title, text, owner_path, audience)])


def index_things(things: Iterable[Findable]) -> int:
    """The same for many at once; returns how many."""
    rows = [
        IndexRow(
            kind=thing.kind,
            object_code=thing.code,
            audience=thing.audience,
            owner_path=thing.owner_path,
            title=thing.title[:TITLE_CHARACTERS],
            pairs=pairs_of(f"{thing.title}\n{thing.text}"),
            pinyin=pinyin_of(thing.title),
        )
        for thing in things
    ]
    return _keep(rows)


def index_sealed(kind: str, code: str, *, title: str, text: str, owner_path: str) -> None:
    """Let a text that lies sealed be found by keyed digests (`search.sealed`); neither it nor its title is kept."""
    row = IndexRow(
        kind=kind, object_code=code, audience=Audience.STAFF, owner_path=owner_path, title="", pairs=marks_of(title, text),
        pinyin="",
    )  # fmt: skip
    _keep([row])


def _keep(rows: list[IndexRow]) -> int:
    IndexRow.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["kind", "object_code"],
        update_fields=["audience", "owner_path", "title", "pairs", "pinyin"],
    )
    return len(rows)


def drop_thing(kind: str, code: str) -> None:
    """Take one thing out of the index."""
    IndexRow.objects.filter(kind=kind, object_code=code).delete()


def move_owner(old_path: str, new_path: str) -> None:
    """Everything owned at or below one place of the tree now stands below another: paths end in `/`."""
    moved = IndexRow.objects.filter(owner_path__gte=old_path, owner_path__lt=f"{old_path[:-1]}0")
    moved.update(owner_path=Concat(Value(new_path), Substr("owner_path", len(old_path) + 1)))
