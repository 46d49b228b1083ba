"""Pressing twice is pressing once: the same answer, one journal line, one message. Every action a view calls is in the tables."""

from datetime import timedelta

import pytest
from django.db import transaction

from jinguo.campaigns.actions import extensions
from jinguo.lib.errors import Stale
from tests.activities import stage
from tests.presses import of_activities, of_plans, of_reports, of_units
from tests.presses.pressing import action, again, bound_to_buttons, call, meeting, plain, press, written
from tests.presses.world import World

TABLES = (of_reports, of_plans, of_activities, of_units)
TABLE = {name: begin for table in TABLES for name, begin in table.TABLE.items()}
EXCUSED = {name: why for table in TABLES for name, why in table.EXCUSED.items()}


class Undone(Exception):
    """Everything is taken back."""


# Those one presses most, and those CI once failed of; the others only in `make test-all`.
PROMPT = {
    "activities.plan.publish_activity", "campaigns.circulation.sign_circulation", "campaigns.issue.issue_campaign",
    "federation.contacts.remove_contact", "notices.items.confirm_item", "notices.shape.split_item",
    "reports.returns.send_sheet", "reports.review.accept_return", "reports.review.send_back",
    "reports.summaries.approve_summary",
}  # fmt: skip


@pytest.mark.parametrize(
    "name", [name if name in PROMPT else pytest.param(name, marks=pytest.mark.slow) for name in sorted(TABLE)]
)
def test_pressed_twice_is_pressed_once(cast, name):
    verb, what = action(name), TABLE[name](World(cast))
    try:
        with transaction.atomic():
            first, late, once, twice = meeting(verb, what)
            assert twice == once, f"two presses that meet write twice: {twice} after {once}"
            assert plain(late) == plain(first)
            raise Undone
    except Undone:
        pass
    first, once = press(verb, what), written()
    assert plain(press(verb, what)) == plain(first), "rows loaded before the first press"
    assert written() == once
    fresh = again(what)
    if fresh is not None:
        assert plain(press(verb, fresh)) == plain(first), "rows loaded after it"
        assert written() == once


def _return_decided(w):
    given = w.given()
    back = call(given, number=1, notes={"title": "写全称"}, by=w.officer)
    return ("reports.review.accept_return", call(given, number=1, by=w.officer)), ("reports.review.send_back", back)


def _sent_back_otherwise(w):
    given = w.given()
    return tuple(
        ("reports.review.send_back", call(given, number=1, notes={"title": note}, by=w.officer))
        for note in ("写全称", "写哪天办的")
    )


def _back_or_signed(w):
    summary, leader = w.summary(submitted=True), w.user("leader")
    back = call(summary, note="第一段短些", by=leader)
    return ("reports.summaries.approve_summary", call(summary, by=leader)), (
        "reports.summaries.give_back_summary",
        back,
    )


def _answered_otherwise(w):
    duty = w.duty()
    asked = extensions.ask_extension(duty, to=w.soon + timedelta(days=30), reason="汇演改期", by=w.liaison)
    yes = call(asked, to=asked.to, note="可以", by=w.officer)
    no = call(asked, note="不能再晚", by=w.officer)
    return ("campaigns.extensions.grant_extension", yes), ("campaigns.extensions.refuse_extension", no)


def _signed_or_back(w):
    copy = w.copy()
    back = call(copy, by=w.liaison, reason="不归我们")
    return ("campaigns.circulation.send_back", back), (
        "campaigns.circulation.sign_circulation", call(copy, by=w.liaison, signer="信息员"),
    )  # fmt: skip


def _exempt_otherwise(w):
    return tuple(
        ("campaigns.obligations.exempt", call(w.duty(), reason=why, by=w.officer)) for why in ("新设", "没有人了")
    )


def _split_otherwise(w):
    item = w.item(kind="own_event")
    return tuple(
        ("notices.shape.split_item", call(item, names=names, by=w.officer, known=0))
        for names in (["揭牌", "联谊"], ["另", "外"])
    )


def _moved_otherwise(w):
    session = stage.session_of(w.activity)
    return tuple(
        ("activities.sessions.move_session", call(session, session.starts_at + by, session.ends_at + by, by=w.liaison))
        for by in (timedelta(days=1), timedelta(days=2))
    )


DIFFER = (
    _return_decided, _sent_back_otherwise, _back_or_signed, _answered_otherwise, _signed_or_back, _exempt_otherwise,
    _split_otherwise, _moved_otherwise,
)  # fmt: skip


@pytest.mark.parametrize("begin", DIFFER, ids=[one.__name__.strip("_") for one in DIFFER])
def test_of_two_who_decide_differently_one_is_told_and_nothing_is_half_written(cast, begin):
    (first, what), (second, other) = begin(World(cast))
    press(action(first), what)
    once = written()
    with transaction.atomic(), pytest.raises(Stale) as told:  # she, too, had loaded it before
        press(action(second), other)
    assert written() == once and str(told.value.sentence).endswith("。")


def test_every_action_a_view_calls_is_in_a_table_or_excused():
    pressed = bound_to_buttons()
    assert len(pressed) > 200, "the views were not found"
    assert pressed - set(TABLE) - set(EXCUSED) == set(), "say how it is set up, or why it may write twice"
    assert set(EXCUSED) & set(TABLE) == set() and set(EXCUSED) - pressed == set(), "no longer needed"


def test_a_press_that_writes_twice_is_found(cast):
    """The instrument can fail: an action that asks nothing writes twice when two presses meet."""
    from jinguo.journal import actions as journal

    def careless(by):
        with transaction.atomic():
            journal.record("unit.edit", by=by, kind="unit", code="x")

    _first, _late, once, twice = meeting(careless, call(by=cast.users["officer"]))
    assert twice[0] == once[0] + 1
