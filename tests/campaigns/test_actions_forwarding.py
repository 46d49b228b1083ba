"""转发: a county passes the city's notice on, as it is or as its own; townships see only theirs, the city sees both layers."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jinguo.campaigns.actions import forwarding
from jinguo.campaigns.actions.circulation import sign_circulation
from jinguo.campaigns.actions.delivery import send_circulations
from jinguo.campaigns.actions.forwarding import AskShape, ClauseShape, Shape
from jinguo.campaigns.actions.group import open_group
from jinguo.campaigns.actions.issue import issue_campaign
from jinguo.campaigns.models import Campaign, Circulation, Clause, Obligation
from jinguo.campaigns.models.campaign import CampaignState, DueOrigin
from jinguo.campaigns.queries import forwarding as queries
from jinguo.federation.actions.links import make_link, open_link
from jinguo.federation.models import Office
from jinguo.federation.models.link import Purpose
from jinguo.federation.policy import UNIT_LINK
from jinguo.journal.actions import System
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, Refused
from jinguo.messages.models import OutMessage
from jinguo.reports.actions.returns import send_sheet
from jinguo.reports.actions.review import accept_return
from jinguo.reports.models import Return
from jinguo.reports.queries.coverage import coverage_of, units_in, units_of, untouched
from jinguo.reports.sheet import Sheet
from tests.issued import copy_of, issue

ASKED_OWN = "妇女之家的讲座，请每季度讲一次。"


@pytest.fixture
def county(cast):
    return cast.users["county_officer"]


@pytest.fixture
def copy(cast, campaign, county):
    """The county's copy, signed for."""
    row = copy_of(campaign, cast.units["c.a"])
    sign_circulation(row, by=county, signer="办公室")
    return copy_of(campaign, cast.units["c.a"])


def link_of(letters, key):
    return open_link(letters.page(key).split("/")[2], UNIT_LINK)


def shape_of(draft: Campaign, **more) -> Shape:
    """The city's two clauses, one reworded; one ask with the county's own day; one clause and one ask added."""
    first, second = queries.clauses_to_pass(draft.passes_on.campaign)
    each, closing = draft.passes_on.campaign.asks.order_by("pk")
    day = clock.today() + timedelta(days=6)
    return Shape(
        title="关于做好庆三八活动的通知",
        clauses=[
            ClauseShape(first.code, True, first.heading, "要组织义诊，走进企业和医院，每个乡镇至少一次。"),
            ClauseShape(second.code, False, second.heading, ""),
            ClauseShape("", True, "", ASKED_OWN),
        ],
        asks=[AskShape(each.code, False, each.title), AskShape(closing.code, True, closing.title, day)],
        **more,
    )


# As it is --------------------------------------------------------------------------------------------------------------


def test_a_county_passes_a_notice_on_unchanged_in_one_press(cast, campaign, county, copy):
    made = forwarding.pass_on(copy, by=county)
    again = forwarding.pass_on(copy, by=county)
    assert made.pk == again.pk and made.state == CampaignState.ISSUED and made.unchanged
    assert [row.unit for row in made.circulations.all()] == [cast.units["c.a.t"]], "its own township, nobody else"
    assert copy_of(campaign, cast.units["c.a"]).state.label == "已转发"
    assert "转发给你们" in made.cover and campaign.doc_number in made.cover
    assert [line.state for line in queries.lines_of(made)] == ["kept", "kept"]
    assert Obligation.objects.filter(ask__campaign=made).count() == 2


def test_who_proves_herself_by_digits_reads_the_superior_s_text_too(cast, client, county, copy):
    made = forwarding.pass_on(copy, by=county)
    door = open_group(made, by=county)
    address = f"/g/{door.secret}/{copy_of(made, cast.units['c.a.t']).code}/"
    assert client.post(address, {"digits": "0000"}).status_code == 302
    page = client.get(address).content.decode()
    assert "转发给你们" in page and "要组织义诊" in page, "not the covering sentence alone"


