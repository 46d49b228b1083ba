"""What we write back: what was understood, and how to put it right by a plain reply. In Chinese, since units read them."""

from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinguo.campaigns.models import Clause
from jinguo.lib.mail import Letter
from jinguo.lib.texts import inner
from jinguo.mails.actions.deciding import Decision
from jinguo.mails.models import Fate, Kind, Mail
from jinguo.reports.metrics import NUMBERS
from jinguo.reports.models import ReturnVersion
from jinguo.reports.sheet import LABELS
from jinguo.reports.understanding.values import Found

LANGUAGE = "zh-hans"
_UNKNOWN = gettext_lazy(
    "您的来信收到了。发信的邮箱没有登记过，要由我们核对是哪个单位再登记。请回信写明单位全称；能用登记过的邮箱再发一次最快。"
)
SAID = ("title", "held_on", "ended_on", "place", "cohosts", "on_site", "women", "online", "benefited", "deeds")


def receipt(
    mail: Mail, letter: Letter, decision: Decision, token: str, photos: tuple[int, int] = (0, 0)
) -> tuple[str, str]:
    """(subject, body) of the receipt for one mail. `photos`: how many were kept with a return, and how many were left."""
    with translation.override(LANGUAGE):
        said = [*_understood(decision), *_of_photos(*photos), *_remarks(letter)]
        lines = [_opening(decision), *said, _closing(decision), _signature(mail)]
        head = _("撤回了：%(what)s") if decision.fate == Fate.WITHDRAWN else _("收到了：%(what)s")
        subject = head % {"what": _what(decision)}
    return f"{subject} [{token}]", "\n\n".join(line for line in lines if line) + "\n"


def help_receipt(mail: Mail, *, is_shared: bool) -> tuple[str, str]:
    """To a woman who asks for help: nothing of what she wrote, no telling subject; somebody else may read her mail.

    Args:
        is_shared: she wrote from a unit's mailbox, which her colleagues read: then not even the numbers to call.
    """
    with translation.override(LANGUAGE):
        if is_shared:
            return str(_("来信收到")), _("您好，来信收到了。") + f"\n\n{mail.office.unit.name}\n"
        phone = mail.office.phone
        text = _(
            "您好，来信收到了，会由专人看，只有她能看到。\n\n急的时候请直接打电话，任何时候都可以：110，12338，12348。"
        )
        more = _("也可以打 %(phone)s。") % {"phone": phone} if phone else ""
        return str(_("来信收到")), "\n\n".join(line for line in (text, more, mail.office.unit.name) if line) + "\n"


def parting_reason(*, joined: bool) -> str:
    """Why a return has a newer version, for its unit: an officer has parted or joined the mail it came in."""
    with translation.override(LANGUAGE):
        return str(_("一封信里说的是同一场，合成一件") if joined else _("一封信里说了几场，一场登记一件"))


def personal_reply(mail: Mail, text: str) -> str:
    """A person's answer, signed by her office."""
    with translation.override(LANGUAGE):
        return f"{text.strip()}\n\n{_signature(mail)}\n"


def _what(decision: Decision) -> str:
    many = [one for one in decision.tellings if one.fate == Fate.REPORTED]
    if decision.fate == Fate.REPORTED and len(many) > 1:
        first = str(many[0].told.fields["title"].value)[:40]
        return str(_("%(title)s等 %(n)s 场") % {"title": first, "n": len(many)})
    title = decision.fields["title"].value if "title" in decision.fields else ""
    if decision.fate in (Fate.CORRECTED, Fate.WITHDRAWN) and decision.given and decision.given.current:
        title = decision.given.current.title
    if decision.fate == Fate.SIGNED and decision.circulation:
        return str(decision.circulation.campaign.doc_number or decision.circulation.campaign.title)
    if decision.fate == Fate.ZEROED:
        return str(_("零报告"))
    return str(title or (decision.texts.subject if decision.texts else "") or _("您的来信"))[:60]


def _opening(decision: Decision) -> str:
    unit = _("%(unit)s：\n\n") % {"unit": decision.unit.name} if decision.unit else ""
    return unit + str(_opening_line(decision))


def _opening_line(decision: Decision) -> str:
    return _done_line(decision) or _waiting_line(decision)


