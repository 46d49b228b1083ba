"""How well a reading matches what a person reads in the paper: right, missed and extra, field by field.

Names and headings count as found when one is the beginning or the greater part of the other: where a heading ends is
judged less strictly than that it is there, with its marker and its depth. Everything else must be equal.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from unicodedata import normalize

from jinguo.gongwen import Record, read
from jinguo.gongwen.parts import Deadline, Event, Leaf, OutlineNode, ReportDuty
from tests.gongwen.corpus import Entry, Paper

_GREATER_PART = 0.6
_BEGINNING = 4  # characters
_BLANKS = re.compile(r"[\s\u3000*]")
_MARKS = re.compile(r"[\s\u3000\u200b-\u200f\u2060\ufeff\xad*“”\"‘’'《》〈〉（）()·—,，、。；;：:！!]")
_ORNAMENTS = re.compile("[★☆◆●■▲※]")
_ISO = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass
class Tally:
    """Counts of one field over any number of papers."""

    right: int = 0
    missed: int = 0
    extra: int = 0

    def add(self, other: "Tally") -> None:
        self.right += other.right
        self.missed += other.missed
        self.extra += other.extra

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.extra) if self.right + self.extra else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        both = 2 * self.right + self.missed + self.extra
        return 2 * self.right / both if both else 1.0


@dataclass
class Judgement:
    """One paper, judged. misses: `field − missed`, `field + extra`, `field ≠ expected`; inventions: values not in the text."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)
    inventions: list[str] = field(default_factory=list)
    spans: int = 0
    inexact_spans: int = 0
    sentences: int = 0
    unread: int = 0
    characters: int = 0


def judge(paper: Paper, record: Record | None = None) -> Judgement:
    """Read the paper (unless a record of it is given) and compare with its expectation."""
    record = record or read(paper.text, paper.name)
    found = Judgement(characters=len(_BLANKS.sub("", record.raw)))
    for name, value in paper.lines.items():
        if name in LINES:
            _judge_line(found, name, value, LINES[name](record))
    for name, entries in paper.blocks.items():
        _judge_block(found, name, entries, record)
    found.misses = list(_told_apart(found.misses))
    spans = [span for leaf in record.leaves() for span in leaf.src]
    found.spans = len(spans)
    found.inexact_spans = sum(record.raw[s.start : s.end] != s.quote for s in spans)
    found.sentences = len(record.sentences)
    found.unread = sum(s.bucket == "none" for s in record.sentences)
    found.inventions = inventions(record)
    return found


def _told_apart(misses: list[str]) -> Iterator[str]:
    """The same words missed twice (1、 时间 under two headings) are two misses."""
    seen: Counter[str] = Counter()
    for miss in misses:
        seen[miss] += 1
        yield miss if seen[miss] == 1 else f"{miss} ({seen[miss]})"


def _judge_line(found: Judgement, name: str, expected: str, is_read: str) -> None:
    right = _BLANKS.sub("", is_read) == _BLANKS.sub("", expected)
    found.tallies[name] = Tally(right=int(right), missed=int(not right), extra=int(not right and is_read != "-"))
    if not right:
        found.misses.append(f"{name} ≠ {expected}")


def _signed(org: str | None, day: str | None) -> str:
    return f"{org or '-'} | {day or '-'}"


LINES: dict[str, Callable[[Record], str]] = {
    "title": lambda r: r.title.text if r.title else "-",
    "number": lambda r: f"{r.doc_number.code} {r.doc_number.year} {r.doc_number.number}" if r.doc_number else "-",
    "genre": lambda r: r.genre.text if r.genre else "-",
    "subtype": lambda r: r.subtype.text if r.subtype else "-",
    "issuer": lambda r: r.issuer.text if r.issuer else "-",
    "theme": lambda r: r.theme.text if r.theme else "-",
    "sign": lambda r: _signed(r.sign.org, r.sign.date),
    "imprint": lambda r: _signed(r.imprint.org, r.imprint.date),
}


# ---- lists ----------------------------------------------------------------------------------------------------------