def test_what_the_issuer_holds_itself_is_no_task_of_townships(county, copy):
    made = forwarding.pass_on(copy, by=county)
    assert not made.clauses.filter(kind="own_event").exists()


def test_it_must_be_signed_for_first(cast, campaign, county):
    with pytest.raises(Refused, match="先签收"):
        forwarding.pass_on(copy_of(campaign, cast.units["c.a"]), by=county)


def test_who_was_told_by_the_city_is_not_told_twice(cast, county):
    both = issue(cast, ("c.a", "c.a.t"))
    mine = copy_of(both, cast.units["c.a"])
    sign_circulation(mine, by=county, signer="办公室")
    with pytest.raises(Refused, match="都已直接收到"):
        forwarding.pass_on(mine, by=county)
    assert not Campaign.objects.filter(passes_on=mine).exists()


def test_nobody_else_passes_a_countys_copy_on(cast, copy):
    for who in ("officer", "sister", "liaison"):
        with pytest.raises(Refused):
            forwarding.pass_on(copy, by=cast.users[who])


def test_behind_the_link_only_the_usual_sentence_goes_out(cast, campaign, letters, copy):
    link = link_of(letters, "c.a")
    with pytest.raises(Refused, match="账号"):
        forwarding.pass_on(copy, by=link, cover="请各乡镇马上把表报来。")
    with pytest.raises(Refused, match="账号"):
        forwarding.begin_local(copy, by=link)
    made = forwarding.pass_on(copy, by=link)
    assert made.cover.startswith("现将")


def test_a_county_without_an_office_sends_by_the_citys_mailbox(cast, county, copy):
    made = forwarding.pass_on(copy, by=county, at_once=True)
    office = Office.objects.get(unit=cast.units["c.a"])
    assert made.office == office and office.parent == cast.office
    assert send_circulations() > 0
    letter = OutMessage.objects.get(about_code=made.circulations.get().code)
    assert "东川县妇女联合会发来一份通知" in letter.body


def test_a_day_that_has_passed_makes_nobody_late_on_the_day_she_is_told(cast, campaign, county, copy):
    campaign.asks.filter(kind="closing").update(due_at=clock.now() - timedelta(days=1))
    made = forwarding.pass_on(copy, by=county)
    assert made.asks.get(kind="closing").due_at is None


# A local notice --------------------------------------------------------------------------------------------------------


def test_a_local_notice_keeps_rewords_leaves_out_and_adds(cast, county, copy):
    draft = forwarding.begin_local(copy, by=county)
    assert forwarding.begin_local(copy, by=county).pk == draft.pk
    forwarding.shape_local(draft, shape_of(draft), by=county)
    draft.refresh_from_db()
    assert [line.state for line in queries.lines_of(draft)] == ["changed", "dropped", "added"]
    changed = queries.lines_of(draft)[0]
    assert [piece.text for piece in changed.pieces if piece.how == "ins"] == ["，每个乡镇至少一次"]
    assert [line.state for line in queries.ask_lines_of(draft)] == ["dropped", "changed"]
    ask = draft.asks.get()
    assert ask.due_origin == DueOrigin.LOCAL and ask.due_at == clock.end_of(clock.today() + timedelta(days=6))
    assert copy.forwarded_at is None, "a draft passes nothing on"


def test_every_sentence_kept_or_reworded_leads_back_to_the_citys(county, copy, campaign):
    draft = forwarding.begin_local(copy, by=county)
    forwarding.shape_local(draft, shape_of(draft), by=county)
    for clause in draft.clauses.exclude(number__startswith="增"):
        assert clause.source.campaign == campaign and clause.source.number == clause.number
    assert draft.clauses.get(number="增1").source is None