def _done_line(decision: Decision) -> str:
    """What was done; "" where a person still has to look."""
    if decision.fate == Fate.SIGNED and decision.circulation:
        return _("您的回信收到了，已经登记为签收：《%(title)s》。") % {"title": decision.circulation.campaign.title}
    if decision.fate == Fate.REPORTED and decision.tellings and decision.obligation:
        many = sum(one.fate == Fate.REPORTED for one in decision.tellings)
        said = _("您报来的材料收到了，谢谢。里面有 %(n)s 场活动，一场一件，都登记在《%(notice)s》的“%(ask)s”下。")
        return said % ({"n": many} | _duty(decision))
    if decision.fate == Fate.REPORTED and decision.obligation:
        return _("您报来的材料收到了，谢谢。登记在《%(notice)s》的“%(ask)s”下。") % _duty(decision)
    if decision.fate == Fate.CORRECTED:
        return _("您的更正收到了，原来的一版也留着。")
    if decision.fate == Fate.WITHDRAWN and decision.given and decision.given.current:
        said = _("按您的来信，“%(title)s”撤回了，不再算数，也不会写进汇总。改好了再发一封来就行。")
        return said % {"title": inner(decision.given.current.title)}
    if decision.fate == Fate.ZEROED and decision.obligation:
        return _("收到了，《%(notice)s》的“%(ask)s”登记为零报告。以后有了再报就行。") % _duty(decision)
    if decision.fate == Fate.SAID_BEFORE:
        return _("您的来信收到了。同名、同一天的活动贵单位报过一次，这一封没有再登记。如果是另一场，请回信说一声。")
    return ""


_WAITING = {
    Fate.MISSING: gettext_lazy(
        "您的来信收到了，看着是活动信息，但没有找到活动名称或日期，还没有登记。请直接回信补上，比如“活动名称：……，活动时间：3月6日”。"
    ),
    Fate.INCOMPLETE: gettext_lazy(
        "您的来信收到了，看着有几场活动，但有的没有找到名称或日期，还没有登记。请直接回信补上，或者一场活动写一封信。"
    ),
    Fate.UNCLAIMED: _UNKNOWN,
    Fate.UNSURE: _UNKNOWN,
    Fate.ASKED: gettext_lazy("您的问题收到了，会有人答复您。"),
    Fate.PERSONAL: gettext_lazy(
        "您的来信收到了。里面有身份证号、银行卡号或当事人姓名，由经办人先看过再登记。报送用不着这些，下次不写更稳妥。"
    ),
    Fate.NO_ORIGINAL: gettext_lazy(
        "您的来信收到了，但没有对上说的是哪一件报送，还没有改动。请回信写明活动名称，或者直接回那一件的回执。"
    ),
}


def _waiting_line(decision: Decision) -> str:
    """What a person will do, and what the writer can do meanwhile."""
    if decision.fate in _WAITING:
        return str(_WAITING[decision.fate])
    if decision.kind == Kind.WITHDRAWAL:
        return _("您想撤回的来信收到了，那一件已经接收，由经办人看过再办。")
    if _is_picture(decision):
        return _(
            "您的来信收到了，里面是图片。图片里的字我们认不出来，经办人会看。方便的话，请把文字直接写在回信里，几句就行：什么活动、哪一天、在哪里、多少人。"
        )
    if decision.kind == Kind.OTHER:
        return _("您的来信收到了，经办人看过会办。")
    return _("您的来信收到了（%(kind)s），会由经办人看过再登记。") % {"kind": decision.kind.label}


def _duty(decision: Decision) -> dict[str, str]:
    """Which ask of which notice: last year's had the same name."""
    ask = decision.obligation.ask if decision.obligation else None
    return {"ask": inner(ask.title), "notice": ask.campaign.title} if ask else {"ask": "", "notice": ""}


def _is_picture(decision: Decision) -> bool:
    """Whether a mail says everything in its pictures."""
    texts = decision.texts
    return texts is not None and bool(texts.pictures) and not texts.papers and len("".join(texts.own.split())) < 20


