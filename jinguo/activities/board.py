"""What a village's month says: on the A3 board at the door, and in the text for the women's WeChat group.

No name of anybody, no caption somebody typed, no address of a home; an activity of a sensitive kind has no title, no number
and no picture here.
"""

import base64
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jinguo.activities.models import Activity, Photo
from jinguo.activities.models.activity import ActivityState, Venue, Visibility
from jinguo.activities.queries.host import Held
from jinguo.activities.villages import village_name
from jinguo.federation.models import Unit
from jinguo.ui.dates import range_text

SOURCE = Path(__file__).with_name("board.typ")
PICTURES = 6
LINES = 14  # of what was, and of what is coming: more do not stand on the paper


def shown(rows: Iterable[Held]) -> tuple[list[Held], list[Held]]:
    """What was and what is coming, of all that a village's women may know of: public, neither draft nor called off."""
    known = [row for row in rows if row.activity.visibility == Visibility.PUBLIC and not row.session.called_off_at]
    was = [row for row in known if row.over and row.activity.state in (ActivityState.PUBLISHED, ActivityState.DONE)]
    coming = [row for row in known if not row.over and row.activity.state == ActivityState.PUBLISHED]
    return was, coming


def called(activity: Activity) -> str:
    """Its name, or words that say nothing of a sensitive one."""
    return _("姐妹们自己的一场活动") if activity.is_sensitive else activity.title


def where(activity: Activity) -> str:
    """Its place; of a home only the village."""
    if activity.venue == Venue.FAMILY:
        return _("%(village)s（在家里，门牌问主办的人）") % {"village": village_name(activity.unit)}
    return activity.place or (_("线上") if activity.online_url else "")


def counted(row: Held) -> str:
    """How many came, each number with what it is; nothing of a sensitive activity or where nobody counted."""
    heads = row.counted
    if heads is None or row.activity.is_sensitive:
        return ""
    about = _("约") if row.about else ""
    told = []
    if heads.on_site is not None:
        told.append(_("%(about)s%(n)s 人次") % {"about": about, "n": heads.on_site})
    if heads.women is not None:
        told.append(_("其中女性 %(about)s%(n)s") % {"about": about, "n": heads.women})
    if heads.online is not None:
        told.append(_("线上 %(about)s%(n)s 次") % {"about": about, "n": heads.online})
    return "，".join(told)


def total(was: list[Held]) -> str:
    """How many sessions, and how many people came to those that were counted; online is never added."""
    heads = [row for row in was if row.counted is not None and row.counted.on_site is not None]
    heads = [row for row in heads if not row.activity.is_sensitive]
    text = str(_("办了 %(n)s 场") % {"n": len(was)})
    if not heads:
        return text
    people = sum(row.counted.on_site for row in heads)  # type: ignore[union-attr]
    about = _("约") if any(row.about for row in heads) else ""
    text += _("，来了%(about)s %(people)s 人次") % {"about": about, "people": people}
    uncounted = len(was) - len(heads)
    return text + (_("（%(n)s 场没有人数）") % {"n": uncounted} if uncounted else "")


def month_name(month: date) -> str:
    """2026年12月, December 2026."""
    if (get_language() or "").startswith("en"):
        return f"{month:%B %Y}"
    return f"{month.year}年{month.month}月"


