"""Publishing makes exactly what was confirmed: clauses with their ids, asks with the due a person chose, addressees."""

from datetime import timedelta

import pytest

from jinguo.campaigns.actions.plan import assign_clause, make_campaign, take_back_plan
from jinguo.campaigns.models import Addressee, Ask, Campaign, Clause
from jinguo.campaigns.models.campaign import CampaignState, ClauseKind, DueOrigin, Reach
from jinguo.journal.models import Entry
from jinguo.lib import clock
from jinguo.lib.errors import Refused, Stale
from jinguo.notices import actions
from jinguo.notices.models import ItemKind, NoticeState
from tests.papers_in import REAL
from tests.planned import draft_campaign, read_notice, settled_notice

pytestmark = pytest.mark.postgres


@pytest.fixture
def officer(cast):
    return cast.users["officer"]


def units_of(campaign):
    found = {}
    for addressee in campaign.addressees.all():
        found[addressee.phrase] = sorted(addressee.units.values_list("short_name", flat=True))
    return found


def test_the_plan_is_what_was_confirmed(cast, officer):
    campaign = draft_campaign(cast)
    assert (campaign.state, campaign.title) == (CampaignState.DRAFT, "关于做好2024年“三八”国际妇女节系列活动的通知")
    assert (campaign.doc_number, campaign.theme) == ("阳妇发〔2024〕1号", "花开漾泉·巾帼同行")
    kinds = [clause.kind for clause in campaign.clauses.all()]
    counts = {kind: kinds.count(kind) for kind in ClauseKind.values}
    assert counts == {
        "theme": 1, "line": 4, "measure": 12, "own_event": 10, "requirement": 3, "report_duty": 1
    }  # fmt: skip
    clause = campaign.clauses.get(number="二(四)三")
    assert clause.item.clause == "二(四)三" and clause.sentence == clause.item.quote
    assert (clause.force, clause.reach, clause.kind) == ("要", Reach.EACH, ClauseKind.MEASURE)
    assert {c.reach for c in campaign.clauses.filter(kind=ClauseKind.OWN_EVENT)} == {Reach.ISSUER}
    assert campaign.notice.state == NoticeState.PLANNED
    assert Entry.objects.about("campaign", campaign.code).get().action == "campaign.make"


def test_each_report_duty_is_an_ask_with_the_due_she_chose(cast):
    ask = draft_campaign(cast).asks.get()
    assert (ask.kind, ask.soft_word) == ("each_activity", "及时")
    assert (ask.due_working_days, ask.due_at, ask.due_origin) == (3, None, DueOrigin.CONFIRMED)


def test_a_duty_left_undated_has_no_due_and_no_origin(cast, officer):
    notice = settled_notice(cast)
    actions.answer_due(notice.items.get(kind=ItemKind.REPORT_DUTY), by=officer)
    ask = make_campaign(notice, by=officer).asks.get()
    assert (ask.due_working_days, ask.due_at, ask.due_origin) == (None, None, "")


def test_a_dated_duty_runs_to_the_end_of_its_day(cast, officer):
    notice, day = settled_notice(cast), clock.today() + timedelta(days=20)
    actions.answer_due(notice.items.get(kind=ItemKind.REPORT_DUTY), by=officer, on=day)
    ask = make_campaign(notice, by=officer).asks.get()
    assert (ask.due_at, ask.due_origin) == (clock.end_of(day), DueOrigin.CONFIRMED)


def test_a_date_of_the_notice_keeps_its_origin(cast, officer):
    text = (
        "清泉市妇女联合会关于报送活动总结的通知\n各县（区）妇联：\n现将有关事项通知如下：\n一、内容\n"
        "要组织好活动。\n二、报送\n请于2030年3月20日前将活动总结报送市妇联宣教部。\n"
    )
    notice = actions.paste_notice(cast.office, text=text, by=officer)
    actions.confirm_all(notice, by=officer)
    actions.answer_sign_due(notice, by=officer, until=None)
    actions.answer_signed_on(notice, by=officer, day=None)
    ask = make_campaign(notice, by=officer).asks.get()
    assert (ask.kind, ask.due_at, ask.due_origin) == (
        "closing", clock.end_of(clock.local(clock.at(clock.today())).date().replace(2030, 3, 20)), DueOrigin.NOTICE
    )  # fmt: skip


def test_recipients_become_units_and_the_words_that_led_there_stay(cast):
    campaign = draft_campaign(cast)
    assert units_of(campaign) == {
        "各县（区）妇联": ["东川县妇联", "西岭区妇联"],
        "市直各单位妇女组织": ["市教育局妇委会"],
        "国省民营企业事业单位妇女组织": ["市第二医院女工委"],
    }
    assert campaign.addressees.first().words[0] == ["各县（区）", "county"]
    assert {addressee.unresolved for addressee in campaign.addressees.all()} == {""}


def test_what_she_changed_is_what_is_published(cast, officer):
    notice = settled_notice(cast)
    measure = notice.items.get(clause="二(一)一")
    actions.edit_item(measure, by=officer, title="大宣讲", reach="suited", lead_department="宣教部", responsible="甲")
    actions.reject_item(notice.items.get(clause="二(一)二"), by=officer)
    actions.split_item(notice.items.get(clause="自办6"), names=["揭牌", "联谊"], by=officer)
    sentence = "人多的活动要有预案"
    actions.add_item(
        notice, kind=ItemKind.MEASURE, sentence=sentence, by=officer, title="做预案", lead_department="办公室"
    )
    campaign = make_campaign(notice, by=officer)
    clause = campaign.clauses.get(number="二(一)一")
    assert (clause.heading, clause.reach, clause.lead_department, clause.responsible) == (
        "大宣讲",
        "suited",
        "宣教部",
        "甲",
    )
    assert not campaign.clauses.filter(number__in=["二(一)二", "自办6"]).exists()
    assert list(campaign.clauses.filter(number__in=["自办11", "自办12"]).values_list("heading", flat=True)) == [
        "揭牌",
        "联谊",
    ]
    assert campaign.clauses.get(number="补1").lead_department == "办公室"


