"""Yes, or no with a sentence: the answer of every rule in the house."""

from dataclasses import dataclass

from jinguo.lib.errors import Refused


@dataclass(frozen=True)
class Ruling:
    """An answer to 「may this person do this, now?」; falsy when refused.

    Attributes:
        allowed: the answer.
        sentence: why not, for the person who asked; empty when allowed.
    """

    allowed: bool
    sentence: object = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Ruling(True)


def no(sentence: object) -> Ruling:
    """A refusal with its reason."""
    return Ruling(False, sentence)


def require(ruling: Ruling) -> None:
    """Go on, or raise `Refused` with the ruling's sentence."""
    if not ruling:
        raise Refused(ruling.sentence)