def _understood(decision: Decision) -> list[str]:
    """What was read, one line each, so that a mistake is seen at a glance."""
    if decision.fate not in (Fate.REPORTED, Fate.CORRECTED, Fate.MISSING, Fate.UNSURE, Fate.INCOMPLETE):
        return []
    if decision.told:
        return [_("系统是这样理解的："), *_each(decision)]
    before = decision.given.current if decision.fate == Fate.CORRECTED and decision.given else None
    rows = _rows(decision.fields, decision.clause if decision.fate == Fate.REPORTED else None, before)
    return [_("系统是这样理解的：") + "\n" + "\n".join(rows)] if rows else []


def _rows(fields: dict[str, Found], clause: Clause | None, before: ReturnVersion | None = None) -> list[str]:
    """A line a field; `before`: what stood there until this mail."""
    rows = []
    for name in SAID:
        found = fields.get(name)
        if found is None:
            continue
        line = f"  {LABELS[name]}：{_said(name, found.value, found.about)}"
        was = getattr(before, name, None)
        if was not in (None, "", found.value):
            line += _("（原来是%(was)s）") % {"was": _said(name, was, getattr(before, f"{name}_about", False))}
        rows.append(line)
    return [*rows, f"  {LABELS['clauses']}：{clause}"] if clause is not None else rows


def _said(name: str, value: Any, about: bool) -> str:
    """A value as people write it: a day, a number with its unit."""
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    text = f"{value}{NUMBERS[name][1]}" if name in NUMBERS else str(value)
    return f"{_('约')}{text}" if about else text


def _each(decision: Decision) -> list[str]:
    """Every activity under its number, and what did not become of it."""
    tellings = decision.tellings or (None,) * len(decision.told)
    why = {
        Fate.SAID_BEFORE: _("报过了，没有再登记"),
        Fate.TO_LOOK_AT: _("还没有到日子，办完再报"),
        Fate.MISSING: _("缺名称或日期，没有登记"),
    }
    found = []
    for number, (told, one) in enumerate(zip(decision.told, tellings, strict=True), 1):
        head = _("第 %(n)s 场") % {"n": number}
        if one is not None and one.fate in why:
            head += f"（{why[one.fate]}）"
        found.append("\n".join([head, *_rows(told.fields, one.clause if one else None)]))
    return found


def _of_photos(kept: int, left: int) -> list[str]:
    """What became of the photographs, and that nobody in them was asked."""
    said = []
    if kept:
        said.append(
            _("照片收了 %(n)s 张，缩小了，拍摄地点也去掉了。没有问过照片里的人是否同意，所以只在内部用，不会公开。")
            % {"n": kept}
        )
    if left:
        said.append(
            _("另有 %(n)s 张照片留在信里，没有放进报送（一件最多三张，分不清是哪一场的也不放）。") % {"n": left}
        )
    return said


def _remarks(letter: Letter) -> list[str]:
    """Files that could not be read, and links that run out while nobody may open them for her."""
    said = []
    unread = "、".join(part.name for part in letter.parts if part.problem and part.name)[:200]
    if unread:
        said.append(
            _("这些附件没有读出来：%(names)s。请另存为 .docx 或 .pdf 再回信发来，或把文字直接贴在信里。")
            % {"names": unread}
        )
    if letter.links:
        names = "、".join(link.name for link in letter.links if link.name)[:200] or _("超大附件")
        said.append(
            _("“%(names)s”是超大附件，只是一个会过期的链接，我们没有打开。请压缩后作为普通附件发来。")
            % {"names": names}
        )
    return said


def _closing(decision: Decision) -> str:
    if decision.fate == Fate.REPORTED and len(decision.tellings) > 1:
        return _("哪里不对，直接回这封信写明是第几场就行，比如“更正：第 2 场参加人数应为 80 人”。")
    if decision.fate in (Fate.REPORTED, Fate.CORRECTED):
        return _("哪里不对，直接回这封信写明就行，比如“更正：参加人数应为 80 人”。")
    if decision.kind == Kind.SIGN:
        return _("活动情况也可以直接回信报来，正文或附件都行。")
    return _("有补充的，直接回这封信就行。")


def _signature(mail: Mail) -> str:
    office = mail.office
    return "\n".join(line for line in (f"{office.unit.name}{office.department}", office.phone) if line)
