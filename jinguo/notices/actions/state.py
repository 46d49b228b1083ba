"""Where a notice stands: taken back, turned into a plan, opened again. `campaigns` calls the last two."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jinguo.journal import actions as journal
from jinguo.lib.errors import Stale
from jinguo.lib.hold import hold
from jinguo.lib.rulings import require
from jinguo.notices import rules
from jinguo.notices.models import Notice, NoticeState
from jinguo.search import actions as search


def void_notice(notice: Notice, *, by: journal.Actor) -> Notice:
    """Take a notice back before it became a plan; its file and everything decided stay on record."""
    if notice.state == NoticeState.VOID:
        return notice
    require(rules.may_void(notice, by))
    with transaction.atomic():
        now = hold(notice)
        if now is not None and now.state == NoticeState.VOID:
            return now
        _move(
            notice,
            (NoticeState.RECEIVED, NoticeState.UNREADABLE, NoticeState.READ),
            NoticeState.VOID,
            "notice.void",
            by,
        )
        search.drop_thing("notice", notice.code)
    return notice


def mark_planned(notice: Notice, *, by: journal.Actor) -> None:
    """Its plan became a campaign. Raises Stale when somebody was faster."""
    _move(notice, (NoticeState.READ,), NoticeState.PLANNED, "notice.plan", by)


def reopen_notice(notice: Notice, *, by: journal.Actor) -> None:
    """Its draft campaign was taken back: items can be decided again."""
    _move(notice, (NoticeState.PLANNED,), NoticeState.READ, "notice.reopen", by)


def hold_open(notice: Notice) -> None:
    """Keep the notice open for decisions until the end of the transaction: a plan made meanwhile waits, or has won.

    Raises:
        Stale: the plan was made, or the notice taken back; nothing may be decided any more.
    """
    if not Notice.objects.filter(pk=notice.pk, state=NoticeState.READ).update(state=NoticeState.READ):
        raise Stale(_("计划刚刚已经定下，没有改动。要改，请先在“圈定单位”一步退回。"))


def _move(notice: Notice, sources: tuple[str, ...], target: NoticeState, act: str, by: journal.Actor) -> None:
    with transaction.atomic():
        if not Notice.objects.filter(pk=notice.pk, state__in=sources).update(state=target):
            raise Stale(_("这份通知刚刚变了状态，没有改动。请刷新后再看。"))
        notice.state = target
        journal.record(act, by=by, kind="notice", code=notice.code, owner=notice.office.unit.code)
