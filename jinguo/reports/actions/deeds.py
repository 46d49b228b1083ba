"""Entering and leaving the register of deeds."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jinguo.journal import actions as journal
from jinguo.lib import clock, ids
from jinguo.lib.errors import Invalid, Refused, Stale
from jinguo.lib.hold import differing, hold
from jinguo.lib.rulings import require
from jinguo.reports import rules
from jinguo.reports.models import Deed, Return
from jinguo.reports.models.deed import SENSITIVE, CountedIn, DeedKind, ForWhom


@dataclass(frozen=True)
class DeedWish:
    """A deed as it is to be registered."""

    title: str = ""
    result: str = ""
    kind: str = DeedKind.GOOD
    for_whom: str = ForWhom.WOMEN
    benefited: int | None = None
    about: bool = False
    counted_in: str = CountedIn.PERSONS


def register_deed(given: Return, wish: DeedWish, *, number: int, by: journal.Actor) -> Deed:
    """Put deed `number` of an accepted return into the register; pressed twice it stands once. Of a sensitive group neither
    name nor result is kept.

    Raises:
        Invalid: no name.
        Refused: the return tells fewer deeds than that.
    """
    require(rules.may_register(given, by))
    version = given.accepted
    if version is None or not 1 <= number <= (version.deeds or 0):
        raise Refused(_("这一件报的实事都登记了。数不对的话，请单位更正。"))
    sensitive = wish.for_whom in SENSITIVE
    title, result = (" ".join(text.split()) for text in (wish.title, wish.result))
    if not sensitive and not title:
        raise Invalid(_("请写办的是什么实事。"), "title")
    facts = {
        "kind": wish.kind, "for_whom": wish.for_whom, "title": "" if sensitive else title[:100],
        "result": "" if sensitive else result[:200], "benefited": wish.benefited, "about": wish.about,
        "counted_in": wish.counted_in,
    }  # fmt: skip
    with transaction.atomic():
        hold(given)
        known = Deed.objects.standing().filter(given=given, position=number).first()
        if known is not None and differing(known, facts):
            raise Stale(_("这件实事刚刚有人登记了，您的没有写进去。请看看现在的样子；要改，先去掉那一条。"))
        if known is not None:
            return known
        deed = Deed.objects.create(
            code=ids.new_code(), campaign=given.campaign, given=given, version=version, position=number,
            added_at=clock.now(), actor=by.actor_code, **facts,
        )  # fmt: skip
        journal.record("deed.register", by=by, kind="deed", code=deed.code, owner=given.unit.code, about=given.code)
    return deed


def drop_deed(deed: Deed, *, by: journal.Actor) -> None:
    """Take a deed out of the register; it can be registered again."""
    require(rules.may_register(deed.given, by))
    with transaction.atomic():
        if not Deed.objects.standing().filter(pk=deed.pk).update(removed_at=clock.now(), title="", result=""):
            return
        journal.record("deed.drop", by=by, kind="deed", code=deed.code, owner=deed.given.unit.code)