def _judge_block(found: Judgement, name: str, entries: tuple[Entry, ...], record: Record) -> None:
    rule = BLOCKS[name]
    items = rule.items(record)
    tally = Tally()
    left = list(range(len(items)))
    # What is demanded is matched first, so that a thing merely allowed never takes its place.
    for entry in sorted(entries, key=lambda e: e.optional):
        hit = next((i for i in left if rule.same(entry, items[i], record)), None)
        if hit is not None:
            left.remove(hit)
            tally.right += not entry.optional
        elif not entry.optional:
            tally.missed += 1
            found.misses.append(f"{name} − {entry.words}")
    if rule.complete:
        tally.extra = len(left)
        found.misses += [f"{name} + {rule.words(items[i])}" for i in left]
    found.tallies[name] = tally


@dataclass(frozen=True)
class Rule:
    """How one list is compared. complete: what is read beyond the list is an error (a list of gaps names only some)."""

    items: Callable[[Record], list]
    same: Callable[[Entry, object, Record], bool]
    words: Callable[[object], str]
    complete: bool = True


def bare(text: str) -> str:
    """Without blanks, quotation marks and punctuation."""
    return _MARKS.sub("", normalize("NFKC", text))


def alike(one: str, other: str) -> bool:
    """The same name: equal, or one is the beginning or the greater part of the other."""
    one, other = bare(one), bare(other)
    short, long = sorted((one, other), key=len)
    if not short:
        return not long
    return short == long or (short in long and len(short) >= _GREATER_PART * len(long))


def _same_node(entry: Entry, node: OutlineNode, record: Record) -> bool:
    marker, _, heading = entry.words.partition(" ")
    marker = "" if marker == "-" else marker
    first = min(n.level for n in record.outline)
    return (
        _ORNAMENTS.sub("", _BLANKS.sub("", node.marker)) == _ORNAMENTS.sub("", marker)
        and node.level - first + 1 == entry.depth
        and (alike(heading, node.heading) or _begins(heading, node.heading))
    )


def _begins(one: str, other: str) -> bool:
    """One heading is the beginning of the other: where a run-in heading ends is often a matter of taste."""
    short, long = sorted((bare(one), bare(other)), key=len)
    return len(short) >= _BEGINNING and long.startswith(short)


def _fields(entry: Entry) -> list[str]:
    return [part.strip() for part in entry.words.split("|")]


def _same_event(entry: Entry, event: Event, record: Record) -> bool:
    when, kind, name, *rest = _fields(entry)
    return (
        alike(name, event.name)
        and kind in ("-", event.kind)
        and _same_when(when, event)
        and (not rest or rest[0] == event.owner)
    )


def _same_when(when: str, event: Event) -> bool:
    """`?` not judged; `-` no date; a day; `day..day` a window; other words: the window's own words, without a single day."""
    window = event.window
    if when == "?":
        return True
    if ".." in when:
        return event.date is None and window is not None and [window.start, window.end] == when.split("..")
    if when == "-" or _ISO.fullmatch(when):
        return event.date == (None if when == "-" else when)
    return event.date is None and window is not None and alike(when, window.text)


def _same_deadline(entry: Entry, due: Deadline, record: Record) -> bool:
    what, _, rest = entry.words.partition(" ")
    if what == "soft":
        return due.date is None and due.soft == rest
    if what == "open":
        return due.date is None and due.soft is None and (bare(rest) in bare(due.text) or bare(due.text) in bare(rest))
    return due.date == what and rest in ("", due.edge)


def _same_report(entry: Entry, duty: ReportDuty, record: Record) -> bool:
    thing, to, due = _fields(entry)
    day = due == (duty.due or duty.soft or "-")
    return day and alike(thing, duty.object) and (to == "?" or to == (duty.to or "-"))


def _contact(kind: str, value: str) -> str:
    value = _BLANKS.sub("", normalize("NFKC", value))
    return f"{kind} {re.sub('[^0-9转]', '', value) if kind in ('phone', 'fax') else value}"


