"""Signing for a unit that cannot (上级代签收), saying 「没有」 for it, and telling the unit what was done in its name."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from jinguo.campaigns import rules
from jinguo.campaigns.actions import obligations
from jinguo.campaigns.actions.circulation import REASON_CHARACTERS, record, signer_said
from jinguo.campaigns.letters import LANGUAGE
from jinguo.campaigns.models import Circulation, Obligation
from jinguo.campaigns.models.circulation import SignedHow
from jinguo.federation import policy
from jinguo.federation.actions.links import make_link
from jinguo.federation.models import Unit, User
from jinguo.federation.models.link import Purpose
from jinguo.lib import clock, ids
from jinguo.lib.errors import Invalid, Refused, Stale
from jinguo.lib.hold import hold
from jinguo.lib.rulings import require
from jinguo.lib.texts import inner
from jinguo.messages.actions import queue_message
from jinguo.people.actions import keep_apart


def acting_unit(by: Any, unit: Unit) -> Unit | None:
    """The federation above `unit` in whose name this person acts by proxy; None where she may not."""
    if not isinstance(by, User):
        return None
    posts = [post.unit for post in policy.held_posts(by) if post.unit.is_above(unit)]
    return next((one for one in posts if policy.may(by, "obligation.proxy", unit)), None)


def sign_for_unit(copy: Circulation, *, by: Any, whom: str, reason: str) -> None:
    """Sign in the unit's name, with who did it and why the unit could not; the unit is told and may sign itself.

    Args:
        whom: who at the unit knows of it, by name or post.

    Raises:
        Invalid: nobody, or no reason, or too long.
        Stale: the unit signed or sent it back in the meantime.
    """
    if copy.signed_how == SignedHow.PROXY:
        return
    require(rules.circulation.may_sign_for(copy, by))
    why, signer, unit = reason_given(reason), signer_said(whom), acting_unit(by, copy.unit)
    said = {"whom": signer, "reason": why, "unit": unit.code if unit else ""}
    keep_apart(copy.campaign.office, copy.unit, "sign_for", copy.code, said, by=by)
    note_signed_for(copy, unit=unit, whom=signer, why=why, at=clock.now(), by=by, signed_by=by.actor_code)


def note_signed_for(
    copy: Circulation, *, unit: Unit | None, whom: str, why: str, at: datetime, by: Any, signed_by: str
) -> None:
    """A federation above signed in the unit's name at this moment; the unit is told."""
    copy.signer, copy.signed_note = whom, why
    with transaction.atomic():
        moved = Circulation.objects.filter(pk=copy.pk, signed_at=None, sent_back_at=None).update(
            signed_at=at, signed_how=SignedHow.PROXY, signed_by=signed_by, proxy_unit=unit,
            signer_sealed=copy.signer_sealed, signed_note_sealed=copy.signed_note_sealed,
        )  # fmt: skip
        copy.refresh_from_db()
        if not moved and (copy.signed_how, copy.proxy_unit_id) == (SignedHow.PROXY, unit.pk if unit else None):
            return
        if not moved:
            raise Stale(_("这个单位刚刚自己签收或退回了，没有代签。请刷新页面看看。"))
        record("sign_by_proxy", copy, by, proxy=unit.code if unit else "")
        with translation.override(LANGUAGE):
            what = _("替贵单位签收了《%(title)s》") % {"title": copy.campaign.title}
        tell_unit(copy, unit=unit, what=what, why=why, by=by)


def zero_report_for_unit(duty: Obligation, *, reason: str, why: str, by: Any) -> None:
    """Say 「没有」 in the name of a unit that cannot; it is told, and may take it back or report. Said twice it is said once.

    Args:
        reason: why there is nothing; `why`: why the unit does not say so itself.

    Raises:
        Invalid: one of the two is missing.
        Stale: the unit reported, or was exempted, in the meantime.
    """
    unit = acting_unit(by, duty.unit)
    if _said_for(duty, unit):
        return
    require(rules.obligations.may_report_for(duty, by))
    if unit is None:
        raise Refused(_("代报由这个单位的上级县（区）妇联办。"))
    cause = obligations.reason_said(reason, _("请选一个原因，或者写几个字。"))
    said = reason_given(why)
    kept = {"reason": cause, "why": said, "unit": unit.code}
    keep_apart(duty.ask.campaign.office, duty.unit, "zero_for", duty.code, kept, by=by)
    note_zero_by(duty, unit=unit, cause=cause, why=said, at=clock.now(), by=by)


def note_zero_by(duty: Obligation, *, unit: Unit, cause: str, why: str, at: datetime, by: Any) -> None:
    """A federation above said 「没有」 in the unit's name at this moment; the unit is told."""
    with transaction.atomic():
        hold(duty)
        if _said_for(duty, unit):
            return
        obligations.note_zero_for(duty, unit=unit, reason=cause, why=why, at=at, by=by)
        rows = Circulation.objects.filter(campaign=duty.ask.campaign, unit=duty.unit)
        copy = rows.select_related("campaign__office__unit", "unit").first()
        if copy is not None:
            with translation.override(LANGUAGE):
                what = _("替贵单位在“%(title)s”里报了“无”（%(reason)s）") % {
                    "title": inner(duty.ask.title),
                    "reason": cause,
                }
            tell_unit(copy, unit=unit, what=what, why=why, by=by)


def _said_for(duty: Obligation, unit: Unit | None) -> bool:
    return unit is not None and Obligation.objects.filter(pk=duty.pk, proxy_unit=unit).exclude(zero_at=None).exists()


def reason_given(reason: str) -> str:
    """Why a unit cannot do it itself, in one line.

    Raises:
        Invalid: none, or longer than `REASON_CHARACTERS`.
    """
    why = " ".join(reason.split())
    if not why:
        raise Invalid(_("请写一句为什么由上级代办，单位会看到。"), "reason")
    if len(why) > REASON_CHARACTERS:
        raise Invalid(_("原因请控制在 200 字以内。"), "reason")
    return why


def tell_unit(copy: Circulation, *, unit: Unit | None, what: str, why: str, by: Any) -> None:
    """Write to the unit what was done in its name and how it corrects it, in the caller's transaction. Where no address is
    registered, its own page says so the next time it is opened."""
    address = copy.unit.mail_addresses.order_by("position").first()
    if address is None:
        return
    office = copy.campaign.office
    until = clock.now() + timedelta(days=office.link_days)
    _link, secret = make_link(Purpose.UNIT, unit=copy.unit, kind="circulation", code=copy.code, expires_at=until, by=by)
    token = ids.short_token()
    with translation.override(LANGUAGE):
        subject = _("上级代办告知：%(title)s") % {"title": copy.campaign.title[:60]}
        body = _(
            "%(unit)s：\n\n%(who)s%(what)s。原因：%(why)s\n\n"
            "不对的话，点下面的链接自己签、自己报，以贵单位自己的为准：\n  %(where)s\n\n%(office)s\n"
        ) % {
            "unit": copy.unit.name, "who": unit.name if unit else office.unit.name, "what": what, "why": why,
            "where": settings.URL + reverse("workspace:link", kwargs={"link": secret}), "office": office.unit.name,
        }  # fmt: skip
    queue_message(
        office, key=f"proxy:{copy.code}:{token}", to=address.address, subject=f"{subject} [{token}]", body=body,
        about=("circulation", copy.code), token=token,
    )  # fmt: skip
