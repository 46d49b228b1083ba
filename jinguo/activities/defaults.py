"""What a form begins with when somebody says what she wants to hold: hours, seats, for whom. Every value may be changed."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from django.utils.translation import gettext as _

from jinguo.activities.models.activity import Audience, Venue, Visibility
from jinguo.activities.models.kinds import KIND_OF, Kind, SubKind


@dataclass(frozen=True)
class Usual:
    """How such a thing is usually held; None: the form's own value stays.

    Attributes:
        seats: None: come as you are. bring: whether something is brought along, see `BRING`.
    """

    starts: str | None = None
    ends: str | None = None
    seats: int | None = None
    each: int | None = None
    venue: str | None = None
    audiences: tuple[str, ...] = ()
    visibility: str | None = None
    minors: bool = False
    discreet: bool = False


_INVITED = Visibility.INTERNAL
USUAL: dict[str, Usual] = {
    Kind.CONGRESS: Usual("09:00", "11:00", 300, 1, visibility=_INVITED),
    Kind.SYMPOSIUM: Usual("15:00", "17:00", 40, 1, visibility=_INVITED),
    Kind.JOB_FAIR: Usual("09:00", "16:00", audiences=(Audience.JOB_SEEKERS,)),
    Kind.EXHIBITION: Usual("09:30", "17:00", audiences=(Audience.EVERYONE,)),
    Kind.SHARING: Usual("14:30", "16:30", 60, 1),
    Kind.MIXER: Usual("14:00", "17:00", 40, 1, audiences=(Audience.SINGLES,)),
    Kind.READING: Usual("19:00", "20:30", 30, 1, Venue.COMMUNITY),
    Kind.TRAINING: Usual("09:00", "11:30", 30, 1),
    Kind.LECTURE: Usual("15:00", "16:30", venue=Venue.COMMUNITY),
    Kind.VOLUNTEER: Usual("09:00", "11:30", venue=Venue.COMMUNITY),
    Kind.VISIT: Usual("09:00", "11:00", visibility=_INVITED),
    Kind.RIGHTS: Usual("15:00", "16:30", 60, 1, audiences=(Audience.EVERYONE,)),
    Kind.COMPETITION: Usual("14:00", "17:00", 36, 1),
    Kind.PERFORMANCE: Usual("19:00", "20:30", audiences=(Audience.EVERYONE,)),
    Kind.CEREMONY: Usual("10:00", "11:00"),
    Kind.FAMILY_EDUCATION: Usual("19:00", "20:30", 80, 2, Venue.SCHOOL, (Audience.FAMILIES,)),
    Kind.MEDIA: Usual("09:00", "18:00", venue=Venue.WEBSITE),
    SubKind.UNVEILING: Usual("10:00", "11:00"),
    SubKind.LAUNCH: Usual("09:30", "11:00"),
    SubKind.AWARD_AT_HOME: Usual(
        "10:00", "11:30", venue=Venue.COMMUNITY, audiences=(Audience.RURAL, Audience.EVERYONE)
    ),
    SubKind.PARENT_CHILD: Usual("09:30", "11:00", 60, 3, audiences=(Audience.FAMILIES,), minors=True),
    SubKind.READING_CIRCLE: Usual("19:00", "20:30", 20, 1, Venue.COMMUNITY, (Audience.EVERYONE,)),
    SubKind.FAMILY_STORIES: Usual("14:30", "16:30", 60, 3, Venue.FAMILY, (Audience.FAMILIES, Audience.ELDERLY)),
    SubKind.SMALL_STOOL: Usual("15:00", "16:00", venue=Venue.COMMUNITY, audiences=(Audience.RURAL, Audience.ELDERLY)),
    SubKind.LIVE_TALK: Usual("19:30", "20:30", venue=Venue.WEBSITE, audiences=(Audience.EVERYONE,)),
    SubKind.SKILLS: Usual("09:00", "11:30", 30, 1, audiences=(Audience.JOB_SEEKERS, Audience.RURAL)),
    SubKind.WOMEN_FAIR: Usual("09:00", "16:00", audiences=(Audience.JOB_SEEKERS, Audience.RURAL)),
    SubKind.STUDENT_FAIR: Usual("13:30", "17:00", venue=Venue.SCHOOL, audiences=(Audience.STUDENTS,)),
    SubKind.LEGAL_AID_DAY: Usual("09:00", "11:30", 12, 1, audiences=(Audience.IN_NEED, Audience.EVERYONE)),
    SubKind.LAW_TALK: Usual("15:00", "16:30", 60, 1, audiences=(Audience.WORKERS, Audience.EVERYONE)),
    SubKind.TO_COUNTRY: Usual("09:00", "11:30", venue=Venue.COMMUNITY, audiences=(Audience.RURAL,)),
    SubKind.FREE_CLINIC: Usual(
        "09:00", "11:30", venue=Venue.COMMUNITY, audiences=(Audience.ELDERLY, Audience.EVERYONE)
    ),
    SubKind.HARDSHIP_VISIT: Usual("09:00", "11:00", visibility=_INVITED, discreet=True),
    SubKind.WORKS_SHOW: Usual("09:30", "17:00", audiences=(Audience.EVERYONE,)),
    SubKind.SKILLS_CONTEST: Usual("14:00", "17:00", 36, 1, Venue.NEW_ORGANISATION, (Audience.WORKERS,)),
}


def bring(name: str) -> str:
    """What people usually bring along; "" for nothing."""
    words: dict[str, str] = {
        SubKind.PARENT_CHILD: _("一本孩子喜欢的书"),
        Kind.JOB_FAIR: _("身份证和简历；没有简历可以现场做"),
        SubKind.WOMEN_FAIR: _("身份证和简历；没有简历可以现场做"),
        SubKind.STUDENT_FAIR: _("学生证和简历；没有简历可以现场做"),
        SubKind.LEGAL_AID_DAY: _("和事情有关的材料，没有也可以来问"),
        SubKind.SMALL_STOOL: _("自己的小板凳"),
    }
    return str(words.get(name, ""))


def usual_values(name: str) -> dict[str, Any]:
    """First values of the form for a kind or a subkind; nothing for a word that is neither."""
    usual = USUAL.get(name)
    if usual is None:
        return {}
    told = {field.name: value for field in fields(usual) if (value := getattr(usual, field.name)) not in (None, ())}
    return {
        **told, "audiences": list(usual.audiences), "admission": "walk_in" if usual.seats is None else "seats",
        "kind": kind_value(name), "bring": bring(name),
    }  # fmt: skip


def kind_value(name: str) -> str:
    """A kind, or a subkind after its kind, as the form's choice says it: `reading`, `reading.parent_child`."""
    return f"{KIND_OF[name]}.{name}" if name in KIND_OF else name


def kind_groups() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Every kind with its subkinds, as a select shows them."""
    for value, label in Kind.choices:
        finer = [(kind_value(one.value), str(one.label)) for one in SubKind if KIND_OF[one] == value]
        yield str(label), [(value, str(label)), *finer]