def test_the_paper_says_what_the_clauses_say(county, copy):
    draft = forwarding.begin_local(copy, by=county)
    forwarding.shape_local(draft, shape_of(draft), by=county)
    issued = issue_campaign(Campaign.objects.get(pk=draft.pk), by=county)
    text = issued.notice.readings.order_by("-pk").first().raw_text
    assert "每个乡镇至少一次" in text and ASKED_OWN in text and "家庭教育课" not in text
    assert issued.notice.file.name == "关于做好庆三八活动的通知.docx" and issued.notice.file.deleted_at is None
    assert text.rstrip().splitlines()[-1] == f"{clock.today().year}年{clock.today().month}月{clock.today().day}日"


def test_a_local_notice_is_issued_by_the_same_circulation_and_the_city_sees_it(cast, campaign, county, copy):
    draft = forwarding.begin_local(copy, by=county)
    forwarding.shape_local(draft, shape_of(draft), by=county)
    issued = issue_campaign(Campaign.objects.get(pk=draft.pk), by=county)
    assert copy_of(campaign, cast.units["c.a"]).state.label == "已转发"
    township = copy_of(issued, cast.units["c.a.t"])
    Circulation.objects.filter(pk=township.pk).update(signed_at=clock.now(), signed_how="link")
    layer = queries.layers_of([copy_of(campaign, cast.units["c.a"])])
    (figures,) = layer.values()
    assert (figures.told, figures.signed, figures.asked, figures.answered) == (1, 1, 1, 0)
    assert (figures.kept, figures.changed, figures.dropped, figures.added) == (0, 1, 1, 1)


def test_a_notice_with_nothing_left_or_a_day_gone_by_is_refused(county, copy):
    draft = forwarding.begin_local(copy, by=county)
    clauses = [ClauseShape(row.code, False, "", "") for row in queries.clauses_to_pass(copy.campaign)]
    with pytest.raises(Invalid, match="一条也没有留下"):
        forwarding.shape_local(draft, Shape("标题", clauses=clauses), by=county)
    ask = copy.campaign.asks.first()
    late = Shape("标题", asks=[AskShape(ask.code, True, ask.title, clock.today() - timedelta(days=1))])
    with pytest.raises(Invalid, match="已经过去"):
        forwarding.shape_local(draft, late, by=county)
    assert draft.clauses.count() == 2, "refused, nothing changed"


def test_a_draft_can_be_dropped_and_the_notice_passed_on_as_it_is(county, copy):
    draft = forwarding.begin_local(copy, by=county)
    with pytest.raises(Refused, match="写到一半"):
        forwarding.pass_on(copy, by=county)
    forwarding.drop_local(draft, by=county)
    assert forwarding.pass_on(copy, by=county).unchanged


def test_an_issued_local_notice_is_no_draft_any_more(county, copy):
    draft = forwarding.begin_local(copy, by=county)
    issue_campaign(draft, by=county)
    with pytest.raises(Refused):
        forwarding.shape_local(Campaign.objects.get(pk=draft.pk), shape_of(draft), by=county)


# Pages -----------------------------------------------------------------------------------------------------------------


def test_townships_see_only_theirs_and_the_way_back_to_the_citys_sentence(cast, county, copy):
    made = forwarding.pass_on(copy, by=county, at_once=True)
    while send_circulations():
        continue
    township = copy_of(made, cast.units["c.a.t"])
    letter = OutMessage.objects.get(about_code=township.code)
    page = Client().get(re.search(r"/l/[^/\s]+/", letter.body).group()).content.decode()
    assert "东川县妇联转发清泉市妇联的通知" in page and "源自清泉市妇联通知" in page
    assert "西岭区" not in page and "石桥镇" not in page


