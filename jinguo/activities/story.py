"""A first draft of what is told of an activity, from its record alone: when, where, who, how many, what was given out.

Chinese always, as it is sent and printed. Nothing is added that the record does not say: what was spoken of and how it was
are for a person to write, and what is missing is named.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from jinguo.activities.models import Activity
from jinguo.activities.models.activity import Venue
from jinguo.activities.queries import ActivityRecord
from jinguo.lib import clock
from jinguo.lib.texts import quote

FORENOON, NOON, EVENING = 12, 14, 18


@dataclass(frozen=True)
class StoryDraft:
    """The draft, and in the reader's language what it could not say."""

    text: str
    missing: tuple[str, ...]


def draft_story(activity: Activity, record: ActivityRecord) -> StoryDraft:
    """One paragraph of what happened, one of numbers, each only as far as somebody recorded it."""
    first = _opening(activity, record)
    numbers = "".join(_numbers(record))
    return StoryDraft("\n\n".join(part for part in (first, numbers) if part), tuple(_missing(activity, record)))


def _opening(activity: Activity, record: ActivityRecord) -> str:
    hosts = "、".join([record.unit.name, *record.cohosts])
    where = "" if activity.venue == Venue.WEBSITE else f"在{record.place}" if record.place else ""
    text = f"{_when(activity, record)}，{hosts}{'联合' if record.cohosts else ''}{where}举办{quote(record.title)}。"
    if record.sessions > 1:
        text += f"前后共{record.sessions}场。"
    theme = activity.campaign.theme if activity.campaign else ""
    return text + (f"这是{quote(theme)}系列活动之一。" if theme else "")


def _when(activity: Activity, record: ActivityRecord) -> str:
    first, last = record.first_day, record.last_day
    day = f"{first.year}年{first.month}月{first.day}日"
    if last != first:
        year = f"{last.year}年" if last.year != first.year else ""
        return f"{day}至{year}{last.month}月{last.day}日"
    hour = min(clock.local(session.starts_at) for session in activity.sessions.all()).hour
    part = "上午" if hour < FORENOON else "中午" if hour < NOON else "下午" if hour < EVENING else "晚上"
    return f"{day}{part}"


def _numbers(record: ActivityRecord) -> list[str]:
    about = "约" if record.exactness == "about" else ""
    told = []
    if record.on_site is not None:
        women = f"，其中女性{about}{record.women}人次" if record.women is not None else ""
        told.append(f"现场参加{about}{record.on_site}人次{women}。")
    if record.online is not None:
        told.append(f"线上观看{about}{record.online}次。")
    if record.given_out:
        things = "、".join(f"{what}{'约' if roughly else ''}{count}份" for what, count, roughly in record.given_out)
        told.append(f"现场发放{things}。")
    return told


def _missing(activity: Activity, record: ActivityRecord) -> list[str]:
    left = [_("讲了什么、谁说了哪句话、有什么变化：记录里没有，请补上一两句。")]
    if record.on_site is None:
        left.append(_("没有报人数，稿子里没写。"))
    if not record.photos and not activity.is_sensitive:
        left.append(_("没有照片。有的话可以在现场页补。"))
    return [str(line) for line in left]
