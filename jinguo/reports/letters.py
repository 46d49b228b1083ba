"""What is written to a unit about its reports. In Chinese, whoever pressed the button: units read it."""

import re
from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import gettext as _

from jinguo.federation.models import Office, Unit
from jinguo.lib.texts import inner, quote
from jinguo.reports.models import Adoption, Return, ReturnVersion
from jinguo.reports.sheet import LABELS

LANGUAGE = "zh-hans"


def back_letter(given: Return, version: ReturnVersion, notes: dict[str, str], *, where: str) -> tuple[str, str]:
    """(subject, body): what to mend, field by field, and the address where it is mended."""
    title, office = version.title or given.obligation.ask.title, given.campaign.office
    with translation.override(LANGUAGE):
        lines = [f"{LABELS[field]}：{note}" for field, note in notes.items()]
        body = _(
            "%(unit)s：\n\n您报来的“%(title)s”收到了，还有几处请补一补：\n\n%(notes)s\n\n"
            "点下面的链接就能改，原来填的都在，不用重写：\n%(where)s\n\n%(office)s%(department)s\n%(phone)s\n"
        ) % {"unit": given.unit.name, "title": inner(title), "notes": "\n".join(lines), "where": where, **_from(office)}
        return _("请补一补：%(title)s") % {"title": title}, body


def adopted_letter(office: Office, unit: Unit, rows: Iterable[Adoption], *, where: str) -> tuple[str, str]:
    """(subject, body): what of a unit's was used where, in the order of the paper; nothing is counted or compared."""
    told = sorted(rows, key=lambda row: [int(number) for number in re.findall(r"\d{1,6}", row.where)])
    lines = [f"{number}. {quote(_title(row))}：{row.where}" for number, row in enumerate(told, 1)]
    with translation.override(LANGUAGE):
        paper = told[0].summary if told else None
        what = _("写进了《%(title)s》，用的是贵单位的原话。") % {"title": paper.title} if paper else ""
        body = _(
            "%(unit)s：\n\n贵单位报来的信息用上了，谢谢。%(what)s\n\n%(lines)s\n\n"
            "报过的都在这里：\n%(where)s\n\n这封信只发给贵单位，不排名、不通报。\n\n%(office)s%(department)s\n%(phone)s\n"
        ) % {"unit": unit.name, "what": what, "lines": "\n".join(lines), "where": where, **_from(office)}
        return _("贵单位的信息被采用了"), body


def _from(office: Office) -> dict[str, str]:
    return {"office": office.unit.name, "department": office.department, "phone": office.phone}


def _title(adoption: Adoption) -> str:
    return adoption.version.title or adoption.given.obligation.ask.title