def test_the_officer_forwards_at_her_desk_and_reads_both_layers(cast, campaign, signed_in, copy):
    browser = signed_in("county_officer")
    page = browser.get(f"/desk/received/{copy.code}/forward/").content.decode()
    assert "发给 1 个单位" in page and "泉水镇妇联" in page
    assert browser.post(f"/desk/received/{copy.code}/forward/", {"cover": ""}).status_code == 302
    city = signed_in("officer")
    layers = city.get(f"/desk/board/{campaign.code}/layers/").content.decode()
    assert "东川县妇联" in layers and "原样转发" in layers and "0 / 1" in layers
    layer = city.get(f"/desk/circulations/{copy.code}/layer/").content.decode()
    assert "泉水镇妇联" in layer and "一字未改" in layer


def test_a_sister_county_sees_nothing_of_it(cast, campaign, signed_in, county, copy):
    made = forwarding.pass_on(copy, by=county)
    sister = signed_in("sister")
    for path in (
        f"/desk/circulations/{copy.code}/layer/", f"/desk/received/{copy.code}/forward/", f"/desk/campaigns/{made.code}/local/",
        f"/desk/board/{made.code}/", f"/desk/received/{copy.code}/below/",
    ):  # fmt: skip
        assert sister.get(path).status_code == 404, path


def test_the_local_notice_is_written_and_sent_from_its_page(cast, signed_in, copy):
    browser = signed_in("county_officer")
    answer = browser.post(f"/desk/received/{copy.code}/local/")
    page = browser.get(answer.url)
    first, second = queries.clauses_to_pass(copy.campaign)
    _each, closing = copy.campaign.asks.order_by("pk")
    form = {
        "title": "东川县的通知", "doc_number": "", "cover": "", "sign_due": "", f"how-{first.code}": "changed",
        f"text-{first.code}": "要组织义诊，下到村里。", f"how-{second.code}": "kept", f"text-{second.code}": "",
        f"keep-{closing.code}": "on", f"ask-{closing.code}": closing.title, f"due-{closing.code}": "",
        "added-1": "", "added-2": "", "ask-added-1": "", "due-added-1": "", "next": "1",
    }  # fmt: skip
    assert page.status_code == 200
    answer = browser.post(answer.url, form)
    assert answer.status_code == 302 and answer.url.endswith("/recipients/"), answer.content.decode()[:2000]
    draft = Campaign.objects.get(passes_on=copy)
    assert draft.clauses.get(source=first).sentence == "要组织义诊，下到村里。"
    assert [ask.source_id for ask in draft.asks.all()] == [closing.pk]
    assert browser.get(answer.url).status_code == 200
    assert browser.get(f"/desk/campaigns/{draft.code}/").status_code == 200
    assert browser.post(f"/desk/campaigns/{draft.code}/issue/").status_code == 302
    draft.refresh_from_db()
    assert draft.state == CampaignState.ISSUED


def test_the_layers_page_asks_the_same_queries_for_one_row_and_three(cast, signed_in):
    wide = issue(cast, ("c.a", "c.b", "c.edu"), title="另一份通知")
    browser, counts = signed_in("officer"), []
    for key, who in (("c.a", "county_officer"), ("c.b", "sister")):
        mine = copy_of(wide, cast.units[key])
        sign_circulation(mine, by=cast.users[who], signer="办公室")
        forwarding.pass_on(copy_of(wide, cast.units[key]), by=cast.users[who])
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(f"/desk/board/{wide.code}/layers/").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


# What the layer below does, on the city's coverage -----------------------------------------------------------------------


def reported_below(cast, made, accept=True):
    """The township reports an activity under the first clause of the county's notice; the county takes it, or not yet."""
    duty = Obligation.objects.select_related("ask__campaign__office__unit", "unit").get(
        ask__campaign=made, unit=cast.units["c.a.t"], ask__kind="each_activity"
    )
    clause = made.clauses.order_by("position").first()
    sheet = Sheet({"title": "送医下村", "held_on": clock.today()}, [clause])
    copy = copy_of(made, cast.units["c.a.t"])
    link, _secret = make_link(
        Purpose.UNIT, unit=copy.unit, kind="circulation", code=copy.code, expires_at=clock.now() + timedelta(days=9),
        by=System("test"),
    )  # fmt: skip
    given = send_sheet(duty, sheet, token="t" * 12, by=link)
    if accept:
        accept_return(given, number=1, by=cast.users["county_officer"])
    return clause.source


