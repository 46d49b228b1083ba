"""Whether two names are of one body: 清河市妇女联合会 and 清河市妇联 are."""

import re

_SHORT = (("妇女联合会", "妇联"),)


def same_body(one: str, other: str) -> bool:
    """One name is the other, in full or in short, or stands among the names of a joint issue."""
    a, b = _plain(one), _plain(other)
    return bool(a) and bool(b) and (b in a or a in b)


def _plain(name: str) -> str:
    name = re.sub(r"\s", "", name)
    for full, short in _SHORT:
        name = name.replace(full, short)
    return name
