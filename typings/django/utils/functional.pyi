from typing import Any

class Promise:
    """What gettext_lazy gives: a text in the language of the one who reads it."""

def __getattr__(name: str) -> Any: ...
