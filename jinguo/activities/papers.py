"""What an activity's papers say: values in, the words for `papers.typ` out."""

import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jinguo.activities.models import Activity, Session, SignUp
from jinguo.activities.models.activity import ActivityState
from jinguo.activities.roll import mask_name, mask_phone, token_text
from jinguo.lib import clock
from jinguo.ui.dates import range_text

SOURCE = Path(__file__).with_name("papers.typ")
SPARE = 12  # empty lines of a sign-in sheet for those who come without a sign-up
ON_A_WALL = 160  # characters of the summary
NAMED = ("sheet", "lists", "badges", "plates", "cards")  # `ask` hangs on a wall and names nobody
OPENLY = ("badges", "plates")  # these show names to everybody in the hall


def paper_names(*, openly: bool, listed: bool, asked: bool = False) -> list[tuple[str, str, str]]:
    """The papers that can be printed of a session: code, name, what for.

    Args:
        openly: names may be shown in the hall; listed: somebody has a seat; asked: the public page asks the one question.
    """
    told = {
        "sheet": (_("签到表"), _("A4，带空行")),
        "lists": (_("分组名单"), _("A4，一组一页")),
        "cards": (_("二维码卡"), _("A4 一页八张，给没有手机的人")),
        "badges": (_("胸牌"), _("A4 一页八张")),
        "plates": (_("桌签"), _("A4 对折，一人一页")),
        "ask": (_("意见码"), _("A5，贴在出口，问一句有没有用")),
    }
    shown = {"sheet": True, "ask": asked} | dict.fromkeys(OPENLY, openly and listed)
    names = [name for name in told if shown.get(name, listed)]
    return [(name, *told[name]) for name in names]


def poster_words(activity: Activity, sessions: list[Session], address: str) -> dict[str, Any]:
    """A poster for the wall: what, when (of the `sessions` to come the first four), where, for whom, and the code that leads to
    its page."""
    first, now = sessions[0], clock.now()
    when = [range_text(session.starts_at, session.ends_at, now) for session in sessions[:4]]
    if len(sessions) > 4:
        when.append(_("……一共 %(n)s 场") % {"n": len(sessions)})
    where = "，".join(part for part in (activity.place, activity.address) if part)
    hosts = "、".join([activity.unit.name, *(cohost.name for cohost in activity.cohosts.all())])
    suits = "、".join(str(row.get_audience_display()) for row in activity.audiences.all())
    facts = [
        (_("时间"), "\n".join(when)),
        (_("地点"), where or (_("线上") if activity.online_url else "")),
        (_("怎么去"), activity.directions),
        (_("无障碍"), activity.access),
        (_("适合谁"), suits),
        (_("费用"), activity.cost or _("免费")),
        (_("带什么"), activity.bring),
        (_("谁来办"), hosts),
    ]
    phone = activity.contact_phone or activity.office.phone
    return {
        **_common(activity, "poster"),
        "theme": activity.campaign.theme if activity.campaign else "",
        "summary": _shortened(activity.summary),
        "facts": [[name, value] for name, value in facts if value],
        "call": _("扫码看详情，直接来") if first.walk_in else _("扫码报名"),
        "hint": _("不用注册，不装应用") if first.walk_in else _("只填称呼和手机号，不用注册，不装应用"),
        "contact": _("问一问：%(phone)s") % {"phone": phone} if phone else "",
        "code": {"qr_of": address},
    }


def ask_words(activity: Activity, address: str) -> dict[str, Any]:
    """What hangs at the way out: the one question, and the code that leads to its page."""
    return {
        **_common(activity, "ask"),
        "title": "" if activity.is_sensitive else activity.title,
        "heading": _("这场有用吗？"),
        "call": _("扫一扫，点一下"),
        "hint": _("一个问题，不写名字，不装应用"),
        "code": {"qr_of": address},
    }


