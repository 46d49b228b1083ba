"""What is asked, and in which order: what is in doubt first, then what the notice leaves open, then all that is plain."""

from dataclasses import replace

import pytest

from jinguo.notices import actions
from jinguo.notices.coverage import Share
from jinguo.notices.doubts import Trust, doubts_of
from jinguo.notices.models import Decision, Item, ItemKind
from jinguo.notices.queries import desk_of
from jinguo.notices.queue import Stop, current, stops_of
from tests.papers_hard import HARD


@pytest.fixture
def officer(cast):
    return cast.users["officer"]


def trusts(notice):
    desk = desk_of(notice)
    return {item.title: desk.doubts[item.code] for item in desk.items}


def test_the_demonstration_asks_three_things(notice):
    desk = desk_of(notice)
    asked = [stop.key for stop in desk.stops if stop.order[0] < 2]
    mixer = notice.items.get(clause="自办6")
    duty = notice.items.get(kind=ItemKind.REPORT_DUTY)
    assert asked == [mixer.code, f"due-{duty.code}", "sign_due"]
    assert desk.now == mixer.code and len(desk.groups[Trust.SURE]) == 33


def test_a_low_reading_is_asked_before_an_offered_cut(cast, officer):
    notice = actions.paste_notice(cast.office, text=HARD, by=officer)
    found = trusts(notice)
    low, joined = found["春季茶叙会"], found["家庭文艺汇演及春季交友会"]
    assert (low.trust, low.weight) == (Trust.DOUBT, 0) and "没有把握" in str(low.reasons[0])
    assert (joined.trust, joined.weight) == (Trust.DOUBT, 1) and not joined.offer.made
    order = [stop.key for stop in desk_of(notice).stops]
    places = [order.index(notice.items.get(title=name).code) for name in ("春季茶叙会", "家庭文艺汇演及春季交友会")]
    assert places == [0, 1], "the low reading first, though it stands later in the notice"
    cut = found["春季家庭服务推进会"]
    assert cut.trust == Trust.SURE and cut.offer.made and cut.offer.names == ("春季家庭服务推进会", "“好家风”座谈会")
    assert found["亲子运动会"].offer is None


def leaf(**more):
    return {"id": "E1", "conf": "high", "inferred": False, "questions": [], "cuts": [], "group": 1, **more}


def doubt(**more):
    item = Item(
        code="a", kind=ItemKind.OWN_EVENT, ref="E1", spans=[[4, 9]], proposal={"title": "x"} | more.pop("read", {})
    )
    record = {"events": [leaf(**more.pop("leaf", {}))], **more}
    return doubts_of(record, [item], "0123456789")["a"]


def test_what_makes_an_item_doubtful():
    assert doubt().trust == Trust.SURE
    assert doubt(leaf={"conf": "mid"}).trust == Trust.FAIR
    assert doubt(leaf={"conf": "low"}).trust == Trust.DOUBT
    assert doubt(leaf={"questions": ["是否也适用？"]}).reasons == ("是否也适用？",)
    assert "推出来" in str(doubt(leaf={"inferred": True}, read={"date": "2024-03-08"}).reasons[0])
    assert doubt(leaf={"inferred": True}).trust == Trust.SURE
    broken = {"code": "value.damaged", "text": "数字缺了一截。", "src": [{"start": 8, "end": 12}]}
    assert doubt(gaps=[broken]).reasons == ("数字缺了一截。",)
    assert doubt(gaps=[broken | {"src": [{"start": 20, "end": 22}]}]).trust == Trust.SURE


def test_an_item_a_person_added_is_in_no_doubt(notice, officer):
    item = actions.add_item(notice, kind=ItemKind.MEASURE, sentence="方便群众", by=officer, title="开放报名")
    assert desk_of(notice).doubts[item.code].trust == Trust.SURE


def test_a_recipient_is_not_taken_for_the_report_of_the_same_id(notice):
    """The first recipient and the first report duty are both R1 in the record."""
    desk = desk_of(notice)
    duty = next(item for item in desk.items if item.kind == ItemKind.REPORT_DUTY)
    sentence = next(each for each in desk.covered if duty.code in each.items)
    assert sentence.items == (duty.code,)
    assert desk.doubts[desk.items[0].code].trust == Trust.SURE


def test_sentences_nobody_read_stand_behind_the_items_in_doubt(notice):
    desk = desk_of(notice)
    covered = [replace(each, share=Share.UNSEEN) for each in desk.covered[:2]]
    keys = [stop.key for stop in stops_of(desk.items, desk.doubts, covered, desk.questions)][:4]
    assert keys == [desk.now, "S1", "S2", desk.questions[0].key]


def test_after_a_decision_the_next_stop_is_the_one_behind_it():
    stops = [Stop("a", (0, 0, 1)), Stop("b", (2, 0, 1)), Stop("c", (2, 0, 9))]
    assert current(stops, "", None) == "a"
    assert current(stops, "gone", (1, 0, 0)) == "b"
    assert current(stops, "b", (2, 0, 1)) == "b"  # taken back: it is asked again
    assert current(stops, "gone", (9, 0, 0)) == "a"  # the rest begins again from the top
    assert current([], "a", (0, 0, 1)) == ""


def test_nothing_is_left_when_everything_is_decided(notice, officer):
    actions.confirm_all(notice, by=officer)
    desk = desk_of(notice)
    assert [stop.order[0] for stop in desk.stops] == [1, 1]
    assert all(item.decision == Decision.CONFIRMED for item in desk.items)
