"""A question as its organiser types it, and an answer as it is given: clean values between forms and actions."""

from dataclasses import dataclass

from jinguo.questions.models import Kind, Question


@dataclass(frozen=True)
class QuestionWish:
    """A question as typed. `choices`: in their order."""

    kind: str
    label: str
    hint: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    personal: bool = True
    asks_if: Question | None = None
    asks_value: str = ""

    def is_personal(self) -> bool:
        """Free texts and files always say something of a person."""
        return self.personal or self.kind in (Kind.TEXT, Kind.FILE)


@dataclass(frozen=True)
class Given:
    """One answer. `data`: of a file, with its name and media type."""

    question: Question
    text: str = ""
    data: bytes = b""
    file_name: str = ""
    media_type: str = ""