def share_words(activity: Activity, sessions: list[Session]) -> dict[str, Any]:
    """The square picture a messenger shows beside the link: what, when, where."""
    first = sessions[0]
    off = activity.state == ActivityState.CANCELLED
    when = _("已取消") if off else range_text(first.starts_at, first.ends_at, first.starts_at)
    if len(sessions) > 1 and not off:
        when = _("%(when)s 等 %(n)s 场") % {"when": when, "n": len(sessions)}
    return {**_common(activity, "share"), "lines": [line for line in (when, activity.place) if line]}


def _shortened(text: str) -> str:
    """As much of it as people read on a wall, ending with a whole sentence where there is one."""
    whole = " ".join(text.split())
    if len(whole) <= ON_A_WALL:
        return whole
    sentences = whole[:ON_A_WALL].rpartition("。")
    return sentences[0] + "。" if sentences[0] else whole[: ON_A_WALL - 1] + "…"


def named_words(paper: str, session: Session, rows: Iterable[SignUp], door: str) -> dict[str, Any]:
    """A paper with the names of those who have a seat, in their order; masked where a name would shame.

    Args:
        door: the beginning of the addresses in guests' codes; a guest's six characters follow.
    """
    activity = session.activity
    guests = list(rows)
    base = {
        **_common(activity, paper),
        "title": _("活动") if activity.is_sensitive and paper == "cards" else activity.title,
        "when": range_text(session.starts_at, session.ends_at, clock.now()),
        "place": activity.place,
    }
    make = {"sheet": _sheet, "lists": _lists, "cards": _cards}.get(paper)
    return base | (make(activity, guests, door) if make else {"rows": [{"name": printed(row.name)} for row in guests]})


def _common(activity: Activity, paper: str) -> dict[str, Any]:
    english = (get_language() or "").startswith("en")
    return {
        "paper": paper, "title": activity.title, "brand": activity.office.unit.name, "language": "en" if english else "zh",
    }  # fmt: skip


def _name(activity: Activity, row: SignUp) -> str:
    return mask_name(row.name) if activity.is_sensitive else printed(row.name)


def printed(name: str) -> str:
    """A name without little pictures, of which no font for papers has one; as it stands where it is nothing else."""
    return "".join(c for c in name if unicodedata.category(c) != "So" and not "\ufe00" <= c <= "\ufe0f") or name


def _token(row: SignUp) -> str:
    """The six characters, never broken between lines."""
    return token_text(row.token).replace(" ", "\u00a0")


def _sheet(activity: Activity, guests: list[SignUp], door: str) -> dict[str, Any]:
    rows = [
        [str(n), _name(activity, row), str(row.seats), mask_phone(row.person.phone)[-4:], _token(row), ""]
        for n, row in enumerate(guests, 1)
    ]
    empty = [[str(len(rows) + n), "", "", "", "", ""] for n in range(1, SPARE + 1)]
    return {
        "heading": _("签到表"),
        "heads": [_("序"), _("称呼"), _("席"), _("手机后四位"), _("六位码"), _("签到")],
        "rows": rows + empty,
        "note": _("断网或没有手机时用这张表。活动后在现场页补记，纸交回主办单位销毁。空行给没报名、直接来的人。"),
    }


def _lists(activity: Activity, guests: list[SignUp], door: str) -> dict[str, Any]:
    groups: dict[str, list[SignUp]] = {}
    for row in guests:
        groups.setdefault(row.pool.name, []).append(row)
    return {
        "heading": _("名单"),
        "heads": [_("序"), _("称呼"), _("席")],
        "groups": [
            {
                "name": name if len(groups) > 1 else "",
                "count": _("%(people)s 位，%(seats)s 席") % {"people": len(rows), "seats": sum(r.seats for r in rows)},
                "rows": [[str(n), _name(activity, row), str(row.seats)] for n, row in enumerate(rows, 1)],
            }
            for name, rows in groups.items()
        ],
    }


def _cards(activity: Activity, guests: list[SignUp], door: str) -> dict[str, Any]:
    rows = [
        {
            "name": _name(activity, row), "token": _token(row), "qr_of": f"{door}{row.token}/",
            "seats": _("%(n)s 席") % {"n": row.seats},
        }
        for row in guests
    ]  # fmt: skip
    return {"rows": rows, "code-word": _("六位码"), "scan": _("到门口给工作人员看")}
