"""The field sheet of a return (reference/reporting §10): its fields in order, and a filled sheet before it is saved.

Nothing here reads or writes the database. Sheets are filled from an activity record or from an earlier version; what was
brought along and what was typed is kept field by field.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jinguo.activities.models import Photo
from jinguo.activities.models.attendance import Exactness
from jinguo.activities.models.kinds import Kind
from jinguo.campaigns.models import Clause
from jinguo.reports.models import ReturnVersion
from jinguo.reports.models.returned import FormKind

PHOTOS = 3  # 照片 0—3
TYPED = "typed"


@dataclass(frozen=True)
class Field:
    """One field of the sheet. `unit` is set for numbers; `about`: the column that says 约, if it has one."""

    name: str
    label: str | Promise
    unit: str | Promise = ""
    about: str = ""

    @property
    def is_number(self) -> bool:
        return bool(self.unit)


FIELDS: tuple[Field, ...] = (
    Field("title", _("活动名称")),
    Field("held_on", _("时间")),
    Field("ended_on", _("到哪天结束")),
    Field("place", _("地点")),
    Field("cohosts", _("联办")),
    Field("kind", _("形式")),
    Field("on_site", _("现场参加"), _("人次"), "on_site_about"),
    Field("women", _("其中妇女"), _("人次"), "women_about"),
    Field("online", _("线上观看"), _("次"), "online_about"),
    Field("benefited", _("服务或受益"), _("人"), "benefited_about"),
    Field("deeds", _("办实事"), _("件")),
    Field("summary", _("简介")),
    Field("body", _("正文")),
    Field("story", _("典型事例")),
    Field("difficulties", _("困难和建议")),
    Field("web_link", _("网页链接")),
)
NAMES = tuple(one.name for one in FIELDS)
ABOUTS = tuple(one.about for one in FIELDS if one.about)
NUMBERS = tuple(one.name for one in FIELDS if one.is_number)
SIGNERS = ("reporter", "phone", "approver")
LABELS: dict[str, str | Promise] = {one.name: one.label for one in FIELDS} | {
    "clauses": _("对应条款"),
    "photos": _("照片"),
    "": _("整件"),
}

FORM_OF: dict[Any, Any] = {
    Kind.CONGRESS: FormKind.SYMPOSIUM,
    Kind.SYMPOSIUM: FormKind.SYMPOSIUM,
    Kind.JOB_FAIR: FormKind.JOB_FAIR,
    Kind.EXHIBITION: FormKind.CULTURE,
    Kind.SHARING: FormKind.LECTURE,
    Kind.MIXER: FormKind.CULTURE,
    Kind.READING: FormKind.CULTURE,
    Kind.TRAINING: FormKind.LECTURE,
    Kind.LECTURE: FormKind.LECTURE,
    Kind.VOLUNTEER: FormKind.VOLUNTEER,
    Kind.VISIT: FormKind.VISIT,
    Kind.RIGHTS: FormKind.LAW,
    Kind.COMPETITION: FormKind.CULTURE,
    Kind.PERFORMANCE: FormKind.CULTURE,
    Kind.FAMILY_EDUCATION: FormKind.LECTURE,
    Kind.MEDIA: FormKind.ONLINE,
}


@dataclass
class Sheet:
    """A filled sheet.

    Attributes:
        values: column → value; a missing number is None, never 0.
        clauses: the clauses it answers; photos: at most three pictures of the activity.
        sources: field → where the value came from.
        doubts: what was asked before sending, with the reasons given.
    """

    values: dict[str, Any]
    clauses: list[Clause] = field(default_factory=list)
    photos: list[Photo] = field(default_factory=list)
    sources: dict[str, dict[str, str]] = field(default_factory=dict)
    doubts: list[dict[str, str]] = field(default_factory=list)

    def brought(self) -> set[str]:
        """The fields that were filled for her."""
        return {name for name, source in self.sources.items() if source["from"] != TYPED}


def sheet_from_record(record: Any) -> Sheet:
    """Everything an activity record already knows (activities.queries.ActivityRecord), with nothing typed again."""
    about = record.exactness == Exactness.ABOUT
    last = record.last_day if record.last_day != record.first_day else None
    values: dict[str, Any] = {
        "title": record.title,
        "held_on": record.first_day,
        "ended_on": last,
        "place": record.place,
        "body": record.story,
        "cohosts": "、".join(record.cohosts),
        "kind": FORM_OF.get(record.kind, FormKind.OTHER),
        "on_site": record.on_site,
        "women": record.women,
        "online": record.online,
        "on_site_about": about and record.on_site is not None,
        "women_about": about and record.women is not None,
        "online_about": about and record.online is not None,
    }
    sheet = Sheet(values, list(record.clauses), list(record.photos)[:PHOTOS])
    there = [name for name in NAMES if values.get(name) not in (None, "")]
    there += [name for name, many in (("clauses", sheet.clauses), ("photos", sheet.photos)) if many]
    sheet.sources = {name: {"from": f"activity:{record.code}.{name}"} for name in there}
    return sheet


def sheet_from_version(version: ReturnVersion) -> Sheet:
    """The sheet as an earlier version had it, sources and all."""
    values = {name: getattr(version, name) for name in (*NAMES, *ABOUTS, *SIGNERS)}
    clauses = [link.clause for link in version.clause_links.all()]
    photos = [link.photo for link in version.photo_links.all()]
    return Sheet(values, clauses, photos, dict(version.sources), list(version.doubts))


def sources_of(values: dict[str, Any], clauses: Iterable[Clause], base: Sheet | None) -> dict[str, dict[str, str]]:
    """Where each filled field of a form comes from: unchanged since `base` keeps its source, the rest was typed."""
    found: dict[str, dict[str, str]] = {}
    for name in NAMES:
        value = values.get(name)
        if value in (None, ""):
            continue
        kept = base is not None and base.values.get(name) == value and name in base.sources
        found[name] = base.sources[name] if base is not None and kept else {"from": TYPED}
    chosen = {clause.pk for clause in clauses}
    if chosen:
        same = base is not None and chosen == {clause.pk for clause in base.clauses} and "clauses" in base.sources
        found["clauses"] = base.sources["clauses"] if base is not None and same else {"from": TYPED}
    if base is not None and "photos" in base.sources:
        found["photos"] = base.sources["photos"]
    return found
