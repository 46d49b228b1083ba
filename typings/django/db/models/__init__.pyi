import enum
from typing import Any, ClassVar

class Choices(enum.Enum):
    """A member is written as `VALUE = "value", _("label")`."""

    choices: ClassVar[list[tuple[Any, str]]]
    labels: ClassVar[list[str]]
    values: ClassVar[list[Any]]
    @property
    def label(self) -> str: ...

class TextChoices(str, Choices):
    @property
    def value(self) -> str: ...
    def __new__(cls, value: str, label: Any = ...) -> TextChoices: ...

class IntegerChoices(int, Choices):
    @property
    def value(self) -> int: ...
    def __new__(cls, value: int, label: Any = ...) -> IntegerChoices: ...

def __getattr__(name: str) -> Any: ...
