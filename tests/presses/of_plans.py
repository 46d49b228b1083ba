"""Presses on a notice that comes in, its plan, its copies and what is asked of units."""

import contextlib
from datetime import timedelta

from jinguo.campaigns.actions import circulation, extensions, feeds, forwarding, group, groups, obligations
from jinguo.campaigns.actions.addressees import leave_out
from jinguo.campaigns.actions.delivery import send_circulations
from jinguo.campaigns.actions.ending import end_campaign
from jinguo.campaigns.actions.own_events import Settled
from jinguo.campaigns.models import AddressGroup, Campaign, Circulation, Clause, ExtensionRequest, GroupDoor, Obligation
from jinguo.federation.models import Link
from jinguo.lib import clock
from jinguo.lib.errors import KeptApart
from jinguo.messages.actions import add_robot
from jinguo.messages.models import Robot
from jinguo.notices import actions as notices
from jinguo.notices.models import Item, ItemKind, Notice, Question
from jinguo.people.models import HeldWords
from tests.issued import copy_of, issue
from tests.planned import settled_notice
from tests.presses.pressing import Call, call
from tests.presses.world import World

WHY = "没有专人"


def _proposed(w: World, kind: str = ItemKind.MEASURE) -> Item:
    return w.item(kind=kind, decision="proposed")


def _mixer(w: World) -> Item:
    return w.item(kind=ItemKind.OWN_EVENT)


def _pair(w: World) -> list[Item]:
    return list(w.notice.items.filter(kind=ItemKind.OWN_EVENT).order_by("position")[:2])


def _confirmed(w: World) -> Call:
    notices.confirm_all(w.notice, by=w.officer)
    at = w.notice.items.filter(decision="confirmed").first().confirmations.latest("pk").at
    return call(w.notice, at=at, by=w.officer)


def _seen(w: World) -> Call:
    notices.mark_seen(w.notice, [_sentence(w)], by=w.officer)
    at = w.notice.answers.filter(question=Question.SEEN).latest("pk").at
    return call(w.notice, at=at, by=w.officer)


def _sentence(w: World) -> str:
    return w.notice.readings.first().record["sentences"][0]["id"]


def _answered(w: World) -> Call:
    notices.answer_sign_due(w.notice, until=w.soon, by=w.officer)
    return call(w.notice, question=Question.SIGN_DUE, ref="", by=w.officer)


def _settled(w: World) -> Notice:
    return settled_notice(w.cast)


def _asked(w: World) -> ExtensionRequest:
    duty = w.duty()
    return extensions.ask_extension(duty, to=duty.due_at + timedelta(days=3), reason="汇演改期", by=w.liaison)


def _words(w: World) -> HeldWords:
    with contextlib.suppress(KeptApart):
        obligations.zero_report(w.duty(), reason="我丈夫经常打我，求你们帮帮我。", by=w.liaison)
    return HeldWords.objects.select_related("office__unit", "unit").get()


def _exempt(w: World) -> Obligation:
    obligations.exempt(w.duty(), reason="新设", by=w.officer)
    return w.duty()


def _zero(w: World) -> Obligation:
    obligations.zero_report(w.duty(), reason="没有开展", by=w.liaison)
    return w.duty()


def _back(w: World) -> Circulation:
    circulation.send_back(w.copy(), by=w.liaison, reason="不归我们")
    return w.copy()


def _phoned(w: World) -> Circulation:
    circulation.sign_by_phone(w.copy(), by=w.officer, whom="王主任", called_at=clock.now() - timedelta(minutes=9))
    return w.copy()


def _sent(w: World) -> Circulation:
    w.campaign  # noqa: B018
    send_circulations()
    return w.copy()


def _local(w: World) -> Campaign:
    made = forwarding.begin_local(w.received(), by=w.user("county_officer"))
    made.passes_on = copy_of(w.above, w.cast.units["c.a"])
    return made


