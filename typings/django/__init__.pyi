# Django has no types. These few files give types to what our strict modules lean on; all else of Django stays Any.
from typing import Any

def __getattr__(name: str) -> Any: ...
