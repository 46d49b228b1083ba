"""The letter that brings a unit its link: who asks, what, until when, the one address, and how to send it back."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from jinguo.campaigns.dues import Due, ask_due, sign_due
from jinguo.campaigns.models import Ask, Campaign
from jinguo.federation.models import Link, Office, Unit
from jinguo.lib import clock
from jinguo.ui import dates

if TYPE_CHECKING:
    from jinguo.campaigns.queries.reminders import Line

LANGUAGE = "zh-hans"  # letters of an office to its units, whatever language the worker's machine speaks
SMS_TITLE = 40  # characters of a title in an SMS
SUBJECT = 100  # mail programs show one line; what is longer is cut here rather than anywhere


@dataclass(frozen=True)
class Letter:
    """Subject and plain text of one e-mail."""

    subject: str
    body: str


def circulation_letter(
    campaign: Campaign, unit: Unit, *, link: Link, address: str, token: str, asks: list[Ask]
) -> Letter:
    """The letter for one unit.

    Args:
        address: the path behind the link; it holds the secret.
        token: stands in the subject, so that an answer finds its matter.
    """
    with translation.override(LANGUAGE):
        title = f"{campaign.doc_number} {campaign.title}".strip()
        subject = _("请签收：%(title)s") % {"title": title}
        if len(subject) > SUBJECT:
            subject = subject[: SUBJECT - 1] + "…"
        parts = [
            _opening(campaign, unit),
            f"  {settings.URL}{address}",
            _asked(campaign, asks),
            _closing(campaign.office, link),
        ]
    return Letter(f"{subject} [{token}]", "\n\n".join(parts) + "\n")


def circulation_sms(campaign: Campaign, *, address: str) -> str:
    """The same by SMS: who, what, until when, the one address. The gateway puts its own signature in front."""
    with translation.override(LANGUAGE):
        return _("%(office)s：请签收《%(title)s》，%(due)s。点开就能看和签，只给贵单位：%(link)s") % {
            "office": campaign.office.unit.short_name,
            "title": campaign.title[:SMS_TITLE],
            "due": sign_due(campaign.sign_due_at, campaign.sign_due_origin).text,
            "link": f"{settings.URL}{address}",
        }


def digest_letter(office: Office, unit: Unit, lines: "list[Line]", *, address: str, token: str) -> Letter:
    """One private reminder of all that is near or late, worst first; it names nobody else.

    Args:
        lines: what the ladder or the officer has to say to this unit.
        address: the path of the unit's own list, with the link's secret.
    """
    now = clock.now()
    with translation.override(LANGUAGE):
        late = sum(line.is_late(now) for line in lines)
        subject = _("提醒：贵单位有 %(n)s 件事到期未办") if late else _("提醒：贵单位有 %(n)s 件事要办")
        said = [_digest_line(line, line.is_late(now)) for line in lines]
        parts = [
            _("%(unit)s：") % {"unit": unit.name},
            _("您好。下面这些事还没有收到贵单位的消息，办过了请在链接里点一下；没有可报的，可以一键报“无”："),
            "\n".join(said),
            f"  {settings.URL}{address}",
            _("来不及的，期限前在链接里申请延期就行。这封信只发给贵单位；自动提醒一天最多一封。"),
            _signature(office),
        ]
    return Letter(f"{subject % {'n': late or len(lines)}} [{token}]", "\n\n".join(parts) + "\n")


def digest_sms(office: Office, lines: "list[Line]", *, address: str) -> str:
    """The same by SMS: how many things, the one that is latest and until when, the one address."""
    now = clock.now()
    late = sum(line.is_late(now) for line in lines)
    with translation.override(LANGUAGE):
        what, due = _thing(lines[0])
        said = _(
            "%(office)s提醒：%(n)s 件事到期未办，先办%(what)s（%(due)s）。办理、延期、报“无”都点这里，只给贵单位：%(link)s"
        )
        if not late:
            said = _(
                "%(office)s提醒：%(n)s 件事要办，先办%(what)s（%(due)s）。办理、延期、报“无”都点这里，只给贵单位：%(link)s"
            )
        return said % {
            "office": office.unit.short_name, "n": late or len(lines), "what": what, "due": due,
            "link": f"{settings.URL}{address}",
        }  # fmt: skip


def group_text(campaign: Campaign, address: str) -> str:
    """The text for a chat group: which notice, until when, one link for all, and what each unit does there."""
    due = sign_due(campaign.sign_due_at, campaign.sign_due_origin)
    return "\n".join(
        [
            _("【请签收】%(title)s") % {"title": campaign.title},
            *([campaign.doc_number] if campaign.doc_number else []),
            _("签收：%(due)s") % {"due": due.text},
            address,
            _("点开后找到自己的单位，用登记的邮箱或手机收个验证码就能签。登记过邮箱的，邮件里也有贵单位自己的链接。"),
            _("打不开的话，点右上角“…”选“在浏览器打开”。"),
        ]
    )


def _digest_line(line: "Line", late: bool) -> str:
    """One thing, its colour in words: blue before the due instant, orange after."""
    what, due = _thing(line)
    colour = _("【橙色·已过期限】") if late else _("【蓝色·快到期】")
    return f"- {colour}{what}：{due}"


def _thing(line: "Line") -> tuple[str, str]:
    """What is to be done, and until when."""
    if line.kind == "sign":
        due = sign_due(line.campaign.sign_due_at, line.campaign.sign_due_origin)
        return _("签收《%(title)s》") % {"title": line.campaign.title}, str(due.text)
    return line.thing.ask.title, str(ask_due(line.thing.ask, line.thing.due_at, line.thing.extended_to).text)


def _signature(office: Office) -> str:
    reach = _("有不清楚的，直接回这封信，或打电话 %(phone)s。") % {"phone": office.phone} if office.phone else ""
    signed = office.unit.name + (f"\n{office.department}" if office.department else "")
    return "\n\n".join(part for part in (reach, signed) if part)


def _opening(campaign: Campaign, unit: Unit) -> str:
    named = f"  {campaign.title}" + (f"\n  {campaign.doc_number}" if campaign.doc_number else "")
    return "\n\n".join(
        [
            _("%(unit)s：") % {"unit": unit.name},
            _("您好。%(office)s发来一份通知，请贵单位签收：") % {"office": campaign.office.unit.name},
            named,
            _("点开下面的链接就能看全文、签收，不用账号，也不用装什么："),
        ]
    )


def _asked(campaign: Campaign, asks: list[Ask]) -> str:
    sign = _said(sign_due(campaign.sign_due_at, campaign.sign_due_origin))
    lines = [
        _("请贵单位做的事："),
        _("1. 签收这份通知：%(due)s。") % {"due": sign},
        _("2. 办一场合适的活动。从哪一条办起，链接里有，也可以自己定。"),
    ]
    if asks:
        lines.append(_("3. 办完告诉我们一声："))
        lines += [_("   - %(title)s：%(due)s。") % {"title": ask.title, "due": _said(ask_due(ask))} for ask in asks]
    return "\n".join(lines)


def _said(due: Due) -> str:
    return due.text + (_("（%(origin)s）") % {"origin": due.origin} if due.origin else "")


def _closing(office: Office, link: Link) -> str:
    last_day = dates.day_text(clock.local(link.expires_at).date(), clock.today())
    reach = _("有不清楚的，直接回这封信。")
    if office.phone:
        reach = _("有不清楚的，直接回这封信，或打电话 %(phone)s。") % {"phone": office.phone}
    signed = office.unit.name + (f"\n{office.department}" if office.department else "")
    return "\n".join(
        [
            _("这个链接只给贵单位，%(day)s 失效，请不要转到单位以外。") % {"day": last_day},
            _("不是贵单位的事，或者材料不全？打开链接，点“退回”就行。"),
            reach,
            "",
            signed,
        ]
    )