def _shape(w: World) -> Call:
    row = _local(w)
    first = forwarding.queries.clauses_to_pass(w.above)[0]
    shape = forwarding.Shape(
        title="关于做好庆三八活动的通知",
        cover="请照办。",
        clauses=[forwarding.ClauseShape(first.code, True, "", "请组织一次义诊。")],
    )
    return call(row, shape, by=w.user("county_officer"))


def _burden(w: World) -> object:
    circulation.say_burden(w.copy(), by=w.liaison, text="太多了")
    return w.copy().burdens.select_related("circulation__campaign__office__unit").get()


def _phrase(w: World) -> object:
    return w.draft.addressees.select_related("campaign__office__unit").order_by("position").first()


def _out(w: World) -> object:
    groups.leave_out_phrase(_phrase(w), by=w.officer)
    return _phrase(w)


def _group(w: World) -> AddressGroup:
    return groups.save_group(_phrase(w), "各县区", by=w.officer)


def _left_out(w: World) -> object:
    leave_out(w.draft, w.unit("c.a"), by=w.officer)
    return w.draft


def _own_event(w: World) -> Clause:
    return w.campaign.clauses.select_related("campaign__office__unit").get(kind="own_event")


def _dated(w: World) -> Circulation:
    return copy_of(issue(w.cast, sign_due_at=w.soon, title="有期限的通知"), w.cast.units["c.edu"])


def _waiting(w: World) -> Campaign:
    Campaign.objects.filter(pk=w.campaign.pk).update(letters_at=clock.now() + timedelta(hours=3))
    return Campaign.objects.select_related("office__unit").get(pk=w.campaign.pk)


def _over(w: World) -> Call:
    end_campaign(w.campaign, by=w.officer)
    return call(w.campaign, by=w.officer)


def _door(w: World) -> GroupDoor:
    return group.open_group(w.campaign, by=w.officer)


def _link(w: World) -> Link:
    return Link.objects.get(object_code=_sent(w).code)


def _opened(w: World) -> Campaign:
    group.open_group(w.campaign, by=w.officer)
    return w.campaign


def _fed(w: World) -> object:
    feeds.open_feed(w.unit("c.edu"), by=w.liaison)
    return w.unit("c.edu")


def _robot(w: World) -> Robot:
    return add_robot(w.cast.office, kind="wecom", name="群", url="https://robot.example.org/x", secret="", by=w.officer)


def _posted(w: World) -> Call:
    return call(w.campaign, _robot(w), address="https://example.org/g", by=w.officer)


def _extend(w: World) -> Call:
    duty = w.duty()
    return call(duty, to=duty.due_at + timedelta(days=3), reason="汇演改期", by=w.officer)


def _ask(w: World) -> Call:
    duty = w.duty()
    return call(duty, to=duty.due_at + timedelta(days=3), reason="汇演改期", by=w.liaison)


def _grant(w: World) -> Call:
    asked = _asked(w)
    return call(asked, to=asked.to, note="可以", by=w.officer)