BLOCKS: dict[str, Rule] = {
    "recipients": Rule(lambda r: list(r.recipients), lambda e, item, r: bare(e.words) == bare(item.text), lambda i: i.text),
    "outline": Rule(lambda r: list(r.outline), _same_node, lambda n: f"{n.level} {n.marker or '-'} {n.heading}"),
    "events": Rule(
        lambda r: list(r.events), _same_event,
        lambda e: f"{e.date or (e.window.text if e.window else '-')} | {e.kind} | {e.name} | {e.owner}",
    ),
    "deadlines": Rule(lambda r: list(r.deadlines), _same_deadline, lambda d: f"{d.date or d.soft or 'open'} {d.text}"),
    "reports": Rule(
        lambda r: list(r.report_duties), _same_report, lambda d: f"{d.object} | {d.to or '-'} | {d.due or d.soft or '-'}"
    ),
    "contacts": Rule(
        lambda r: list(r.contacts),
        lambda e, item, r: _contact(*e.words.split(" ", 1)) == _contact(item.kind, item.value),
        lambda c: f"{c.kind} {c.value}",
    ),
    "attachments": Rule(
        lambda r: list(r.attachments), lambda e, item, r: bare(e.words) == bare(item.text), lambda a: a.text
    ),
    "gaps": Rule(lambda r: list(r.gaps), lambda e, item, r: e.words == item.code, lambda g: g.code, complete=False),
}  # fmt: skip


# ---- values that do not stand in the text ---------------------------------------------------------------------------


def inventions(record: Record) -> list[str]:
    """Dates, numbers, addresses and names in the record that its own text does not hold. Always empty in a good reader.

    A value that a page edge cuts stands in the text piece by piece: then its spans, put together, must hold it.
    """
    flat = bare(record.raw)
    found = [f"event {e.name}" for e in record.events if not _is_written(e.name, e, flat)]
    days = [
        *((e.date, e) for e in record.events),
        *((d.date, d) for d in record.deadlines),
        *((d.due, d) for d in record.report_duties),
        (record.sign.date, record.sign),
        (record.imprint.date, record.imprint),
    ]
    found += [f"date {day}" for day, leaf in days if day and not _day_is_written(day, record.raw + _quoted(leaf))]
    found += [f"dated although {d.soft}" for d in record.deadlines if d.soft and d.date]
    for contact in record.contacts:
        keep = _digits if contact.kind in ("phone", "fax") else bare
        written = any(keep(contact.value) in keep(text) for text in (flat, _quoted(contact), _uncut(_quoted(contact))))
        found += [] if written else [f"{contact.kind} {contact.value}"]
    found += [f"{q.n:.15g}{q.unit}" for q in _quantities(record) if not _number_is_written(q.n, _quoted(q))]
    return found


def _digits(text: str) -> str:
    return re.sub(r"\D", "", normalize("NFKC", text))


def _quoted(leaf: Leaf) -> str:
    return "".join(span.quote for span in leaf.src)


def _is_written(value: str, leaf: Leaf, flat: str) -> bool:
    return any(bare(value) in text for text in (flat, bare(_quoted(leaf)), bare(_uncut(_quoted(leaf)))))


def _quantities(record: Record) -> Iterable:
    for task in record.tasks:
        yield from task.quantities
    for duty in record.report_duties:
        yield from duty.limits


def _uncut(text: str) -> str:
    """What the eye puts together: without the page number, line ends, blanks and invisible signs that part it."""
    text = re.sub(r"[—–―-] ?\d{1,3} ?[—–―-]", "", normalize("NFKC", text))
    return re.sub(r"[\s\u200b-\u200f\u2060\ufeff\xad]", "", text)


def _day_is_written(day: str, raw: str) -> bool:
    """The day of the month stands in the text as a number in figures or in Han, or as the end of a month or year."""
    raw = f"{normalize('NFKC', raw)}\n{_uncut(raw)}"
    number = date.fromisoformat(day).day
    return bool(re.search(rf"(?<!\d)0?{number}(?!\d)", raw)) or _han(number) in raw or bool(re.search("底|末", raw))


def _number_is_written(number: float, quote: str) -> bool:
    quote = re.sub(r"[\u200b-\u200f\u2060\ufeff\xad,]", "", normalize("NFKC", quote))
    return f"{number:.15g}" in quote or bool(re.search("[一二两三四五六七八九十百千万半]", quote))


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    digits = "〇一二三四五六七八九"
    return ("" if not tens else "十" if tens == 1 else f"{digits[tens]}十") + (digits[ones] if ones else "")
