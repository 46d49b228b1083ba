"""What a person decides about one item: confirm, edit, reject, take back, add. Each decision is a row; the newest stands.

Every change holds the notice open (`state.hold_open`), so decisions about one notice follow one another, and is one
conditional UPDATE of the item; sent twice it has the same effect and writes once.

`known` is the newest decision the person had before her: where somebody decided since, hers is not written and she is told.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jinguo.journal import actions as journal
from jinguo.lib import clock, ids
from jinguo.lib.errors import Stale
from jinguo.lib.rulings import require
from jinguo.lib.texts import inner
from jinguo.notices import rules
from jinguo.notices.actions.state import hold_open
from jinguo.notices.models import Confirmation, Decision, Item, ItemKind, Notice
from jinguo.notices.queries.desk import newest_decision
from jinguo.notices.sentences import find_sentence, free_clause, hidden_in, place_after, selected, spans_of
from jinguo.notices.values import FIELDS, changed

_LIVE = (Decision.PROPOSED, Decision.CONFIRMED, Decision.EDITED, Decision.REJECTED)


def confirm_item(item: Item, *, by: journal.Actor, known: int | None = None) -> Item:
    """The item stands as it is.

    Raises:
        Stale: somebody decided otherwise since `known` (row of the newest decision seen; 0 for none; None: not asked).
    """
    require(rules.may_decide(item.notice, by))
    decision = Decision.EDITED if changed(item.values, item.proposal) else Decision.CONFIRMED
    at_once = item.decision in (Decision.CONFIRMED, Decision.EDITED)
    return _decide(item, decision, by, known=known, at_once=at_once)


def edit_item(item: Item, *, by: journal.Actor, known: int | None = None, **values: Any) -> Item:
    """The item stands with a person's values beside the reading; values not given stay as they are. Raises as above."""
    require(rules.may_decide(item.notice, by))
    merged = {**item.values, **values}
    decision = Decision.EDITED if changed(merged, item.proposal) else Decision.CONFIRMED
    same = merged == item.values and item.decision == decision
    return _decide(item, decision, by, values=merged, known=known, at_once=same)


def reject_item(item: Item, *, by: journal.Actor, known: int | None = None) -> Item:
    """The item is no task; its sentence has been seen. Raises as above."""
    require(rules.may_decide(item.notice, by))
    return _decide(item, Decision.REJECTED, by, known=known, at_once=item.decision == Decision.REJECTED)


def undo_item(item: Item, *, by: journal.Actor, known: int | None = None) -> Item:
    """Take a decision back: the item is the reader's proposal again; one a person added is no task. One made by splitting
    or merging gives way to what it was made of. What was decided before stays on record. Raises as above."""
    require(rules.may_decide(item.notice, by))
    if item.proposal.get("made_of"):
        return _unmake(item, by)
    if not item.proposal:
        return _decide(item, Decision.REJECTED, by, known=known, at_once=item.decision == Decision.REJECTED)
    at_once = item.decision == Decision.PROPOSED
    return _decide(item, Decision.PROPOSED, by, values=item.proposal, known=known, at_once=at_once)


def confirm_all(notice: Notice, *, by: journal.Actor, codes: Collection[str] | None = None) -> int:
    """Confirm every item still proposed, or those of `codes` that are; returns how many."""
    require(rules.may_decide(notice, by))
    moment, done = clock.now(), list[Confirmation]()
    with transaction.atomic():
        hold_open(notice)
        for item in notice.items.filter(decision=Decision.PROPOSED):
            if codes is not None and item.code not in codes:
                continue
            if Item.objects.filter(pk=item.pk, decision=Decision.PROPOSED).update(decision=Decision.CONFIRMED):
                done.append(
                    Confirmation(
                        item=item, decision=Decision.CONFIRMED, values=item.values, actor=by.actor_code, at=moment
                    )
                )
        Confirmation.objects.bulk_create(done)
        if done:
            journal.record(
                "notice.confirm_all",
                by=by,
                kind="notice",
                code=notice.code,
                owner=notice.office.unit.code,
                items=len(done),
            )
    return len(done)


