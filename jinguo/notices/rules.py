"""Who may do what with a notice, and when. One question a function, answered with a sentence."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from jinguo.federation import policy
from jinguo.federation.models import Office
from jinguo.lib.rulings import YES, Ruling, no
from jinguo.notices.models import Decision, Item, ItemKind, Notice, NoticeState
from jinguo.notices.queries.desk import Progress

# who


def may_receive(office: Office, by: Any) -> Ruling:
    """May this person bring in a notice for this office?"""
    if policy.may(by, "notice.create", office.unit):
        return YES
    return no(_("只有发文单位的经办人可以收文。"))


def _may_confirm(notice: Notice, by: Any) -> Ruling:
    if policy.may(by, "notice.confirm", notice.office.unit):
        return YES
    return no(_("只有发文单位的经办人可以确认计划；您可以查看。"))


# when


def may_decide(notice: Notice, by: Any) -> Ruling:
    """May this person decide about the items and questions of this notice, now?"""
    who = _may_confirm(notice, by)
    if not who:
        return who
    if notice.state == NoticeState.READ:
        return YES
    return no(
        {
            NoticeState.PLANNED: _("计划已经定下。要改，请先在“圈定单位”一步退回；已经发出的不能再改。"),
            NoticeState.VOID: _("这份通知已经作废。"),
            NoticeState.UNREADABLE: _("这份文件读不了，没有可确认的内容。请换一份文件，或粘贴文字后重新收文。"),
            NoticeState.RECEIVED: _("文件还没有读完，请过一会儿再看。"),
        }[NoticeState(notice.state)]
    )


def may_split(item: Item, by: Any) -> Ruling:
    """Only own events are split or merged: what the notice numbers itself keeps its number."""
    ruling = may_decide(item.notice, by)
    if not ruling:
        return ruling
    if item.kind != ItemKind.OWN_EVENT or item.decision == Decision.REPLACED:
        return no(_("只有自办活动可以拆分或合并；通知自己编了号的条目不动。"))
    return YES


def may_reread(notice: Notice, by: Any) -> Ruling:
    """May this person have a file that could not be read tried again? Programs get better, machines less busy."""
    if not policy.may(by, "notice.create", notice.office.unit):
        return no(_("只有发文单位的经办人可以收文。"))
    if notice.state != NoticeState.UNREADABLE:
        return no(_("这份文件没有读不了的问题，不用再读。"))
    if notice.file.deleted_at is not None:
        return no(_("文件的内容已经销毁，没有可读的了。"))
    return YES


def may_void(notice: Notice, by: Any) -> Ruling:
    """May this person take the notice back? Not once it became a plan."""
    if not policy.may(by, "notice.void", notice.office.unit):
        return no(_("只有发文单位的经办人可以作废。"))
    if notice.state == NoticeState.PLANNED:
        return no(_("计划已经定下，不能作废。请先在“圈定单位”一步退回。"))
    if notice.state == NoticeState.VOID:
        return no(_("这份通知已经作废。"))
    return YES


def may_publish(notice: Notice, by: Any, progress: Progress) -> Ruling:
    """May the confirmed items become a plan, now? The sentence also stands on the disabled button."""
    ruling = may_decide(notice, by)
    if not ruling:
        return ruling
    if progress.tells_only:
        words = _("这是一份%(kind)s，只告知、不派任务，不产生工作计划。")
        return no(words % {"kind": progress.tells_only})
    if progress.settled:
        return YES if progress.clauses else no(_("没有一条确认的条目，成不了计划。请自己加一条，或换一份通知。"))
    left = []
    if progress.to_confirm:
        left.append(ngettext("确认 %(n)s 条", "确认 %(n)s 条", progress.to_confirm) % {"n": progress.to_confirm})
    if progress.questions:
        left.append(ngettext("定好 %(n)s 个问题", "定好 %(n)s 个问题", progress.questions) % {"n": progress.questions})
    if progress.unseen:
        left.append(ngettext("看完 %(n)s 句", "看完 %(n)s 句", progress.unseen) % {"n": progress.unseen})
    return no(_("%(left)s，就能定下计划。") % {"left": "、".join(left)})
