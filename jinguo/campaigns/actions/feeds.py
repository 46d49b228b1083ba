"""A unit's calendar feed: made, replaced, ended."""

from typing import Any

from django.db import IntegrityError, transaction

from jinguo.campaigns.models import Feed
from jinguo.campaigns.rules import obligations as rules
from jinguo.federation.models import Unit
from jinguo.journal import actions as journal
from jinguo.lib import clock, ids
from jinguo.lib.rulings import require


def open_feed(unit: Unit, *, by: Any) -> Feed:
    """The unit's live feed; a new one where none lives."""
    require(rules.may_have_feed(unit, by))
    live = unit.feeds.filter(revoked_at=None).first()
    if live is not None:
        return live
    row = Feed(code=ids.new_code(), unit=unit, made_at=clock.now())
    row.secret = ids.new_secret()
    try:
        with transaction.atomic():
            row.save()
            journal.record("feed.open", by=by, kind="unit", code=unit.code, owner=unit.code, feed=row.code)
    except IntegrityError:
        return unit.feeds.get(revoked_at=None)
    return row


def close_feed(unit: Unit, *, by: Any) -> None:
    """End the feed: whoever subscribed to it sees nothing new."""
    require(rules.may_have_feed(unit, by))
    with transaction.atomic():
        if unit.feeds.filter(revoked_at=None).update(revoked_at=clock.now(), secret_sealed=""):
            journal.record("feed.close", by=by, kind="unit", code=unit.code, owner=unit.code)