def add_item(
    notice: Notice,
    *,
    kind: ItemKind,
    sentence: str,
    by: journal.Actor,
    at: tuple[int, int] | None = None,
    **values: Any,
) -> Item:
    """Add what the reader missed, by its words in the notice.

    Args:
        at: the very stretch of the raw text, where it was selected; it must say `sentence`. Else the first that does.

    Raises:
        Invalid: the words do not stand in the notice, or not there.
    """
    require(rules.may_decide(notice, by))
    reading = notice.readings.first()
    raw = reading.raw_text
    spans = spans_of(raw, *(selected(raw, at, sentence) if at else find_sentence(raw, sentence)), hidden_in(reading))
    start, end = spans[0]
    if "reach" in FIELDS[kind] or kind == ItemKind.OWN_EVENT:
        values = {"reach": "issuer" if kind == ItemKind.OWN_EVENT else "each", **values}
    values = {"title": "", **values}
    with transaction.atomic():
        hold_open(notice)
        twin = notice.items.filter(kind=kind, start=start, end=end, title=values["title"], ref="").standing().first()
        if twin is not None:  # the same press twice
            return twin
        named = kind not in (ItemKind.RECIPIENT, ItemKind.DEADLINE, ItemKind.CONTACT)
        item = Item.objects.create(
            code=ids.new_code(), notice=notice, position=place_after(notice, start), kind=kind,
            clause=free_clause(notice, "补") if named else "", title=values["title"][:200],
            quote="".join(raw[a:b] for a, b in spans), start=start, end=end, spans=[list(span) for span in spans],
            proposal={}, values=values, decision=Decision.EDITED,
        )  # fmt: skip
        record_decision(item, by, how="add")
    return item


def record_decision(item: Item, by: journal.Actor, **detail: Any) -> None:
    """The row of a decision and its journal line, in the caller's transaction."""
    Confirmation.objects.create(
        item=item, decision=item.decision, values=item.values, actor=by.actor_code, at=clock.now()
    )
    journal.record(
        f"item.{item.decision}", by=by, kind="notice", code=item.notice.code, owner=item.notice.office.unit.code,
        **{"item": item.code, "clause": item.clause, **detail},
    )  # fmt: skip


def check_known(item: Item, known: int | None) -> None:
    """Nobody decided about the item since the decision `known`; to be asked while the notice is held open.

    Raises:
        Stale: somebody did; says who and what.
    """
    if known is None:
        return
    newest = newest_decision(item)
    if newest is not None and newest.pk != known:
        words = _("“%(title)s”刚刚由%(who)s改为“%(decision)s”。您这一步没有写进去；看看现在的样子，要改再改。")
        decision = Decision(newest.decision).label
        raise Stale(words % {"title": inner(item.title), "who": newest.who or _("系统"), "decision": decision})


def _decide(
    item: Item,
    decision: Decision,
    by: journal.Actor,
    *,
    values: dict[str, Any] | None = None,
    known: int | None = None,
    at_once: bool = False,
) -> Item:
    """Write a decision; `at_once`: it already stands so, nothing is written."""
    if at_once:
        return item
    values = item.values if values is None else values
    before = item.decision
    with transaction.atomic():
        hold_open(item.notice)
        now = Item.objects.get(pk=item.pk)
        if (now.decision, now.values) == (decision, values):  # the same press, a moment sooner
            item.decision, item.values, item.title = decision, values, now.title
            return item
        check_known(item, known)
        moved = Item.objects.filter(pk=item.pk, decision__in=_LIVE).update(
            decision=decision, values=values, title=str(values.get("title", ""))[:200]
        )
        if not moved:
            raise Stale(_("这一条刚刚被拆分、合并或定下了计划，没有改动。请刷新后再看。"))
        item.decision, item.values, item.title = decision, values, str(values.get("title", ""))[:200]
        record_decision(item, by, before=before)
    return item


def _unmake(item: Item, by: journal.Actor) -> Item:
    """Undo a split or a merge: what was made is replaced, what it was made of is proposed again."""
    notice, sources = item.notice, item.proposal["made_of"]
    with transaction.atomic():
        hold_open(notice)
        made = [other for other in notice.items.standing() if other.proposal.get("made_of") == sources]
        replace_items(made, by)
        parents = notice.items.filter(code__in=sources, decision=Decision.REPLACED)
        for parent in parents:
            parent.decision, parent.values = Decision.PROPOSED, parent.proposal
            Item.objects.filter(pk=parent.pk, decision=Decision.REPLACED).update(
                decision=Decision.PROPOSED, values=parent.proposal, title=str(parent.proposal.get("title", ""))[:200]
            )
            record_decision(parent, by, before="replaced")
    return notice.items.filter(code__in=sources).order_by("position").first() or item


def replace_items(items: Iterable[Item], by: journal.Actor) -> None:
    """Mark items as replaced; each must still be live, else `Stale` and nothing is written."""
    for item in items:
        moved = Item.objects.filter(pk=item.pk, decision__in=_LIVE).update(decision=Decision.REPLACED)
        if not moved:
            raise Stale(_("这一条刚刚被拆分、合并或定下了计划，没有改动。请刷新后再看。"))
        item.decision = Decision.REPLACED
        record_decision(item, by)