def test_what_townships_do_under_a_passed_on_notice_shows_on_the_citys_matrix_apart(
    cast, campaign, county, copy, signed_in
):
    first = campaign.clauses.order_by("position").first()
    assert first in untouched(campaign, clock.now()).asked
    made = forwarding.pass_on(copy, by=county)
    assert first in untouched(campaign, clock.now()).asked, "told, but nobody has done anything"
    assert reported_below(cast, made, accept=False) == first
    matrix = coverage_of(campaign)
    assert first not in untouched(campaign, clock.now()).asked, "somebody moved, though the county has not read it"
    assert matrix.cell(first, cast.units["c.a"].code).either == 0
    accept_return(Return.objects.get(), number=1, by=county)
    matrix = coverage_of(campaign)
    cell = matrix.cell(first, cast.units["c.a"].code)
    assert (cell.count, cell.below, cell.empty) == (0, 1, "")
    assert matrix.covered == 1 and matrix.total == {}, "the city itself has received nothing"
    page = signed_in("officer").get(f"/desk/campaigns/{campaign.code}/coverage/").content.decode()
    assert "+1" in page and "下一层 1 件" in page and f"/desk/board/{campaign.code}/layers/" in page


def test_what_townships_do_shows_apart_in_the_line_of_the_county_they_did_it_for(
    cast, campaign, county, copy, signed_in
):
    first = campaign.clauses.order_by("position").first()
    reported_below(cast, forwarding.pass_on(copy, by=county))
    matrix = coverage_of(campaign)
    group = next(one for one in matrix.groups if one.code == cast.units["c.a"].code)
    rows = {row.unit.pk: row for row in units_of(campaign, matrix.clauses, units_in(campaign, group))}
    at = matrix.clauses.index(first)
    cells = {pk: (row.cells[at].count, row.cells[at].below) for pk, row in rows.items()}
    assert cells[cast.units["c.a"].pk] == (0, 1), "the county's line, no gap"
    assert sum(below for _count, below in cells.values()) == matrix.cell(first, group.code).below == 1
    officer = signed_in("officer")
    page = officer.get(f"/desk/campaigns/{campaign.code}/coverage/?group={group.code}").content.decode()
    assert ">+1</a>" in page and "东川县妇联，下一层 1 件" in page and "“+”" in page
    page = officer.get(f"/desk/board/{campaign.code}/places/?at={group.code}").content.decode()
    assert "下一层 1 件" in page


def test_an_ask_answered_only_below_is_not_among_what_nobody_answered(cast, campaign, county, copy):
    each = campaign.asks.get(kind="each_activity")
    made = forwarding.pass_on(copy, by=county)
    assert queries.asks_answered_below(campaign) == set()
    reported_below(cast, made)
    assert queries.asks_answered_below(campaign) == {each.pk}


def test_a_second_layer_counts_for_the_citys_clause_too(cast, campaign, county, copy):
    made = forwarding.pass_on(copy, by=county)
    first = campaign.clauses.order_by("position").first()
    here = made.clauses.get(source=first)
    Campaign.objects.filter(pk=made.pk).update(state=CampaignState.DRAFT, issued_at=None)
    assert queries.passed_on(Clause.objects, [first.pk]) == {}, "a draft is nobody's notice yet"
    Campaign.objects.filter(pk=made.pk).update(state=CampaignState.ISSUED, issued_at=clock.now())
    deeper = Clause.objects.create(
        campaign=made, source=here, position=90, number="", kind=here.kind, heading="村里讲一次", sentence="讲一次。",
        reach=here.reach,
    )  # fmt: skip
    assert queries.passed_on(Clause.objects, [first.pk]) == {here.pk: first.pk, deeper.pk: first.pk}
