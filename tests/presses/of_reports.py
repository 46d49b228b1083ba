"""Presses on returns, summaries, mails and messages."""

from jinguo.lib import clock, ids
from jinguo.mails.actions import desk
from jinguo.messages.actions import add_robot, set_gateway
from jinguo.reports.actions import adopting, deeds, returns, same, supplements
from jinguo.reports.actions.filling import Given
from jinguo.reports.models import Held, Return
from tests.data.mails.writing import mail, news
from tests.presses.pressing import call
from tests.presses.world import World
from tests.reports import builders

HELP = "其实是我丈夫经常打我，我住在槐荫里三号，求你们帮帮我。"
PROXY = "村里没有专人"


def _accepted(w: World) -> Return:
    return w.given(accept=True, deeds=2)


def _held(w: World) -> Held:
    sheet = builders.sheet(w.issued, story=HELP)
    returns.send_sheet(w.issued.obligations["c.a"], sheet, token=ids.new_code(), by=w.link)
    return Held.objects.select_related("version__given__campaign__office__unit").get()


def _two(w: World) -> tuple[Return, Return]:
    return w.given("c.a", "同一场"), w.given("c.b", "同一场")


def _own(w: World) -> tuple[Return, Return]:
    return w.given("c.a", "同一场"), w.given("c.a", "同一场的另一份")


def _merged(w: World) -> Return:
    first, second = _own(w)
    return w.as_given(same.merge_return(first, second, by=w.officer))


def _joined(w: World) -> Return:
    first, second = _two(w)
    same.join_returns(first, second, by=w.officer)
    return w.as_given(first)


def _supplement(w: World, *, started: bool) -> object:
    summary = w.summary(approved=True)
    w.given("c.b", "义诊", clauses=("健康义诊进村",), on_site=40, accept=True)
    return supplements.start_supplement(summary, by=w.officer) if started else summary


def _deed(w: World) -> object:
    return deeds.register_deed(_accepted(w), deeds.DeedWish(title="修路"), number=1, by=w.officer)


def _adoption(w: World) -> object:
    return adopting.adopt_return(_accepted(w), where="简报第5期", by=w.officer)


def _unclaimed(w: World) -> object:
    w.campaign  # noqa: B018 - there must be something to report to
    today = clock.local(clock.now()).date()
    day = f"{today.year}年{today.month}月{today.day}日"
    return w.mail(mail(news("送法进社区", day=day, unit="我们"), unit="", subject="信息"))


def _case(w: World) -> object:
    row = _unclaimed(w)
    desk.hand_to_case_worker(row, by=w.officer)
    return row


def _robot(w: World) -> object:
    return add_robot(w.cast.office, kind="wecom", name="群", url="https://robot.example.org/x", secret="", by=w.officer)


def _sentence(w: World) -> object:
    return w.summary().sentences.select_related("summary__campaign__office__unit").get(key="coverage")


BOX = {
    "address": "quan@example.org", "host": "imap.example.org", "port": 993, "security": "tls", "user": "quan@example.org",
    "secret": "secret",
}  # fmt: skip
GATEWAY = {"url": "https://sms.example.org/{phone}", "body": "{text}", "media_type": "text/plain", "ok_text": "ok"}


def _boxed(w: World) -> object:
    from jinguo.mails.actions.boxes import set_mailbox

    set_mailbox(w.cast.office, by=w.officer, **BOX)
    return w.cast.office


def _gated(w: World) -> object:
    set_gateway(w.cast.office, by=w.officer, **GATEWAY)
    return w.cast.office