def group_text(unit: Unit, month: date, rows: list[Held], now: datetime, address_of: Callable[[Activity], str]) -> str:
    """The text for the women's WeChat group: what is coming with its address, what was with its numbers, what is off."""
    was, coming = shown(rows)
    lines = [f"【{unit.short_name}】{month_name(month)}"]
    if coming:
        lines += ["", _("接下来：")]
    addressed = set[int]()  # of several sessions the first brings the address
    for n, row in enumerate(coming, 1):
        activity, session = row.activity, row.session
        what = [range_text(session.starts_at, session.ends_at, now), called(activity), where(activity)]
        lines.append(f"{n}. " + "，".join(part for part in what if part))
        if activity.pk in addressed:
            continue
        addressed.add(activity.pk)
        if activity.is_sensitive:
            lines.append(_("   想来的姐妹，私下问一声就行。"))
        else:
            lines.append(f"   {address_of(activity)}")
    if was:
        lines += ["", _("办过的：") + total(was)]
    for row in was:
        what = [range_text(row.session.starts_at, row.session.ends_at, now), called(row.activity), counted(row)]
        lines.append("· " + "，".join(part for part in what if part))
    lines += [
        _("取消了：%(what)s") % {"what": f"{range_text(row.session.starts_at, row.session.ends_at, now)} {called(row.activity)}"}
        for row in rows if row.off and not row.over and row.activity.visibility == Visibility.PUBLIC
    ]  # fmt: skip
    if len(lines) == 1:
        lines += ["", _("这个月还没有活动。想办什么，跟我们说一声。")]
    return "\n".join(str(line) for line in lines)


def board_words(
    unit: Unit, brand: str, phone: str, month: date, rows: list[Held], now: datetime,
    bytes_of: Callable[[Photo], bytes | None],
) -> dict[str, Any]:  # fmt: skip
    """The words and pictures of the A3 board, for `board.typ`.

    Args:
        bytes_of: the bytes of a picture; None where they are not there any more.
    """
    was, coming = shown(rows)
    english = (get_language() or "").startswith("en")
    return {
        "language": "en" if english else "zh",
        "title": unit.short_name,
        "brand": brand,
        "month": month_name(month),
        "coming_heading": _("接下来"),
        "coming": [_line(row, now, "") for row in coming[:LINES]],
        "coming_more": _more(len(coming)),
        "coming_none": _("这个月还没有定下的活动。想办什么，跟我们说一声。"),
        "was_none": _("办过的会写在这里：哪天、来了多少人，还有照片。"),
        "was_heading": _("这个月办过的"),
        "total": total(was) if was else "",
        "was": [_line(row, now, counted(row)) for row in was[-LINES:]],
        "was_more": _more(len(was)),
        "pictures": [{"svg": svg, "under": under} for svg, under in _pictures(was, now, bytes_of)],
        "foot": _("想来、想办活动、想问问的姐妹，打电话：%(phone)s") % {"phone": phone} if phone else "",
        "help": _("妇女维权热线 12338 · 报警 110 · 法律援助 12348"),
    }


def _more(count: int) -> str:
    return str(_("还有 %(n)s 场，写不下了") % {"n": count - LINES}) if count > LINES else ""


def _line(row: Held, now: datetime, heads: str) -> dict[str, str]:
    when = range_text(row.session.starts_at, row.session.ends_at, now)
    return {"when": when, "what": called(row.activity), "where": where(row.activity), "heads": heads}


def _pictures(was: list[Held], now: datetime, bytes_of: Callable[[Photo], bytes | None]) -> Iterable[tuple[str, str]]:
    """One picture of each activity in turn, newest first, as long as there is room; only with the consent of those in it."""
    stacks = {
        row.activity.pk: ([photo for photo in row.photos if photo.consent], row)
        for row in reversed(was)
        if not row.activity.is_sensitive
    }
    made = 0
    for nth in range(max((len(photos) for photos, _row in stacks.values()), default=0)):
        for photos, row in stacks.values():
            data = bytes_of(photos[nth]) if made < PICTURES and nth < len(photos) else None
            if data:
                made += 1
                yield picture_svg(data, photos[nth]), row.activity.title


def picture_svg(data: bytes, photo: Photo) -> str:
    """A photograph wrapped so that it can be handed to Typst as text."""
    inside = base64.b64encode(data).decode()
    size = f'width="{photo.width}" height="{photo.height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {photo.width} {photo.height}" {size}>'
        f'<image href="data:image/jpeg;base64,{inside}" {size}/></svg>'
    )
