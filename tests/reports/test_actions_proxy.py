"""代报 and 上级代签收: a county acts for a township that cannot; it is said everywhere, the township is told and corrects it."""

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile

from jinguo.campaigns.actions.circulation import sign_circulation
from jinguo.campaigns.actions.delivery import send_circulations
from jinguo.campaigns.actions.obligations import undo_zero, zero_report
from jinguo.campaigns.actions.proxy import sign_for_unit, zero_report_for_unit
from jinguo.campaigns.models import Obligation, ProxyReport
from jinguo.campaigns.queries.circulation import report_tallies, sign_tally
from jinguo.federation.actions.links import open_link
from jinguo.federation.policy import UNIT_LINK
from jinguo.lib import clock, ids
from jinguo.lib.errors import Invalid, Refused
from jinguo.messages.models import OutMessage
from jinguo.reports.actions.returns import revise_return, send_for_unit, send_sheet
from jinguo.reports.models import Return
from jinguo.reports.sheet import Sheet
from tests.activities.pictures import jpeg
from tests.campaigns.conftest import Letters, signed_in  # noqa: F401
from tests.issued import copy_of, issue

WHY = "村里没有专人"


@pytest.fixture
def campaign(cast):
    """Sent by the city to a county, its township and a sister county."""
    return issue(cast, ("c.a", "c.a.t", "c.b"))


@pytest.fixture
def duty(cast, campaign):
    rows = Obligation.objects.select_related("unit", "ask__campaign__office__unit")
    return rows.get(unit=cast.units["c.a.t"], ask__campaign=campaign, ask__kind="each_activity")


@pytest.fixture
def township(cast, campaign):
    """The township's own link."""
    send_circulations()
    return open_link(Letters(cast, campaign).page("c.a.t", campaign).split("/")[2], UNIT_LINK)


def sheet(title="送书下村"):
    return Sheet({"title": title, "held_on": clock.today()})


def report(cast, duty, who="county_officer", **more):
    return send_for_unit(
        duty, sheet(), token=more.get("token", ids.new_code()), reason=more.get("reason", WHY), by=cast.users[who]
    )


def test_a_county_reports_for_its_township_with_who_and_why(cast, campaign, duty):
    given = report(cast, duty)
    duty.refresh_from_db()
    assert duty.state_at(clock.now()).label == "代报" and duty.proxy_unit == cast.units["c.a"]
    evidence = ProxyReport.objects.get(about=given.code)
    assert (evidence.unit, evidence.reason) == (cast.units["c.a"], WHY)
    assert given.unit == cast.units["c.a.t"], "it is the township's report"
    _ask, tally = report_tallies(campaign, clock.now())[0]
    assert tally.counts["proxy"] == 1 and tally.done == 1


def test_the_township_is_told_and_its_own_report_takes_over(cast, duty, township):
    given = report(cast, duty)
    letter = OutMessage.objects.get(key__startswith="proxy:")
    assert "东川县妇女联合会替贵单位报了“送书下村”" in letter.body and WHY in letter.body
    again = revise_return(given, sheet("送书下村两场"), token=ids.new_code(), by=township)
    duty.refresh_from_db()
    assert again.current.title == "送书下村两场" and duty.proxy_unit is None
    assert duty.state_at(clock.now()).label == "已报" and ProxyReport.objects.count() == 1


def test_a_report_of_its_own_beside_it_takes_over_too(cast, duty, township):
    report(cast, duty)
    send_sheet(
        Obligation.objects.select_related("unit", "ask__campaign").get(pk=duty.pk),
        sheet("自己办的"),
        token=ids.new_code(),
        by=township,
    )
    duty.refresh_from_db()
    assert duty.returns == 2 and duty.proxy_unit is None


def test_only_the_county_above_reports_by_proxy_and_only_with_a_reason(cast, duty):
    for who in ("sister", "officer", "liaison", "executive", "d.officer"):
        with pytest.raises(Refused):
            report(cast, duty, who)
    with pytest.raises(Invalid):
        report(cast, duty, reason="  ")
    assert not Return.objects.exists()


def test_the_same_form_twice_is_one_report_and_one_letter(cast, duty, township):
    token = ids.new_code()
    assert report(cast, duty, token=token).pk == report(cast, duty, token=token).pk
    assert OutMessage.objects.filter(key__startswith="proxy:").count() == 1


