"""The evidence of one circulation: what happened when, by whom, as the facts and the journal have it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinguo.campaigns.models import Circulation, Device
from jinguo.campaigns.models.circulation import FOR_IT
from jinguo.federation.models import Link, User
from jinguo.journal.models import Entry
from jinguo.journal.queries import history

KIND = "circulation"
ACTIONS = {
    "circulation.send": gettext_lazy("发出链接和邮件"),
    "circulation.deliver": gettext_lazy("邮件服务器收下"),
    "circulation.undeliverable": gettext_lazy("邮件没有送到"),
    "circulation.read": gettext_lazy("页面在眼前打开过"),
    "circulation.sign": gettext_lazy("签收"),
    "circulation.sign_by_phone": gettext_lazy("电话代签收"),
    "circulation.sign_by_proxy": gettext_lazy("上级代签收"),
    "circulation.forward": gettext_lazy("转发给下级"),
    "circulation.send_back": gettext_lazy("退回"),
    "circulation.take_again": gettext_lazy("收回退回"),
    "circulation.reissue": gettext_lazy("换新链接重发"),
    "circulation.send_code": gettext_lazy("发验证码"),
    "circulation.show_code": gettext_lazy("要短码，换个设备打开"),
    "circulation.take_signature_back": gettext_lazy("撤销签收"),
    "circulation.nudge": gettext_lazy("手动提醒"),
    "circulation.call": gettext_lazy("打电话"),
    "link.revoke": gettext_lazy("作废链接"),
    "message.drop": gettext_lazy("撤下没发的邮件"),
}


@dataclass(frozen=True)
class Event:
    """One thing that happened, for the timeline: `state` is done, late or empty."""

    when: datetime
    text: str
    state: str = ""


@dataclass(frozen=True)
class Line:
    """One journal line in words."""

    at: datetime
    what: str
    who: str


def links_of(circulation: Circulation) -> list[Link]:
    """Every link made for it, newest first."""
    return list(Link.objects.filter(object_kind=KIND, object_code=circulation.code).order_by("-pk"))


def devices_of(links: list[Link]) -> int:
    """On how many browsers the most widely seen of these links was seen."""
    rows = Device.objects.filter(link__in=links).order_by().values("link").annotate(n=Count("pk"))
    return max((row["n"] for row in rows), default=0)


def timeline(circulation: Circulation, links: list[Link]) -> list[Event]:
    """What happened to this copy, in order of time."""
    found = [
        (circulation.campaign.issued_at, _("通知发出"), "done"),
        (circulation.queued_at, _("链接和邮件进了发信箱") if links else _("没有登记邮箱，发不了邮件"), ""),
        (circulation.delivered_at, _("对方的邮件服务器收下了"), "done"),
        (circulation.undeliverable_at, circulation.get_undeliverable_why_display(), "late"),
        (circulation.read_at, _("通知在对方眼前打开过，或办过一步"), "done"),
        (circulation.signed_at, _signed(circulation), "done"),
        (circulation.forwarded_at, _("转发给了下级"), "done"),
        (circulation.sent_back_at, _("退回：%(reason)s") % {"reason": circulation.sent_back_reason}, "late"),
    ]
    found += [(link.opened_at, _("链接第一次被打开（也可能是邮件扫描，不算已读）"), "") for link in links]
    found += [(link.revoked_at, _("链接作废"), "") for link in links]
    events = [Event(when, str(text), state) for when, text, state in found if when]
    return sorted(events, key=lambda event: event.when)


def _signed(circulation: Circulation) -> str:
    if not circulation.signed_at:
        return ""
    words = {"who": circulation.signer, "how": circulation.get_signed_how_display()}
    said = _("%(how)s：%(who)s") if circulation.signed_how in FOR_IT else _("签收：%(who)s（%(how)s）")
    return said % words + (f"。{circulation.signed_note}" if circulation.signed_note else "")


def journal_lines(circulation: Circulation) -> list[Line]:
    """The journal of this copy in words, newest first."""
    entries = history(KIND, circulation.code)
    names = _names(entries)
    return [
        Line(entry.at, str(ACTIONS.get(entry.action, entry.action)), names.get(entry.actor, _who(entry.actor)))
        for entry in entries
    ]


def _names(entries: list[Entry]) -> dict[str, str]:
    codes = {entry.actor.removeprefix("user:") for entry in entries if entry.actor.startswith("user:")}
    rows = User.objects.filter(code__in=codes).values_list("code", "display_name")
    return {f"user:{code}": name for code, name in rows}


def _who(actor: str) -> str:
    kinds = {"link": _("单位的链接"), "group": _("群链接"), "system": _("系统"), "user": _("已停用的账号")}
    return kinds.get(actor.split(":")[0], actor)
