"""What the builder makes: sentences with sources and numbers, standing in sections."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """What a sentence rests on.

    Attributes:
        kind: campaign, clause, obligations, return, activity, snapshot, person.
        code: of that thing; `label`: as it is named in the 依据表; `unit`: whose, for grouping.
        note: more about it, shown with the sentence.
    """

    kind: str
    code: str
    label: str
    unit: str = ""
    note: str = ""


@dataclass(frozen=True)
class Number:
    """A number of a sentence, with its unit and what kind of number it is: claimed, deduplicated or confirmed."""

    value: int
    unit: str
    measure: str
    about: bool = False

    @property
    def text(self) -> str:
        """As it stands in the sentence: 约90人次."""
        return f"{'约' if self.about else ''}{self.value}{self.unit}"


@dataclass(frozen=True)
class Sentence:
    """One sentence. `key` says what it counts, so that it can be counted again."""

    section: str
    key: str
    text: str
    sources: tuple[Source, ...]
    numbers: tuple[Number, ...] = ()


@dataclass(frozen=True)
class Heading:
    """A heading of the paper; level 0 has no text, level 3 runs on into its sentences."""

    section: str
    level: int
    text: str = ""


@dataclass(frozen=True)
class Draft:
    """A built summary."""

    title: str
    sentences: tuple[Sentence, ...]
