"""Finding things by what they are called and say. Who may find what is the caller's filter on kind, owner and audience."""

from collections.abc import Sequence

from django.db import connection
from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from jinguo.search.models import IndexRow
from jinguo.search.pairs import phrases_of
from jinguo.search.sealed import ways_of

MANY = 5_000  # rows looked up by number
FEW = 500  # rows sorted where words are everywhere
LONGEST = 60  # characters of a query that are looked for


def find(words: str, *, where: Q, most: int = 50) -> list[IndexRow]:
    """The things whose title or text holds every one of these words, titles first.

    Args:
        words: as typed; parts between blanks are looked for separately. Latin letters also find pinyin and initials.
        where: which rows the reader may find, on `kind`, `owner_path` and `audience`.
        most: the largest number returned.

    Returns:
        Rows of the index, best first; none for a query without a single letter or digit.
    """
    return find_each(words, where=[where], most=most)[0]


def find_each(words: str, *, where: Sequence[Q], most: int = 50) -> list[list[IndexRow]]:
    """As `find`, for each of several shelves by itself, so that none crowds out another: `most` rows of each."""
    words = words.strip()[:LONGEST]
    phrases = phrases_of(words)
    if not phrases:
        return [[] for _shelf in where]
    ids = _ids(words, phrases)
    return [_best(words, ids, shelf, most) for shelf in where]


def _best(words: str, ids: list[int] | None, where: Q, most: int) -> list[IndexRow]:
    rows: QuerySet[IndexRow] = IndexRow.objects.filter(where).defer("pairs", "pinyin")
    if ids is None:
        # Words so many titles hold are met soon enough on the way along the tree; the best of the first few come first.
        found = list(rows.filter(title__contains=words).order_by("owner_path", "pk")[:FEW])
        return sorted(found, key=lambda row: _nearness(row.title, words))[:most]
    nearness = Case(
        When(title=words, then=Value(0)),
        When(title__startswith=words, then=Value(1)),
        When(title__contains=words, then=Value(2)),
        default=Value(3),
    )
    return list(rows.filter(pk__in=ids).order_by(nearness, "owner_path", "pk")[:most])


def _ids(words: str, phrases: list[list[str]]) -> list[int] | None:
    """Numbers of the rows that hold the words, looked up first: a database that does not know how few they are would
    walk the whole tree instead. None when there are more than `MANY`."""
    ids = list(IndexRow.objects.filter(pk__in=_matching(phrases, MANY + 1)).values_list("pk", flat=True))
    latin = "".join(words.lower().split())
    if len(ids) <= MANY and latin.isascii() and latin.isalpha() and len(latin) > 1:
        sounding = IndexRow.objects.filter(pinyin__contains=latin).order_by()
        ids = [*ids, *sounding.values_list("pk", flat=True)[: MANY + 1]]
        return ids[:MANY]
    return ids if len(ids) <= MANY else None


def _nearness(title: str, words: str) -> int:
    return 0 if title == words else 1 if title.startswith(words) else 2


def codes_matching(words: str, *, kind: str, most: int) -> list[str] | None:
    """Codes of the things of one kind whose title or text holds every one of these words; None when more than `most`
    rows of any kind do, so that the caller looks another way. It stops looking at that point, however many there are."""
    phrases = phrases_of(words.strip()[:LONGEST])
    if not phrases:
        return []
    rows = IndexRow.objects.filter(pk__in=_matching(phrases, most + 1)).values_list("kind", "object_code")
    found = list(rows)
    return [code for what, code in found if what == kind] if len(found) <= most else None


def sealed_candidates(words: str, *, where: Q, most: int) -> list[str]:
    """Codes of things whose sealed text may hold every one of these words, the newest first; the room that may open them
    looks again (`search.sealed.holds`). None for single characters."""
    ways = ways_of(words.strip()[:LONGEST])
    if not ways:
        return []
    rows = IndexRow.objects.filter(where, pk__in=_with_marks(ways)).order_by("-pk")
    return list(rows.values_list("object_code", flat=True)[:most])


def _with_marks(ways: list[list[str]]) -> RawSQL:
    """Row numbers of those that have all digests of one way; only digests of ours reach the index."""
    both, either = (" AND ", " OR ") if connection.vendor == "sqlite" else (" & ", " | ")
    asked = either.join(f"({both.join(way)})" for way in ways)
    sql = "SELECT rowid FROM search_pairs WHERE search_pairs MATCH %s"
    if connection.vendor != "sqlite":
        sql = "SELECT id FROM search_indexrow WHERE to_tsvector('simple', pairs) @@ to_tsquery('simple', %s)"
    return RawSQL(sql, [asked])  # noqa: S611


def _matching(phrases: list[list[str]], most: int | None = None) -> RawSQL:
    """Row numbers by the full-text index of the database in use; only our own pairs of letters and digits reach it."""
    if connection.vendor == "sqlite":
        asked: list[object] = [" AND ".join(_phrase_fts5(phrase) for phrase in phrases)]
        sql = "SELECT rowid FROM search_pairs WHERE search_pairs MATCH %s"
    else:
        asked = [" & ".join(_phrase_tsquery(phrase) for phrase in phrases)]
        sql = "SELECT id FROM search_indexrow WHERE to_tsvector('simple', pairs) @@ to_tsquery('simple', %s)"
    if most is not None:
        sql, asked = f"{sql} LIMIT %s", [*asked, most]
    return RawSQL(sql, asked)  # noqa: S611


def _phrase_fts5(phrase: list[str]) -> str:
    quoted = f'"{" ".join(phrase)}"'
    return f"{quoted}*" if _is_single(phrase) else quoted


def _phrase_tsquery(phrase: list[str]) -> str:
    if _is_single(phrase):
        return f"'{phrase[0]}':*"
    return "(" + " <-> ".join(f"'{pair}'" for pair in phrase) + ")"


def _is_single(phrase: list[str]) -> bool:
    return len(phrase) == 1 and len(phrase[0]) == 1
