"""May the text of a notice be mended here, and by whom? The raw file never is; a mended text becomes a notice of its own."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from jinguo.federation import policy
from jinguo.gongwen import Record
from jinguo.gongwen.checking.bodies import same_body
from jinguo.lib.rulings import YES, Ruling, no
from jinguo.notices.models import Notice, NoticeState


def is_ours(notice: Notice, record: Record) -> Ruling:
    """Is the text the office's own to change? A paper another body signed is evidence, not a draft."""
    issuer = record.issuer.text if record.issuer else ""
    unit = notice.office.unit
    if not issuer or same_body(issuer, unit.name) or same_body(issuer, unit.short_name):
        return YES
    return no(_("这份是%(issuer)s发的，不是本单位起草的，原文不改；下面只列出来供参考。") % {"issuer": issuer})


def may_correct(notice: Notice, by: Any, record: Record) -> Ruling:
    """May this person bring in the mended text as a notice, now?"""
    if not policy.may(by, "notice.create", notice.office.unit):
        return no(_("只有发文单位的经办人可以收文。"))
    if notice.state == NoticeState.PLANNED:
        return no(_("计划已经定下。要换正文，请先在“圈定单位”一步退回；已经发出的不能再改。"))
    if notice.state != NoticeState.READ:
        return no(_("这份通知已经作废或者还没有读完，不能据它改正。"))
    return is_ours(notice, record)