TABLE = {
    "reports.adopting.adopt_return": lambda w: call(_accepted(w), where="简报第5期", by=w.officer),
    "reports.adopting.undo_adoption": lambda w: call(_adoption(w), by=w.officer),
    "reports.deeds.register_deed": lambda w: call(_accepted(w), deeds.DeedWish(title="修路"), number=1, by=w.officer),
    "reports.deeds.drop_deed": lambda w: call(_deed(w), by=w.officer),
    "reports.filling.fill_drafts": lambda w: call(
        w.issued.obligations["c.a"], builders.Sheet({}), Given("三月六日，槐荫里故事会，到场四十人。", []), token=w.code, by=w.link
    ),
    "reports.releasing.hand_on": lambda w: call(w.given(), by=w.officer),
    "reports.releasing.release_held": lambda w: call(_held(w), by=w.user("case_worker")),
    "reports.returns.discard_draft": lambda w: call(w.kept(), by=w.link),
    "reports.returns.keep_draft": lambda w: call(
        w.issued.obligations["c.a"], builders.sheet(w.issued), token=w.code, by=w.link
    ),
    "reports.returns.revise_return": lambda w: call(
        w.given(), builders.sheet(w.issued, on_site=9), token=w.code, by=w.link, reason="数错了"
    ),
    "reports.returns.send_for_unit": lambda w: call(
        w.duty("c.a.t", "each_activity"), builders.Sheet({"title": "送书下村", "held_on": clock.today()}), token=w.code,
        reason=PROXY, by=w.user("county_officer"),
    ),
    "reports.returns.send_sheet": lambda w: call(
        w.issued.obligations["c.a"], builders.sheet(w.issued), token=w.code, by=w.link
    ),
    "reports.returns.withdraw_return": lambda w: call(w.given(), by=w.link),
    "reports.review.accept_return": lambda w: call(w.given(), number=1, by=w.officer),
    "reports.review.send_back": lambda w: call(w.given(), number=1, notes={"title": "写全称"}, by=w.officer),
    "reports.review.undo_acceptance": lambda w: call(_accepted(w), by=w.officer),
    "reports.same.join_returns": lambda w: call(*_two(w), by=w.officer),
    "reports.same.leave_event": lambda w: call(_joined(w), by=w.officer),
    "reports.same.merge_return": lambda w: call(*_own(w), by=w.officer),
    "reports.same.put_apart": lambda w: call(*_two(w), by=w.officer),
    "reports.same.split_return": lambda w: call(_merged(w), by=w.officer),
    "reports.summaries.approve_summary": lambda w: call(w.summary(submitted=True), by=w.user("leader")),
    "reports.summaries.drop_sentence": lambda w: call(_sentence(w), dropped=True, by=w.officer),
    "reports.summaries.edit_sentence": lambda w: call(_sentence(w), text="改过的一句。", by=w.officer),
    "reports.summaries.give_back_summary": lambda w: call(
        w.summary(submitted=True), note="第一段短些", by=w.user("leader")
    ),
    "reports.summaries.renew_summary": lambda w: call(w.summary(), by=w.officer),
    "reports.summaries.start_summary": lambda w: call(w.issued.campaign, by=w.officer),
    "reports.summaries.submit_summary": lambda w: call(w.summary(), by=w.officer),
    "reports.supplements.approve_supplement": lambda w: call(_supplement(w, started=True), by=w.user("leader")),
    "reports.supplements.drop_supplement": lambda w: call(_supplement(w, started=True), by=w.officer),
    "reports.supplements.start_supplement": lambda w: call(_supplement(w, started=False), by=w.officer),
    "mails.boxes.end_mailbox": lambda w: call(_boxed(w), by=w.officer),
    "mails.boxes.set_mailbox": lambda w: call(w.cast.office, by=w.officer, **BOX),
    "mails.boxes.drop_mails": lambda w: call(w.cast.office, [mail("你好", subject="甲")], by=w.officer),
    "mails.desk.answer_mail": lambda w: call(_unclaimed(w), text="请写明是哪个单位。", by=w.officer, code=w.code),
    "mails.desk.claim_mail": lambda w: call(_unclaimed(w), unit=w.unit("c.b"), by=w.officer),
    "mails.desk.close_mail": lambda w: call(_unclaimed(w), by=w.officer),
    "mails.desk.hand_to_case_worker": lambda w: call(_unclaimed(w), by=w.officer),
    "mails.desk.is_another": lambda w: call(_unclaimed(w), by=w.officer),
    "mails.desk.is_no_case": lambda w: call(_case(w), by=w.user("case_worker")),
    "mails.desk.look_at": lambda w: call(_unclaimed(w), by=w.officer),
    "mails.forgetting.hold_mail": lambda w: call(_unclaimed(w), reason="审计", by=w.officer),
    "mails.forgetting.let_go": lambda w: call(_unclaimed(w), by=w.officer),
    "mails.parting.join_mail": lambda w: call(_unclaimed(w), by=w.officer),
    "messages.add_robot": lambda w: call(
        w.cast.office, kind="wecom", name="群", url="https://robot.example.org/x", secret="", by=w.officer
    ),
    "messages.end_robot": lambda w: call(_robot(w), by=w.officer),
    "messages.end_gateway": lambda w: call(_gated(w), by=w.officer),
    "messages.set_gateway": lambda w: call(w.cast.office, by=w.officer, **GATEWAY),
    "messages.retry_aside": lambda w: call(w.aside().office, by=w.officer),
    "messages.retry_message": lambda w: call(w.aside(), by=w.officer),
}  # fmt: skip
EXCUSED = {
    "reports.holding.read_held": "every reading of a plea is on the record",
    "people.read_words": "every reading of what was kept apart is on the record",
    "reports.filling.fill_for_unit": "keeps no draft: what is not sent was never the unit's",
    "mails.desk.read_case": "every reading of a letter for help is on the record",
    "mails.boxes.try_mailbox": "looks into a mailbox and writes nothing",
    "mails.parting.part_mail": "tests/mails/test_actions_several.py parts a mail it has to read first",
}
