"""What a new activity may look like, from the words of the clause it serves and of its unit. Pure: words in, proposals out.

Only what the words say is proposed; a date is proposed only where the clause has one. A person looks at every value
before anything is kept.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from jinguo.activities.models.activity import Audience, Venue
from jinguo.activities.models.checklist import PointKind
from jinguo.activities.models.kinds import Kind
from jinguo.lib.texts import quote

KIND_WORDS: tuple[tuple[str, Kind], ...] = (
    ("招聘", Kind.JOB_FAIR), ("求职", Kind.JOB_FAIR), ("春风行动", Kind.JOB_FAIR),
    ("家庭教育", Kind.FAMILY_EDUCATION), ("家长", Kind.FAMILY_EDUCATION),
    ("诵读", Kind.READING), ("读书", Kind.READING), ("阅读", Kind.READING), ("共读", Kind.READING), ("书香", Kind.READING),
    ("志愿", Kind.VOLUNTEER), ("义诊", Kind.VOLUNTEER),
    ("普法", Kind.RIGHTS), ("维权", Kind.RIGHTS), ("法律", Kind.RIGHTS), ("权益", Kind.RIGHTS),
    ("联谊", Kind.MIXER), ("婚恋", Kind.MIXER), ("相亲", Kind.MIXER),
    ("揭牌", Kind.CEREMONY), ("挂牌", Kind.CEREMONY), ("启动", Kind.CEREMONY), ("送奖", Kind.CEREMONY), ("颁奖", Kind.CEREMONY),
    ("培训", Kind.TRAINING), ("技能", Kind.TRAINING), ("课堂", Kind.TRAINING),
    ("大赛", Kind.COMPETITION), ("比赛", Kind.COMPETITION), ("竞赛", Kind.COMPETITION),
    ("作品展", Kind.EXHIBITION), ("展览", Kind.EXHIBITION), ("书画展", Kind.EXHIBITION),
    ("分享会", Kind.SHARING), ("故事会", Kind.SHARING), ("家庭故事", Kind.SHARING),
    ("走访", Kind.VISIT), ("慰问", Kind.VISIT), ("看望", Kind.VISIT), ("关爱", Kind.VISIT),
    ("演出", Kind.PERFORMANCE), ("汇演", Kind.PERFORMANCE), ("文艺", Kind.PERFORMANCE),
    ("座谈", Kind.SYMPOSIUM), ("大会", Kind.CONGRESS),
    ("宣讲", Kind.LECTURE), ("讲座", Kind.LECTURE), ("微课", Kind.LECTURE), ("宣传教育", Kind.LECTURE),
    ("短视频", Kind.MEDIA), ("新媒体", Kind.MEDIA), ("报道", Kind.MEDIA), ("直播", Kind.MEDIA),
)  # fmt: skip
VENUE_WORDS: tuple[tuple[str, Venue], ...] = (
    ("社区", Venue.COMMUNITY), ("城乡", Venue.COMMUNITY), ("农村", Venue.COMMUNITY), ("村", Venue.COMMUNITY),
    ("学校", Venue.SCHOOL), ("校园", Venue.SCHOOL),
    ("新经济", Venue.NEW_ORGANISATION), ("新社会", Venue.NEW_ORGANISATION), ("企业", Venue.NEW_ORGANISATION),
    ("网站", Venue.WEBSITE), ("网络", Venue.WEBSITE), ("线上", Venue.WEBSITE),
    ("家庭", Venue.FAMILY),
)  # fmt: skip
AUDIENCE_WORDS: tuple[tuple[str, Audience], ...] = (
    ("求职", Audience.JOB_SEEKERS), ("就业困难", Audience.JOB_SEEKERS), ("失业", Audience.JOB_SEEKERS),
    ("大学生", Audience.STUDENTS), ("女生", Audience.STUDENTS),
    ("农村", Audience.RURAL), ("农家", Audience.RURAL), ("脱贫", Audience.RURAL),
    ("创业", Audience.FOUNDERS), ("女企业家", Audience.FOUNDERS),
    ("儿童", Audience.FAMILIES), ("亲子", Audience.FAMILIES), ("家长", Audience.FAMILIES), ("母亲", Audience.FAMILIES),
    ("妈妈", Audience.FAMILIES), ("家庭", Audience.FAMILIES),
    ("女职工", Audience.WORKERS), ("职业女性", Audience.WORKERS), ("女科技", Audience.WORKERS),
    ("新业态", Audience.NEW_TRADES), ("新就业", Audience.NEW_TRADES),
    ("单身", Audience.SINGLES), ("未婚", Audience.SINGLES),
    ("老年", Audience.ELDERLY), ("老人", Audience.ELDERLY),
    ("困难", Audience.IN_NEED), ("患病", Audience.IN_NEED), ("残疾", Audience.IN_NEED), ("受助", Audience.IN_NEED),
)  # fmt: skip
_NUMBERING = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*)+")
_LOCAL_CLASSES = {"home"}
_LOCAL_LEVELS = {"village", "township"}


@dataclass(frozen=True)
class ClauseWords:
    """The words of a clause that say something about an activity under it."""

    heading: str
    sentence: str = ""
    brands: tuple[str, ...] = ()
    venues: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    event_kind: str = ""
    event_on: date | None = None


@dataclass(frozen=True)
class Suggestion:
    """First values of a form; an empty one is left to the person."""

    title: str = ""
    kind: str = ""
    venue: str = ""
    audiences: tuple[str, ...] = ()
    day: date | None = None
    why: tuple[str, ...] = field(default=())


def suggest(clause: ClauseWords, *, unit_name: str, unit_class: str, level: str) -> Suggestion:
    """Propose title, kind, venue, audiences and day; `why` names the fields that came from the clause."""
    kind = (
        clause.event_kind
        if clause.event_kind in Kind.values
        else kind_of(*clause.brands, clause.heading, clause.sentence)
    )
    venues = unique(venue for word in clause.venues for venue in [_first(VENUE_WORDS, word)] if venue)
    local = unit_class in _LOCAL_CLASSES or level in _LOCAL_LEVELS
    venue = venues[0] if len(venues) == 1 else (Venue.COMMUNITY if local else "")
    audiences = unique(found for word in clause.groups for found in [_first(AUDIENCE_WORDS, word)] if found)
    title = title_of(clause, kind, unit_name)
    found = {"title": title, "kind": kind, "venue": len(venues) == 1, "audiences": audiences, "day": clause.event_on}
    why = tuple(name for name, value in found.items() if value)
    return Suggestion(title, kind, str(venue), tuple(audiences), clause.event_on, why)


def kind_of(*texts: str) -> str:
    """The kind whose word stands earliest in the first text that names one; "" when none does."""
    for text in texts:
        at = {text.find(word): kind for word, kind in reversed(KIND_WORDS) if word in text}
        if at:
            return str(at[min(at)])
    return ""


def title_of(clause: ClauseWords, kind: str, unit_name: str) -> str:
    """The brand with what is done, or the heading without its number; then the unit, as far as 100 characters go."""
    heading = without_number(clause.heading)
    brand = clause.brands[0].strip("“”\"'") if clause.brands else ""
    doing = str(Kind(kind).label).split("、")[0] if kind else ""
    what = f"{quote(brand)}{doing}" if brand else heading
    return f"{what[: 97 - len(unit_name)]} · {unit_name}" if what else ""


def without_number(heading: str) -> str:
    """A heading without the marker it begins with: 送法到身边 of 三、送法到身边."""
    return _NUMBERING.sub("", heading).strip("。；， 　")


def unique(values: "object") -> list[str]:
    """The values once each, in their order."""
    return list(dict.fromkeys(str(value) for value in values))  # type: ignore[attr-defined]


def _first(table: "tuple[tuple[str, object], ...]", text: str) -> str:
    return next((str(meaning) for word, meaning in table if word in text), "")


REQUIREMENTS = {
    PointKind.HEALTH: ("疫", "防控", "卫生", "健康", "口罩"),
    PointKind.CONTACT: ("联系人", "联系电话"),
    PointKind.SAFETY: ("安全", "预案", "应急"),
}


def requirement_kind(words: str) -> PointKind:
    """What a requirement of a notice is about, by its words; a person looks at it before it counts."""
    found = (kind for kind, marks in REQUIREMENTS.items() if any(mark in words for mark in marks))
    return next(found, PointKind.OTHER)
