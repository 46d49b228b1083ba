"""The values of a plan item: what each kind has, what they are called, how they read, and how typed ones are cleaned.

`Item.proposal` and `Item.values` hold these keys as JSON. What the reader puts in is `proposals`; who may change it and when
is `rules`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jinguo.notices.models import ItemKind

Words = str | Promise


class Force(models.TextChoices):
    """The notice's own word. Never raised or lowered by the house; a person may correct a misreading."""

    MUST = "要", _("要")
    MAY = "可", _("可（鼓励）")
    MUST_NOT = "不得", _("不得")
    PLEASE = "请", _("请")
    WILL = "将", _("将（计划）")


class Reach(models.TextChoices):
    """Whom an item reaches (DESIGN §4 Clause)."""

    EACH = "each", _("每个主送单位")
    SUITED = "suited", _("适合的单位（因地制宜）")
    ISSUER = "issuer", _("本级自办，不派给单位")


class EventKind(models.TextChoices):
    """Kinds of an own event (issue 2, item 4)."""

    CONGRESS = "congress", _("大会")
    SYMPOSIUM = "symposium", _("座谈会")
    JOB_FAIR = "job_fair", _("招聘会")
    EXHIBITION = "exhibition", _("展览")
    SHARING = "sharing", _("故事分享")
    MIXER = "mixer", _("联谊")
    READING = "reading", _("诵读、读书")
    TRAINING = "training", _("培训")
    LECTURE = "lecture", _("宣讲、讲座")
    VOLUNTEER = "volunteer", _("志愿服务")
    VISIT = "visit", _("走访慰问")
    RIGHTS = "rights", _("普法、维权")
    COMPETITION = "competition", _("比赛")
    SELECTION = "selection", _("评选")
    PERFORMANCE = "performance", _("演出")
    CEREMONY = "ceremony", _("揭牌、启动")
    FAMILY_EDUCATION = "family_education", _("家庭教育")
    MEDIA = "media", _("媒体宣传")
    OTHER = "other", _("其他")


class AskKind(models.TextChoices):
    """How a report duty is answered (DESIGN §4 Ask)."""

    EACH_ACTIVITY = "each_activity", _("每次活动报一件")
    CLOSING = "closing", _("最后报一份总结")
    DATED = "dated", _("到期报一份")


LABELS: dict[str, Words] = {
    "title": _("做什么"),
    "force": _("力度"),
    "bans": _("不得"),
    "reach": _("谁来做"),
    "venues": _("场所"),
    "groups": _("对象"),
    "brands": _("品牌"),
    "quantities": _("数量"),
    "event_kind": _("类型"),
    "date": _("日期"),
    "when": _("时间安排"),
    "time": _("几点前"),
    "value": _("电话、信箱或地址"),
    "facets": _("内容"),
    "to": _("报给"),
    "channel": _("信箱"),
    "ask_kind": _("怎么报"),
    "lead_department": _("牵头部门"),
    "responsible": _("负责人"),
}
_OTHER_LABELS: dict[tuple[str, str], Words] = {
    (ItemKind.THEME, "title"): _("主题"),
    (ItemKind.LINE, "title"): _("方面"),
    (ItemKind.OWN_EVENT, "title"): _("活动名称"),
    (ItemKind.REQUIREMENT, "title"): _("要求"),
    (ItemKind.REPORT_DUTY, "title"): _("报什么"),
    (ItemKind.REPORT_DUTY, "reach"): _("谁来报"),
    (ItemKind.RECIPIENT, "title"): _("主送单位"),
    (ItemKind.DEADLINE, "title"): _("什么的期限"),
    (ItemKind.DEADLINE, "date"): _("到哪一天"),
    (ItemKind.CONTACT, "title"): _("联系谁"),
}
_CARE = ("lead_department", "responsible")
FIELDS: dict[str, tuple[str, ...]] = {
    ItemKind.THEME: ("title",),
    ItemKind.LINE: ("title", *_CARE),
    ItemKind.MEASURE: (
        "title",
        "force",
        "bans",
        "reach",
        "venues",
        "groups",
        "brands",
        "quantities",
        "date",
        "when",
        *_CARE,
    ),
    ItemKind.OWN_EVENT: ("title", "event_kind", "date", "when", "facets", *_CARE),
    ItemKind.REQUIREMENT: ("title", "force", "bans", "reach"),
    ItemKind.REPORT_DUTY: ("title", "ask_kind", "to", "channel", "reach"),
    ItemKind.RECIPIENT: ("title",),
    ItemKind.DEADLINE: ("title", "date", "time"),
    ItemKind.CONTACT: ("title", "value"),
}
LONGEST_WHEN = 120  # characters of what a notice says of a time
LISTS = {"bans", "venues", "groups", "brands", "quantities", "facets"}
CHOICES: dict[str, type[models.TextChoices]] = {
    "force": Force, "reach": Reach, "event_kind": EventKind, "ask_kind": AskKind
}  # fmt: skip
CAN_LEAD = (ItemKind.LINE, ItemKind.MEASURE, ItemKind.OWN_EVENT)


@dataclass(frozen=True)
class Fact:
    """One value as it reads on a card.

    Attributes:
        text: "" when there is none.
        was: how the reader had it, where a person changed it; None when she did not.
    """

    name: str
    label: Words
    text: Words
    was: Words | None = None


def label_of(kind: str, name: str) -> Words:
    return _OTHER_LABELS.get((kind, name), LABELS[name])


def text_of(name: str, value: Any) -> Words:
    """How a value reads; "" for none."""
    if value in (None, "", []):
        return ""
    if isinstance(value, list):
        return "、".join(str(part) for part in value)
    if name == "date":
        day = date.fromisoformat(value)
        return f"{day.year}年{day.month}月{day.day}日"
    if name in CHOICES:
        return CHOICES[name](value).label if value in CHOICES[name].values else str(value)
    return str(value)


def facts(kind: str, values: Mapping[str, Any], proposal: Mapping[str, Any], *, by_person: bool = False) -> list[Fact]:
    """The values worth showing beside the title, each with the reading where it was changed.

    Args:
        by_person: the whole item was typed by a person, so there is no reading beside it.
    """
    found = []
    for name in FIELDS[kind]:
        now, was = values.get(name), proposal.get(name)
        changed = not by_person and (now or None) != (was or None)
        if name == "title" and not changed:
            continue
        text = text_of(name, now)
        open_day = name == "date" and kind == ItemKind.OWN_EVENT and not values.get("when")
        if text or changed or open_day:
            found.append(Fact(name, label_of(kind, name), text, (text_of(name, was) if changed else None)))
    return found


def changed(values: Mapping[str, Any], proposal: Mapping[str, Any]) -> bool:
    """Whether a person's values differ from the reading."""
    names = set(values) | set(proposal)
    return any((values.get(name) or None) != (proposal.get(name) or None) for name in names)


def words_of(text: str) -> list[str]:
    """A typed list: one a line or parted by 、 outside quotation marks, without repeats."""
    found, depth, part = list[str](), 0, ""
    for character in text.replace("\r", ""):
        depth += {"“": 1, "《": 1, "（": 1, "”": -1, "》": -1, "）": -1}.get(character, 0)
        if character == "\n" or (character in "、，,；;" and depth <= 0):
            found.append(part)
            part, depth = "", 0
        else:
            part += character
    cleaned = [re.sub(r"\s+", " ", word).strip() for word in [*found, part]]
    return list(dict.fromkeys(word for word in cleaned if word))