@pytest.mark.parametrize("left", ["items", "due", "sign", "sentence"])
def test_nothing_is_published_while_something_is_open(cast, officer, left):
    notice = settled_notice(cast)
    if left == "items":
        actions.undo_item(notice.items.get(clause="二(一)一"), by=officer)
    elif left in ("due", "sign"):
        notice.answers.filter(question={"due": "due", "sign": "sign_due"}[left]).delete()
    else:
        reading = notice.readings.get()
        reading.record["sentences"][0]["bucket"] = "none"
        reading.save()
    with pytest.raises(Refused) as refusal:
        make_campaign(notice, by=officer)
    words = {"items": "确认 1 条", "due": "定好 1 个问题", "sign": "定好 1 个问题", "sentence": "看完 1 句"}
    assert words[left] in str(refusal.value.sentence)
    notice.refresh_from_db()
    assert notice.state == NoticeState.READ
    assert not Campaign.objects.exists() and not Clause.objects.exists() and not Addressee.objects.exists()


def test_published_twice_is_one_campaign(cast, officer):
    notice = settled_notice(cast)
    first = make_campaign(notice, by=officer)
    notice.refresh_from_db()
    assert make_campaign(notice, by=officer) == first
    notice.state = NoticeState.READ  # a page opened before the first press
    assert make_campaign(notice, by=officer) == first
    assert Campaign.objects.count() == 1 and Ask.objects.count() == 1


def test_only_the_office_s_own_officer_publishes(cast):
    notice = settled_notice(cast)
    for role in ("leader", "liaison", "d.officer", "county_officer"):
        with pytest.raises(Refused):
            make_campaign(notice, by=cast.users[role])
    assert not Campaign.objects.exists()


def test_taking_the_plan_back_opens_the_notice_again(cast, officer):
    campaign = draft_campaign(cast)
    notice = take_back_plan(campaign, by=officer)
    notice.refresh_from_db()
    assert notice.state == NoticeState.READ and not Campaign.objects.exists()
    assert notice.items.settled().count() == 34  # what was confirmed stays confirmed
    again = make_campaign(notice, by=officer)
    assert again.clauses.count() == 31


def test_who_leads_a_clause_may_be_set_until_the_end(cast, officer):
    campaign = draft_campaign(cast)
    clause = campaign.clauses.get(number="二(一)一")
    Campaign.objects.filter(pk=campaign.pk).update(state=CampaignState.ISSUED, issued_at=clock.now())
    clause.campaign.refresh_from_db()
    assign_clause(clause, lead_department=" 宣教部 ", responsible="某岗位", by=officer)
    assign_clause(clause, lead_department="宣教部", responsible="某岗位", by=officer)
    clause.refresh_from_db()
    assert (clause.lead_department, clause.responsible) == ("宣教部", "某岗位")
    line = Entry.objects.get(action="clause.assign")
    assert "某岗位" not in line.detail and "responsible" in line.detail  # names of fields, never a person
    stale = campaign.clauses.select_related("campaign__office__unit").get(pk=clause.pk)
    Campaign.objects.filter(pk=campaign.pk).update(state=CampaignState.CLOSED)
    with pytest.raises(Stale):
        assign_clause(stale, lead_department="别的部", responsible="", by=officer)
    with pytest.raises(Refused):
        assign_clause(clause, lead_department="别的部", responsible="", by=cast.users["leader"])


@pytest.mark.skipif(REAL is None, reason="the real notice is not part of the repository")
def test_the_real_notice_goes_all_the_way_to_a_plan(cast, officer):
    notice = actions.receive_notice(cast.office, data=REAL.read_bytes(), name=REAL.name, by=officer)
    kinds = list(notice.items.values_list("kind", flat=True))
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "recipient": 3, "theme": 1, "line": 4, "measure": 12, "own_event": 10, "requirement": 3, "report_duty": 1
    }  # fmt: skip
    with pytest.raises(Refused):
        make_campaign(notice, by=officer)
    actions.confirm_all(notice, by=officer)
    actions.answer_due(notice.items.get(kind=ItemKind.REPORT_DUTY), by=officer)
    actions.answer_sign_due(notice, by=officer, until=None)
    actions.answer_signed_on(notice, by=officer, day=None)  # it carries only the day of printing
    campaign = make_campaign(notice, by=officer)
    assert (campaign.doc_number, campaign.theme) == ("阳妇发〔2023〕3号", "巾帼心向党·奋进新征程")
    assert campaign.clauses.filter(kind=ClauseKind.MEASURE).count() == 12
    assert [len(units) for units in units_of(campaign).values()] == [2, 1, 1]
    assert (campaign.asks.get().due_origin, campaign.sign_due_at) == ("", None)


def test_a_notice_nobody_confirmed_is_no_plan(cast, officer):
    with pytest.raises(Refused):
        make_campaign(read_notice(cast), by=officer)