def test_a_pasted_text_and_a_photograph_fill_the_county_s_form_and_nothing_is_the_township_s_yet(
    cast,
    duty,
    township,
    signed_in,  # noqa: F811
):
    told = "3月6日，石桥镇妇联在镇卫生院开展两癌筛查义诊活动，80余名妇女参加，发放手册200份，大家都说有用。"
    browser, path = signed_in("county_officer"), f"/desk/obligations/{duty.code}/proxy/"
    sent = {"token": ids.new_code(), "asked": "", "brought": "", "title": "我起的名字", "why_proxy": WHY}
    files = [SimpleUploadedFile("现场.jpg", jpeg(2400, 1800, place=True))]
    page = browser.post(path, sent | {"fill": "1", "paste": told, "drop": files})
    form = page.context["form"]
    assert page.status_code == 200 and "填进来了" in page.content.decode() and not Return.objects.exists()
    assert (form["title"].value(), form["place"].value(), form["token"].value()) == (
        "我起的名字", "镇卫生院", sent["token"],
    )  # fmt: skip
    assert page.context["why"]["why_proxy"].value() == WHY
    values = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "", False)}
    values |= {name: str(values[name]) for name in ("held_on",)} | {"on_site": "80余", "women": ""}
    values |= {"brought": page.context["brought"], "why_proxy": WHY}
    answer = browser.post(path, values)
    if answer.status_code == 422:
        answer = browser.post(path, values | {"asked": answer.context["asked"]})
    given = Return.objects.get()
    assert (given.state, given.current.title, given.current.on_site, given.current.place) == (
        "reported", "我起的名字", 80, "镇卫生院",
    )  # fmt: skip
    assert given.current.sources["place"]["from"].startswith("pasted") and given.current.photo_links.count() == 1


def test_what_the_page_carried_is_not_believed_when_it_was_changed(cast, duty, township, signed_in):  # noqa: F811
    path = f"/desk/obligations/{duty.code}/proxy/"
    forged = signing.dumps({"values": {"title": "x"}}, salt="brought:another")
    page = signed_in("county_officer").post(path, {"token": ids.new_code(), "brought": forged, "title": "读书会"})
    assert page.status_code == 422 and page.context["brought"] == "" and not Return.objects.exists()


def test_what_the_township_said_itself_is_not_overruled(cast, duty, township):
    zero_report(duty, reason="没有办", by=township)
    duty.refresh_from_db()
    with pytest.raises(Refused):
        report(cast, duty)


def test_it_is_said_on_every_page_that_shows_it(cast, campaign, duty, township, signed_in, client):  # noqa: F811
    given = report(cast, duty)
    city = signed_in("officer")
    assert "由东川县妇联代报" in city.get(f"/desk/board/{campaign.code}/reporting/").content.decode()
    assert "由东川县妇联代报" in city.get(f"/desk/reports/{given.code}/").content.decode()
    assert WHY in city.get(f"/desk/obligations/{duty.code}/").content.decode()
    own = client.get(f"/l/{township.secret}/reports/{given.code}/").content.decode()
    assert "上级代报" in own and WHY in own
    assert "由东川县妇联代报" in client.get(f"/l/{township.secret}/duties/").content.decode()


def test_the_county_does_it_from_its_pages(cast, campaign, duty, signed_in):  # noqa: F811
    browser = signed_in("county_officer")
    below = browser.get(f"/desk/received/{copy_of(campaign, cast.units['c.a']).code}/below/").content.decode()
    assert f"/desk/obligations/{duty.code}/" in below and "石桥" not in below
    assert f"/desk/obligations/{duty.code}/proxy/" in browser.get(f"/desk/obligations/{duty.code}/").content.decode()
    path = f"/desk/obligations/{duty.code}/proxy/"
    token = browser.get(path).context["form"]["token"].value()
    posted = {"token": token, "asked": "", "title": "送书下村", "held_on": clock.today().isoformat(), "why_proxy": WHY}
    answer = browser.post(path, posted)
    if answer.status_code == 422:  # asked back once
        answer = browser.post(path, posted | {"asked": answer.context["asked"]})
    assert answer.status_code == 302, answer.content.decode()
    assert browser.post(path, {"token": "x"}).status_code == 422
    assert signed_in("sister").get(path).status_code == 404
    assert signed_in("officer").get(path).status_code == 403


# Signing ---------------------------------------------------------------------------------------------------------------


def test_a_county_signs_for_its_township_and_it_counts_as_by_proxy(cast, campaign, township):
    copy = copy_of(campaign, cast.units["c.a.t"])
    sign_for_unit(copy, by=cast.users["county_officer"], whom="村妇联主席", reason=WHY)
    assert copy.state.label == "代签收" and copy.proxy_unit == cast.units["c.a"] and copy.signed_note == WHY
    tally = sign_tally(campaign)
    assert tally.counts["proxy"] == 1 and tally.done == 1
    assert "替贵单位签收" in OutMessage.objects.get(key__startswith="proxy:").body