TABLE = {
    "notices.answers.answer_due": lambda w: call(w.item(kind=ItemKind.REPORT_DUTY), working_days=3, by=w.officer, known=0),
    "notices.answers.answer_sign_due": lambda w: call(w.notice, until=w.soon, by=w.officer, known=0),
    "notices.answers.answer_signed_on": lambda w: call(w.notice, day=clock.today(), by=w.officer, known=0),
    "notices.answers.mark_seen": lambda w: call(w.notice, [_sentence(w)], by=w.officer),
    "notices.answers.treat_as_notice": lambda w: call(w.notice, by=w.officer),
    "notices.items.confirm_all": lambda w: call(w.notice, by=w.officer),
    "notices.items.confirm_item": lambda w: call(_proposed(w), by=w.officer, known=0),
    "notices.items.edit_item": lambda w: call(_proposed(w), by=w.officer, known=0, title="另一个名称"),
    "notices.items.reject_item": lambda w: call(_proposed(w), by=w.officer, known=0),
    "notices.items.undo_item": lambda w: call(notices.reject_item(_proposed(w), by=w.officer), by=w.officer),
    "notices.items.add_item": lambda w: call(
        w.notice, kind=ItemKind.MEASURE, sentence=_proposed(w).quote[:12], by=w.officer, title="补的一条"
    ),
    "notices.receive.paste_notice": lambda w: call(w.cast.office, text="关于开会的通知\n\n各县妇联：请来开会。", by=w.officer),
    "notices.shape.split_item": lambda w: call(_mixer(w), names=["揭牌", "联谊"], by=w.officer, known=0),
    "notices.shape.merge_items": lambda w: call(_pair(w), title="两项一起办", by=w.officer),
    "notices.state.void_notice": lambda w: call(w.notice, by=w.officer),
    "notices.undo.take_back_answer": _answered,
    "notices.undo.undo_together": _confirmed,
    "notices.undo.unmark_seen": _seen,
    "campaigns.addressees.add_unit": lambda w: call(w.draft, w.unit("c.home"), by=w.officer),
    "campaigns.addressees.leave_out": lambda w: call(w.draft, w.unit("c.a"), by=w.officer),
    "campaigns.addressees.put_back": lambda w: call(_left_out(w), w.unit("c.a"), by=w.officer),
    "campaigns.addressees.set_sign_due": lambda w: call(w.draft, until=w.soon, by=w.officer),
    "campaigns.circulation.hear_burden": lambda w: call(_burden(w), by=w.officer),
    "campaigns.circulation.mark_read": lambda w: call(w.copy(), by=w.liaison),
    "campaigns.circulation.say_burden": lambda w: call(w.copy(), by=w.liaison, text="太多了"),
    "campaigns.circulation.send_back": lambda w: call(w.copy(), by=w.liaison, reason="不归我们"),
    "campaigns.circulation.sign_by_phone": lambda w: call(
        w.copy(), by=w.officer, whom="王主任", called_at=clock.now() - timedelta(minutes=9)
    ),
    "campaigns.circulation.sign_circulation": lambda w: call(w.copy(), by=w.liaison, signer="信息员"),
    "campaigns.circulation.take_again": lambda w: call(_back(w), by=w.liaison),
    "campaigns.delivery.reissue_link": lambda w: call(
        _sent(w), by=w.officer, instead_of=circulation.Link.objects.get(object_code=w.copy().code).code
    ),
    "campaigns.delivery.revoke_link": lambda w: call(_sent(w), by=w.officer),
    "campaigns.extensions.ask_extension": _ask,
    "campaigns.extensions.grant_extension": _grant,
    "campaigns.extensions.refuse_extension": lambda w: call(_asked(w), note="不能再晚", by=w.officer),
    "campaigns.extensions.take_back_request": lambda w: call(_asked(w), by=w.liaison),
    "campaigns.feeds.open_feed": lambda w: call(w.unit("c.edu"), by=w.liaison),
    "campaigns.feeds.close_feed": lambda w: call(_fed(w), by=w.liaison),
    "campaigns.forwarding.pass_on": lambda w: call(w.received(), by=w.user("county_officer")),
    "campaigns.forwarding.begin_local": lambda w: call(w.received(), by=w.user("county_officer")),
    "campaigns.forwarding.drop_local": lambda w: call(_local(w), by=w.user("county_officer")),
    "campaigns.forwarding.shape_local": _shape,
    "campaigns.group.note_device": lambda w: call(_link(w), "browser"),
    "campaigns.group.prove_by_digits": lambda w: call(_door(w), w.copy(), digits="0000", address="127.0.0.9"),
    "campaigns.group.send_code": lambda w: call(_door(w), w.copy(), address="c-edu@example.org"),
    "campaigns.group.sign_by_digits": lambda w: call(_door(w), w.copy(), signer="信息员"),
    "campaigns.group.open_group": lambda w: call(w.campaign, by=w.officer),
    "campaigns.group.close_group": lambda w: call(_opened(w), by=w.officer),
    "campaigns.group.take_signature_back": lambda w: call(_phoned(w), by=w.officer),
    "campaigns.groups.add_phrase": lambda w: call(w.draft, "各乡镇（街道）妇联", by=w.officer),
    "campaigns.groups.leave_out_phrase": lambda w: call(_phrase(w), by=w.officer),
    "campaigns.groups.put_back_phrase": lambda w: call(_out(w), by=w.officer),
    "campaigns.groups.save_group": lambda w: call(_phrase(w), "各县区", by=w.officer),
    "campaigns.groups.drop_group": lambda w: call(_group(w), by=w.officer),
    "campaigns.ending.end_campaign": lambda w: call(w.campaign, by=w.officer),
    "campaigns.ending.resume_campaign": _over,
    "campaigns.issue.issue_campaign": lambda w: call(w.draft, by=w.officer),
    "campaigns.obligations.exempt": lambda w: call(w.duty(), reason="新设", by=w.officer),
    "campaigns.obligations.undo_exempt": lambda w: call(_exempt(w), by=w.officer),
    "campaigns.obligations.extend": _extend,
    "campaigns.obligations.zero_report": lambda w: call(w.duty(), reason="没有开展", by=w.liaison),
    "campaigns.obligations.undo_zero": lambda w: call(_zero(w), by=w.liaison),
    "campaigns.own_events.settle_event": lambda w: call(
        _own_event(w), Settled(hall="礼堂", lead_department="宣教部"), seen=0, by=w.officer
    ),
    "campaigns.plan.assign_clause": lambda w: call(_own_event(w), lead_department="宣教部", responsible="", by=w.officer),
    "campaigns.plan.make_campaign": lambda w: call(_settled(w), by=w.officer),
    "campaigns.plan.take_back_plan": lambda w: call(w.draft, by=w.officer),
    "campaigns.proxy.sign_for_unit": lambda w: call(
        w.copy("c.a.t"), by=w.user("county_officer"), whom="镇妇联", reason=WHY
    ),
    "campaigns.proxy.zero_report_for_unit": lambda w: call(
        w.duty("c.a.t"), reason="没有开展", why=WHY, by=w.user("county_officer")
    ),
    "campaigns.reminders.log_call": lambda w: call(w.copy(), code=w.code, outcome="reached", by=w.officer),
    "campaigns.reminders.nudge_unit": lambda w: call(_dated(w), by=w.officer),
    "campaigns.slips.ask_slips": lambda w: call(w.campaign, by=w.officer),
    "campaigns.spread.announce": _posted,
    "messages.post_to_group": lambda w: call(_robot(w), key="robot-test:x:1", text="试一下", about=("robot", "x")),
    "campaigns.words.release_words": lambda w: call(_words(w), by=w.user("case_worker")),
    "campaigns.spread.hurry_letters": lambda w: call(_waiting(w), by=w.officer),
}  # fmt: skip
EXCUSED = {
    "campaigns.group.open_by_typed_code": "as prove_by_code",
    "campaigns.group.prove_by_code": "who presses twice never saw the link her first press made: she gets another",
    "campaigns.group.paper_link": "every sheet that is printed carries a link of its own",
    "campaigns.group.show_code": "a code is shown once; pressed again, the former ends and another is shown",
    "campaigns.slips.print_now": "every sheet that is printed carries a link of its own",
    "campaigns.check.correct_notice": "tests/campaigns/test_check_pages.py: needs a draft with faults",
    "notices.receive.receive_notice": "as paste_notice, which calls it",
    "notices.receive.reread_notice": "each press tries the file again; one that can be read is read once",
    "notices.shape.flip_cut": "calls split_item and merge_items",
}
