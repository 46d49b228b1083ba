"""Presses as a phone sends them: JSON, bounded, every value checked."""

import json
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from jinguo.activities.forms.plan import CODE
from jinguo.activities.models.attendance import Exactness, PressKind
from jinguo.activities.wishes import Heads, Pressed
from jinguo.lib.errors import Invalid

MOST = 100  # presses in one sending
LONGEST = 64 * 1024  # bytes of one sending
COUNT = 1_000_000


def read_presses(body: bytes) -> list[Pressed]:
    """The presses of one sending, in the order they were made.

    Raises:
        Invalid: not in the form the day's page sends.
    """
    try:
        if len(body) > LONGEST:
            raise ValueError(len(body))
        told = json.loads(body)
        sent, rows = int(told["now"]), list(told["presses"])
        if len(rows) > MOST:
            raise ValueError(len(rows))
        return [_pressed(row, sent) for row in rows]
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise Invalid(_("这次送来的看不懂，没有记下。请刷新这一页再点。")) from error


def _pressed(row: dict[str, Any], sent: int) -> Pressed:
    code, kind = str(row["code"]), PressKind(row["kind"])
    if not CODE.fullmatch(code):
        raise ValueError(code)
    ago = timedelta(milliseconds=max(-COUNT, min(sent - int(row["at"]), 10**12)))
    heads = Heads()
    if kind == PressKind.HEADS:
        numbers = {name: _count(row.get(name)) for name in ("on_site", "women", "online")}
        heads = Heads(**numbers, exactness=Exactness(row.get("exactness", Exactness.EXACT)))
    return Pressed(code, kind, ago, str(row.get("sign_up", ""))[:12], _count(row.get("people")) or 0, heads)


def _count(value: Any) -> int | None:
    """A count as typed: nothing stays nothing."""
    if value in (None, ""):
        return None
    number = int(value)
    if not 0 <= number <= COUNT:
        raise ValueError(number)
    return number
