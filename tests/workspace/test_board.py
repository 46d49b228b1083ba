"""The board: shares of sets with their evidence, whom to telephone, nobody of another city."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jinguo.campaigns.actions import circulation as acts
from jinguo.campaigns.models import Circulation, Obligation
from jinguo.federation.models import Link
from jinguo.lib import clock
from jinguo.messages.models import OutMessage
from tests.issued import copy_of, issue

pytestmark = pytest.mark.django_db


def text(answer) -> str:
    """What is on the page, figures without the links they carry to their lists."""
    assert answer.status_code == 200, answer.status_code
    return re.sub(r"</a>|<a href=\"[^\"]*(?:signing|reporting)/[^\"]*\">(?!<)", "", answer.content.decode())


def sign(campaign, unit, who="信息员") -> Circulation:
    copy = copy_of(campaign, unit)
    acts.sign_circulation(copy, by=Link.objects.select_related("unit").get(object_code=copy.code), signer=who)
    return copy


@pytest.fixture
def officer(signed_in):
    return signed_in("officer")


def test_the_overview_counts_sets_and_leads_to_the_lists(officer, cast, campaign, letters):
    sign(campaign, cast.units["c.edu"])
    sign(campaign, cast.units["c.hos"])
    Obligation.objects.filter(unit=cast.units["c.a"]).update(exempt_at=clock.now(), exempt_reason="撤并中")
    Obligation.objects.filter(unit=cast.units["c.b"]).update(returns=2, accepted=2)
    page = text(officer.get(f"/desk/board/{campaign.code}/"))
    for words in ("5 家 · 40.0%", "4 家 · 25.0%", "4 家 = 发给 5 家 − 免报 1 家 − 撤并 0 家",
                  f"/desk/board/{campaign.code}/signing/?state=signed", "已签收 2", "待发 3"):  # fmt: skip
        assert words in page, words
    assert "按时" in page, "one ask has a date"


def test_an_empty_set_has_no_rate(officer, cast, letters, campaign):
    Obligation.objects.update(exempt_at=clock.now())
    page = text(officer.get(f"/desk/board/{campaign.code}/"))
    assert "0 家 · —" in page


def test_units_to_telephone_are_named_with_their_numbers(officer, cast):
    late = issue(cast, ("c.edu", "c.hos"), sign_due_at=clock.now() - timedelta(days=14))
    page = text(officer.get(f"/desk/board/{late.code}/waits/"))
    assert page.count("过了签收的日子") == 2
    assert 'href="tel:0353-000-0000"' in page


def test_evidence_stands_beside_every_unit(officer, cast, campaign, letters):
    sign(campaign, cast.units["c.edu"], "女工委信息员")
    Circulation.objects.filter(unit=cast.units["c.hos"]).update(
        undeliverable_at=clock.now(), undeliverable_why="no_address"
    )
    page = text(officer.get(f"/desk/board/{campaign.code}/signing/"))
    for words in ("女工委信息员", "链接", "没有登记邮箱", "共 5 家"):
        assert words in page, words
    page = text(officer.get(f"/desk/board/{campaign.code}/signing/", {"state": "signed"}))
    assert "市教育局妇委会" in page
    assert "市第二医院女工委" not in page
    assert "没有符合的单位" in text(officer.get(f"/desk/board/{campaign.code}/signing/", {"words": "没有这家"}))


@pytest.mark.parametrize(
    "asked", [{"page": "0"}, {"page": "x"}, {"page": "99999999999"}, {"state": "nonsense"}, {"place": "x"}]
)
def test_odd_addresses_are_answered(officer, campaign, letters, asked):
    for tab in ("signing", "reporting"):
        assert officer.get(f"/desk/board/{campaign.code}/{tab}/", asked).status_code == 200


def test_reports_are_listed_with_their_computed_states(officer, cast, campaign, letters):
    closing = Obligation.objects.get(unit=cast.units["c.edu"], ask__kind="closing")
    Obligation.objects.filter(pk=closing.pk).update(due_at=clock.now() - timedelta(days=8))
    page = text(officer.get(f"/desk/board/{campaign.code}/reporting/", {"state": "long_overdue"}))
    assert "市教育局妇委会" in page
    assert "共 1 件" in page
    page = text(officer.get(f"/desk/board/{campaign.code}/"))
    assert "久逾 1" in page
    page = text(officer.get(f"/desk/board/{campaign.code}/reporting/", {"ask": closing.ask.code}))
    assert "共 5 件" in page


@pytest.mark.parametrize(
    "tab", ["", "asks/", "waits/", "signing/", "reporting/", "places/", "places/?at=committee", "wall/", "download/"]
)
@pytest.mark.parametrize(
    ("who", "status"), [("leader", 200), ("chair", 200), ("d.officer", 404), ("sister", 404), ("liaison", 403)]
)
def test_only_the_office_follows_its_campaign(signed_in, campaign, letters, tab, who, status):
    assert signed_in(who).get(f"/desk/board/{campaign.code}/{tab}").status_code == status


def test_a_draft_has_no_board_yet(officer, campaign):
    type(campaign).objects.filter(pk=campaign.pk).update(state="draft", issued_at=None)
    answer = officer.get(f"/desk/board/{campaign.code}/")
    assert answer.status_code == 403
    assert "还没有发出" in answer.content.decode()
    assert "还没有发出的通知" in text(officer.get("/desk/board/"))


def test_what_units_say_about_burden_is_read_and_heard(officer, cast, campaign, letters):
    copy = copy_of(campaign, cast.units["c.edu"])
    link = Link.objects.select_related("unit").get(object_code=copy.code)
    acts.say_burden(copy, by=link, text="<b>第三张</b>表了")
    board = f"/desk/board/{campaign.code}/"
    page = text(officer.get(f"{board}waits/"))
    assert "&lt;b&gt;第三张&lt;/b&gt;表了" in page
    heard = f"/desk/burdens/{copy.burdens.get().code}/heard/"
    assert heard in page
    for _ in range(2):
        assert officer.post(heard).url == board
    assert "第三张" not in text(officer.get(f"{board}waits/"))


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("", 20), ("{}/", 28), ("{}/asks/", 15), ("{}/waits/", 25), ("{}/signing/", 20), ("{}/reporting/", 20), ("{}/places/", 20), ("{}/places/?at=COUNTY", 25),
        ("{}/places/?at=enterprise", 20), ("{}/wall/", 35), ("{}/download/", 30),
    ],
)  # fmt: skip
def test_every_page_of_the_board_takes_a_fixed_number_of_queries(officer, cast, path, most):
    path = path.replace("COUNTY", cast.units["c.a"].code)
    small = issue(cast, ("c.a", "c.a.t", "c.hos"), title="三家")
    large = issue(cast, ("c.a", "c.a.t", "c.a.t.v", "c.b", "c.edu", "c.hos"), title="六家")
    for one in (small, large):
        late = clock.now() - timedelta(days=30)
        type(one).objects.filter(pk=one.pk).update(sign_due_at=late, sign_due_origin="confirmed")
        Obligation.objects.filter(ask__campaign=one, ask__kind="closing").update(due_at=late)
    counted = []
    for one in (small, large):
        with CaptureQueriesContext(connection) as queries:
            assert officer.get(f"/desk/board/{path.format(one.code)}").status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]
    assert counted[0] <= most


def test_many_units_come_in_pages(officer, cast, campaign, letters):
    from jinguo.federation.actions.units import NewUnit, plant_units
    from tests.world import BY

    more = plant_units(
        [NewUnit(f"n{n}", f"第{n}女工委", f"第{n}女工委", "enterprise", "city") for n in range(60)],
        by=BY, under=cast.units["c"],
    )  # fmt: skip
    Circulation.objects.bulk_create(Circulation(campaign=campaign, unit=unit) for unit in more.values())
    first = text(officer.get(f"/desk/board/{campaign.code}/signing/", {"unit_class": "enterprise"}))
    assert "第 1 页，共 2 页" in first
    assert "unit_class=enterprise&amp;page=2" in first
    second = text(officer.get(f"/desk/board/{campaign.code}/signing/", {"unit_class": "enterprise", "page": "2"}))
    assert 'rel="next"' not in second


class TestOneCopy:
    """The officer's page of one unit's copy."""

    @pytest.fixture
    def copy(self, cast, campaign, letters) -> Circulation:
        return copy_of(campaign, cast.units["c.edu"])

    def test_it_tells_what_happened_and_to_whom_was_written(self, officer, copy):
        page = text(officer.get(f"/desk/circulations/{copy.code}/"))
        for words in (
            "经过",
            "链接和邮件进了发信箱",
            "c-edu@example.org",
            "待发",
            "信息员",
            "0353-000-0000",
            "发出链接和邮件",
        ):
            assert words in page, words

    def test_a_call_is_noted_with_whom_and_when(self, officer, copy):
        here = f"/desk/circulations/{copy.code}/"
        moment = clock.local(clock.now()).strftime("%Y-%m-%dT%H:%M")
        wrong = officer.post(f"{here}phone/", {"whom": "", "called_at": "yesterday", "note": "下午来取"})
        assert wrong.status_code == 422
        assert "下午来取" in wrong.content.decode()
        for _ in range(2):
            assert officer.post(f"{here}phone/", {"whom": "王主任", "called_at": moment, "note": ""}).url == here
        page = text(officer.get(here))
        assert "电话代签收：王主任" in page
        assert "代签收" in page

    def test_a_new_link_is_sent_once_however_often_it_is_pressed(self, officer, copy, letters):
        here = f"/desk/circulations/{copy.code}/"
        old = letters.page("c.edu")
        code = Link.objects.get(object_code=copy.code).code
        for _ in range(2):
            assert officer.post(f"{here}reissue/", {"instead_of": code, "address": ""}).url == here
        assert OutMessage.objects.filter(about_code=copy.code, state="waiting").count() == 1
        assert officer.get(old).status_code == 410
        assert officer.get(letters.page("c.edu")).status_code == 200
        wrong = officer.post(f"{here}reissue/", {"instead_of": Link.objects.latest("pk").code, "address": "not one"})
        assert wrong.status_code == 422
        assert "not one" in wrong.content.decode()

    def test_a_link_is_ended_by_the_office(self, officer, copy, letters):
        page = letters.page("c.edu")
        assert officer.post(f"/desk/circulations/{copy.code}/revoke/").status_code == 302
        assert officer.get(page).status_code == 410

    @pytest.mark.parametrize("act", ["phone", "reissue", "revoke"])
    @pytest.mark.parametrize("who", ["leader", "liaison", "d.officer", "sister"])
    def test_nobody_else_acts_on_it(self, signed_in, copy, act, who):
        answer = signed_in(who).post(
            f"/desk/circulations/{copy.code}/{act}/", {"whom": "王", "called_at": "2024-01-01T10:00"}
        )
        assert answer.status_code in {403, 404, 422}
        copy.refresh_from_db()
        assert copy.signed_at is None
        assert Link.objects.get(object_code=copy.code).revoked_at is None

    def test_a_leader_reads_and_is_told_why_she_cannot_act(self, signed_in, copy):
        page = text(signed_in("leader").get(f"/desk/circulations/{copy.code}/"))
        assert "只有发出这份通知的单位" in page
        assert "<button" not in page.split("办理")[1].split("</aside>")[0]
