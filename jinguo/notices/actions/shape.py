"""Splitting and merging the issuer's own events, which notices list without numbers (reference/gongwen §2.7)."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jinguo.journal import actions as journal
from jinguo.lib import ids
from jinguo.lib.errors import Invalid
from jinguo.lib.rulings import require
from jinguo.notices import rules
from jinguo.notices.actions.items import check_known, record_decision, replace_items
from jinguo.notices.actions.state import hold_open
from jinguo.notices.doubts import doubts_of
from jinguo.notices.models import Decision, Item, ItemKind
from jinguo.notices.sentences import free_clause, narrowed


def split_item(item: Item, *, names: Sequence[str], by: journal.Actor, known: int | None = None) -> list[Item]:
    """Make two or more own events of one; the one gives way to them.

    Raises:
        Invalid: fewer than two different names.
        Stale: somebody decided otherwise since `known` (see `actions.items`).
    """
    wanted = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    if len(wanted) < 2:
        raise Invalid(_("请写出至少两个不同的名称。"), "names")
    made = _made_already([item], wanted)
    if made:
        return made
    require(rules.may_split(item, by))
    raw = item.notice.readings.first().raw_text
    with transaction.atomic():
        hold_open(item.notice)
        made = _made_already([item], wanted)
        if made:
            return made
        check_known(item, known)
        replace_items([item], by)
        kept = {name: value for name, value in item.values.items() if name not in ("facets", "splits")}
        return [
            _make([item], {**kept, "title": name, "facets": []}, narrowed(raw, item.spans, name), turn, by)
            for turn, name in enumerate(wanted)
        ]


def merge_items(items: Sequence[Item], *, title: str, by: journal.Actor) -> Item:
    """Make one own event of two or more, with their names as its content.

    Raises:
        Invalid: no title, or fewer than two different items of one notice.
    """
    items = sorted({item.pk: item for item in items}.values(), key=lambda item: item.position)
    if not title.strip():
        raise Invalid(_("请给合并后的活动写一个名称。"), "title")
    if len(items) < 2 or len({item.notice_id for item in items}) > 1:
        raise Invalid(_("请选两项要合并的活动。"), "other")
    made = _made_already(items, [title.strip()])
    if made:
        return made[0]
    for item in items:
        require(rules.may_split(item, by))
    values = dict(items[0].values)
    values |= {"title": title.strip(), "facets": [item.title for item in items]}
    spans = sorted([start, end] for item in items for start, end in item.spans)
    with transaction.atomic():
        hold_open(items[0].notice)
        made = _made_already(items, [title.strip()])
        if made:
            return made[0]
        replace_items(items, by)
        return _make(items, values, [list(span) for span in dict.fromkeys(map(tuple, spans))], 0, by)


def flip_cut(item: Item, *, by: journal.Actor, known: int | None = None) -> list[Item]:
    """Turn round the list cut the reader made or refused beside an own event; returns what stands now.

    Raises:
        Invalid: the reader reports no cut here.
        Stale: somebody decided otherwise since `known`.
    """
    notice = item.notice
    reading = notice.readings.first()
    items = list(notice.items.all())
    offer = doubts_of(reading.record, items, reading.raw_text)[item.code].offer
    if offer is None:
        raise Invalid(_("这一项旁边没有可以改的断句。要拆要合，请用“拆分”或“合并”。"), "names")
    if not offer.made:
        return split_item(item, names=offer.names, by=by, known=known)
    partner = next(each for each in items if each.code == offer.partner)
    partner.notice = notice
    spans = sorted((start, end) for each in (item, partner) for start, end in each.spans)
    whole = "".join(reading.raw_text[spans[0][0] : spans[-1][1]].replace("**", "").split())
    return [merge_items([item, partner], title=whole, by=by)]


def _made_already(items: Sequence[Item], titles: Sequence[str]) -> list[Item]:
    """What the same press made a moment ago; [] when these items still stand. Read anew: two presses can meet at the
    notice, and the second comes here with the items as they were before the first."""
    notice, sources = items[0].notice, [item.code for item in items]
    if notice.items.filter(code__in=sources).exclude(decision=Decision.REPLACED).exists():
        return []
    made = [each for each in notice.items.standing() if each.proposal.get("made_of") == sources]
    return made if [each.title for each in made] == list(titles) else []


def _make(
    sources: Sequence[Item], values: dict[str, Any], spans: list[list[int]], turn: int, by: journal.Actor
) -> Item:
    first = sources[0]
    item = Item.objects.create(
        code=ids.new_code(),
        notice=first.notice,
        position=first.position + 1 + turn,
        kind=ItemKind.OWN_EVENT,
        clause=free_clause(first.notice, "自办"),
        title=str(values["title"])[:200],
        quote=" ".join(first.notice.readings.first().raw_text[start:end] for start, end in spans),
        start=spans[0][0] if spans else None,
        end=spans[0][1] if spans else None,
        spans=spans,
        proposal={"made_of": [source.code for source in sources]},
        values=values,
        decision=Decision.EDITED,
        came_from=first,
    )
    record_decision(item, by, made_of=[source.code for source in sources])
    return item