def test_the_townships_own_signature_takes_over(cast, campaign, township, client):
    copy = copy_of(campaign, cast.units["c.a.t"])
    sign_for_unit(copy, by=cast.users["county_officer"], whom="主席", reason=WHY)
    page = client.get(f"/l/{township.secret}/").content.decode()
    assert "我们自己签" in page and WHY in page
    assert client.post(f"/l/{township.secret}/sign/", {"signer": "信息员"}).status_code == 302
    copy.refresh_from_db()
    assert copy.state.label == "已签收" and copy.proxy_unit is None and copy.signer == "信息员"


def test_nobody_else_signs_for_it(cast, campaign):
    copy = copy_of(campaign, cast.units["c.a.t"])
    for who in ("sister", "officer", "liaison"):
        with pytest.raises(Refused):
            sign_for_unit(copy, by=cast.users[who], whom="主席", reason=WHY)
    with pytest.raises(Invalid):
        sign_for_unit(copy, by=cast.users["county_officer"], whom="主席", reason="")


def test_what_it_signed_itself_is_not_overruled(cast, campaign, township):
    copy = copy_of(campaign, cast.units["c.a.t"])
    sign_circulation(copy, by=township, signer="信息员")
    with pytest.raises(Refused):
        sign_for_unit(copy, by=cast.users["county_officer"], whom="主席", reason=WHY)


def test_the_county_signs_on_its_page(cast, campaign, signed_in):  # noqa: F811
    copy = copy_of(campaign, cast.units["c.a.t"])
    browser, path = signed_in("county_officer"), f"/desk/circulations/{copy.code}/sign-for/"
    assert path in browser.get(f"/desk/circulations/{copy.code}/").content.decode()
    assert browser.post(path, {"whom": "", "reason": ""}).status_code == 422
    assert browser.post(path, {"whom": "主席", "reason": WHY}).status_code == 302
    assert signed_in("sister").get(path).status_code == 404


def zero_for(cast, duty, who="county_officer", reason="没有开展", why=WHY):
    duty.refresh_from_db()
    zero_report_for_unit(duty, reason=reason, why=why, by=cast.users[who])
    duty.refresh_from_db()
    return duty


def test_a_county_says_nothing_happened_for_its_township_which_is_told(cast, campaign, duty):
    for _press in range(2):
        zero_for(cast, duty)
    assert (duty.state_at(clock.now()).label, duty.zero_reason, duty.proxy_unit) == (
        "零报告",
        "没有开展",
        cast.units["c.a"],
    )
    evidence = ProxyReport.objects.get(obligation=duty)
    assert (evidence.unit, evidence.reason) == (cast.units["c.a"], WHY)
    told = OutMessage.objects.filter(key__startswith="proxy:").get()
    assert "报了“无”（没有开展）" in told.body and WHY in told.body
    tally = dict(report_tallies(campaign, clock.now()))[duty.ask]
    assert tally.counts["zero"] == 1 and tally.done == 1


@pytest.mark.parametrize("who", ["sister", "officer", "liaison"])
def test_nobody_else_says_it_for_the_township(cast, duty, who):
    with pytest.raises(Refused):
        zero_for(cast, duty, who)
    duty.refresh_from_db()
    assert duty.zero_at is None and not ProxyReport.objects.exists()


@pytest.mark.parametrize("missing", ["reason", "why"])
def test_it_needs_both_reasons(cast, duty, missing):
    with pytest.raises(Invalid):
        zero_for(cast, duty, **{missing: " "})
    assert not ProxyReport.objects.exists()


def test_the_township_takes_it_back_or_makes_it_its_own(cast, duty, township):
    zero_for(cast, duty)
    zero_report(duty, reason="确实没有", by=township)
    duty.refresh_from_db()
    assert duty.zero_at and duty.proxy_unit is None, "its own word now"
    undo_zero(duty, by=township)
    zero_for(cast, duty)
    undo_zero(duty, by=township)
    duty.refresh_from_db()
    assert duty.zero_at is None and duty.proxy_unit is None
    assert ProxyReport.objects.count() == 2, "the evidence stays"


def test_the_countys_page_has_both_ways(client, cast, duty):
    client.force_login(cast.users["county_officer"])
    page = f"/desk/obligations/{duty.code}/proxy/"
    assert "替它报“无”" in client.get(page).content.decode()
    refused = client.post(page, {"zero": "1", "words": "没有开展"})
    assert refused.status_code == 422 and "由上级代报" in refused.content.decode()
    said = client.post(page, {"zero": "1", "words": "没有开展", "why_zero": WHY}, follow=True)
    assert "报了“无”，也告诉它了" in said.content.decode()
    duty.refresh_from_db()
    assert duty.zero_reason == "没有开展" and duty.proxy_unit == cast.units["c.a"]
