"""One sentence, heard: everything in it that an activity's form asks for, each with the words it was taken from."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time

from jinguo.activities.spoken import what, when

MOST = 500  # characters of what somebody says about one activity


@dataclass(frozen=True)
class Span:
    """Where something was said: `text[start:end]`."""

    name: str
    start: int
    end: int


@dataclass(frozen=True)
class Heard:
    """What was understood; an empty value was not said.

    Attributes:
        text: the words, as the spans count them.
        home: the place is somebody's home. about: the number was said as about.
        who: who speaks. discreet_for: the word that speaks of health or hardship.
        doubts: what should be looked at: `days` (several were named, the first was taken), `half` (3点: in the morning or the
            afternoon?), `weekly` (every week: no single day was said).
        spans: where day, hours, place, number and speaker were said, in their order.
    """

    text: str = ""
    title: str = ""
    kind: str = ""
    day: date | None = None
    starts: time | None = None
    ends: time | None = None
    place: str = ""
    home: bool = False
    who: str = ""
    expected: int | None = None
    about: bool = False
    discreet_for: str = ""
    doubts: tuple[str, ...] = ()
    spans: tuple[Span, ...] = field(default=())

    def pieces(self) -> list[tuple[str, str]]:
        """The words in order, each stretch with the name of what it was read as, or ""."""
        found: list[tuple[str, str]] = []
        at = 0
        for span in self.spans:
            if span.start >= at:
                found += [("", self.text[at : span.start]), (span.name, self.text[span.start : span.end])]
                at = span.end
        return [(name, words) for name, words in [*found, ("", self.text[at:])] if words]


def hear(words: str, today: date) -> Heard:
    """Read what somebody said on a day. Any text may come in; what is longer than `MOST` is read to there."""
    text = _half_width(words[:MOST])
    named = when.days(text, today)
    days = [Span("day", said.start, said.end) for said in named]
    hours = when.hours(text, [(span.start, span.end) for span in days])
    spans = [*days[:1], *([Span("hours", hours.start, hours.end)] if hours.end else [])]
    taken = [(span.start, span.end) for span in (*days, *spans)]
    place, crowd, speaker = what.place(text), what.people(text, taken), what.speaker(text)
    spans += [
        Span(name, *found[-1]) for name, found in (("place", place), ("people", crowd), ("who", speaker)) if found
    ]
    kind = what.kind(text)
    title = what.title(text, [(span.start, span.end) for span in (*days, *spans)], kind)
    return Heard(
        text=text,
        title="" if place and place[1] and place[0] in title else title,  # whose home it is stands in no title
        kind=kind,
        day=named[0].value if named and isinstance(named[0].value, date) else None,
        starts=hours.starts,
        ends=hours.ends,
        place=place[0] if place else "",
        home=place[1] if place else False,
        who=speaker[0] if speaker else "",
        expected=crowd[0] if crowd else None,
        about=crowd[1] if crowd else False,
        discreet_for=what.discreet_for(text),
        doubts=tuple(_doubts(text, {said.value for said in named}, hours)),
        spans=tuple(sorted(spans, key=lambda span: (span.start, span.end))),
    )


def _doubts(text: str, days: set[date | time | int], hours: when.Hours) -> Iterator[str]:
    if len(days) > 1:
        yield "days"
    if not days and any(word in text for word in ("每周", "每个星期", "每星期")):
        yield "weekly"
    if hours.unsure:
        yield "half"


def _half_width(text: str) -> str:
    """Full-width digits, letters and colons as half-width ones, one for one: no place in the text moves."""
    return "".join(_one(c) for c in text)


def _one(c: str) -> str:
    if not "\uff10" <= c <= "\uff5a":
        return c
    plain = unicodedata.normalize("NFKC", c)
    return plain if len(plain) == 1 and plain.isalnum() else c
