"""What a unit sees and does behind its link, with scripts off: forms and links alone."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jinguo.campaigns.actions.delivery import send_circulations
from jinguo.campaigns.models import Burden, Circulation
from jinguo.federation.actions.links import make_link
from jinguo.federation.models import Link
from jinguo.federation.models.link import Purpose
from jinguo.journal.models import Entry
from jinguo.lib import clock
from tests.issued import TITLE, copy_of, issue
from tests.world import BY

pytestmark = pytest.mark.django_db


@pytest.fixture
def edu(letters) -> str:
    """The education bureau's page."""
    return letters.page("c.edu")


def text(answer) -> str:
    return answer.content.decode()


def test_the_page_says_what_is_asked_and_until_when(client, edu):
    answer = client.get(edu)
    page = text(answer)
    assert answer.status_code == 200
    for words in ("致 市教育局妇女委员会", TITLE, "泉妇发〔2024〕1号", "签收这份通知", "办一场合适的活动", "办完告诉我们一声",
                  "通知写“及时”，没有定日子", "活动总结", "要组织义诊，走进企业和医院。", "下载原件", "待报（未定期限）"):  # fmt: skip
        assert words in page, words
    assert 'value="信息员"' in page, "the signer is filled in from the contact"
    assert f"{edu}activities/new/?clause=" in page
    assert f"{edu}reports/new/?obligation=" in page


def test_opening_changes_nothing_but_opened(client, edu, cast, campaign):
    def facts():
        rows = [*Circulation.objects.order_by("pk").values(), {"entries": Entry.objects.count()}]
        return rows, list(Link.objects.order_by("pk").values("revoked_at", "expires_at"))

    before = facts()
    for path in ("", "sign/", "send-back/", "burden/", "original/"):
        assert client.get(edu + path).status_code == 200
    assert facts() == before
    opened = Link.objects.exclude(opened_at=None)
    assert [link.unit_id for link in opened] == [cast.units["c.edu"].pk]


def test_only_the_visible_page_makes_it_read(client, edu, cast, campaign):
    client.get(edu)
    assert client.get(f"{edu}seen/").status_code == 405
    assert client.post(f"{edu}seen/").status_code == 204
    copy = copy_of(campaign, cast.units["c.edu"])
    first = copy.read_at
    client.post(f"{edu}seen/")
    copy.refresh_from_db()
    assert (copy.state.label, copy.read_at) == ("已读", first)
    assert f"{edu}seen/" not in text(client.get(edu)), "once read, the page asks no more"


def test_signing_with_scripts_off(client, edu, cast, campaign):
    answer = client.post(f"{edu}sign/", {"signer": "女工委信息员"}, follow=True)
    assert answer.redirect_chain == [(edu, 302)]
    page = text(answer)
    assert "已签收" in page
    assert "女工委信息员" in page
    assert "签收好了" in page
    assert f'action="{edu}sign/"' not in page
    assert copy_of(campaign, cast.units["c.edu"]).signed_how == "link"


def test_a_double_click_signs_once_and_answers_the_same(client, edu, cast, campaign):
    answers = [client.post(f"{edu}sign/", {"signer": "信息员"}) for _ in range(3)]
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, edu)] * 3
    assert Entry.objects.filter(action="circulation.sign").count() == 1


@pytest.mark.parametrize(("signer", "sentence"), [("", "请写一下谁签收的"), ("长" * 41, "最多写 40 个字")])
def test_a_wrong_name_comes_back_with_what_was_typed(client, edu, signer, sentence):
    answer = client.post(f"{edu}sign/", {"signer": signer})
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert f'value="{signer}"' in text(answer) or not signer
    assert not Circulation.objects.exclude(signed_at=None).exists()


def test_sending_back_and_taking_it_again(client, edu):
    missing = client.post(f"{edu}send-back/", {"more": "少了附件 2"})
    assert missing.status_code == 422
    assert "少了附件 2" in text(missing)
    assert "请选一个退回的原因" in text(missing)
    page = text(client.post(f"{edu}send-back/", {"why": "incomplete", "more": "少了附件 2"}, follow=True))
    assert "材料不全或打不开：少了附件 2" in page
    assert f'action="{edu}sign/"' not in page
    refused = client.post(f"{edu}sign/", {"signer": "信息员"})
    assert refused.status_code == 403
    assert "请先收回退回" in text(refused)
    page = text(client.post(f"{edu}take-again/", follow=True))
    assert f'action="{edu}sign/"' in page


def test_the_reason_reads_the_same_from_an_english_browser(client, edu, cast, campaign):
    client.post(f"{edu}send-back/", {"why": "not_ours"}, headers={"accept-language": "en"})
    assert copy_of(campaign, cast.units["c.edu"]).sent_back_reason == "不是我们单位的事"


def test_saying_that_it_is_a_burden(client, edu):
    assert client.post(f"{edu}burden/", {"text": ""}).status_code == 422
    for _ in range(2):
        assert client.post(f"{edu}burden/", {"text": "这个月第三张表了"}).url == edu
    assert [said.text for said in Burden.objects.all()] == ["这个月第三张表了"]


def test_the_original_comes_as_an_attachment_that_cannot_run(client, edu, campaign):
    answer = client.get(f"{edu}original/")
    assert answer.content.decode().startswith(TITLE)
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]


def test_a_link_shows_nothing_of_other_units(client, edu, letters, cast):
    client.post(f"{letters.page('c.hos')}sign/", {"signer": "医院办公室"})
    page = text(client.get(edu))
    assert "市第二医院" not in page
    assert "医院办公室" not in page
    assert "东川县" not in page


@pytest.mark.parametrize("act", ["", "sign/", "seen/", "send-back/", "take-again/", "burden/", "original/"])
@pytest.mark.parametrize("fate", ["altered", "expired", "revoked"])
def test_a_dead_link_is_gone_with_one_sentence_and_does_nothing(client, edu, act, fate):
    if fate == "altered":
        edu = edu[:-2] + ("a" if edu[-2] != "a" else "b") + "/"
    elif fate == "expired":
        Link.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    else:
        Link.objects.update(revoked_at=clock.now())
    for method in (client.get, client.post):
        answer = method(edu + act, {"signer": "信息员", "why": "not_ours", "text": "太多"})
        assert answer.status_code == 410
        assert "这个链接打不开" in text(answer)
    assert not Circulation.objects.exclude(signed_at=None, read_at=None, sent_back_at=None).exists()
    assert not Burden.objects.exists()


def test_a_link_for_something_else_opens_no_notice(client, cast, letters):
    _link, secret = make_link(
        Purpose.UNIT, unit=cast.units["c.edu"], kind="other", code="nothing00000",
        expires_at=clock.now() + timedelta(days=1), by=BY,
    )  # fmt: skip
    for act in ("", "sign/", "original/"):
        assert client.get(f"/l/{secret}/{act}").status_code == 404


def test_a_link_of_one_unit_cannot_sign_for_another_by_naming_it(client, edu, cast, campaign):
    other = copy_of(campaign, cast.units["c.hos"])
    client.post(f"{edu}sign/", {"signer": "信息员", "circulation": other.code})
    other.refresh_from_db()
    assert other.signed_at is None


def test_a_late_signature_is_still_welcome(client, cast, letters):
    second = issue(cast, ("c.edu",), sign_due_at=clock.now() - timedelta(hours=2), title="第二份通知")
    send_circulations()
    page = text(client.get(letters.page("c.edu", second)))
    assert "日子已过，现在签也行" in page
    assert "市妇联确认" in page


def test_earlier_signatures_are_shown_below(client, cast, letters, edu):
    client.post(f"{edu}sign/", {"signer": "信息员"})
    second = issue(cast, ("c.edu",), title="第二份通知")
    send_circulations()
    page = text(client.get(letters.page("c.edu", second)))
    assert "以往的签收" in page
    assert "泉妇发〔2024〕1号" in page


def test_the_liaison_does_the_same_at_her_desk(signed_in, cast, campaign, letters):
    client, copy = signed_in("liaison"), copy_of(campaign, cast.units["c.edu"])
    here = f"/desk/received/{copy.code}/"
    assert here in text(client.get("/desk/"))
    assert f'action="{here}sign/"' in text(client.get(here))
    assert client.post(f"{here}sign/", {"signer": "信息员"}).url == here
    copy.refresh_from_db()
    assert (copy.signed_how, copy.signed_by) == ("desk", cast.users["liaison"].actor_code)
    assert here not in text(client.get("/desk/"))


@pytest.mark.parametrize(("who", "status"), [("officer", 403), ("leader", 403), ("sister", 404), ("d.officer", 404)])
def test_nobody_else_signs_at_the_units_desk(signed_in, cast, campaign, letters, who, status):
    client, copy = signed_in(who), copy_of(campaign, cast.units["c.edu"])
    for answer in (
        client.get(f"/desk/received/{copy.code}/"),
        client.post(f"/desk/received/{copy.code}/sign/", {"signer": "x"}),
    ):
        assert answer.status_code in {status, 403}
    copy.refresh_from_db()
    assert copy.signed_at is None


def test_the_page_takes_a_fixed_number_of_queries(cast, letters, edu):
    with CaptureQueriesContext(connection) as first:
        Client().get(edu)
    for number in range(3):
        issue(cast, ("c.edu",), title=f"第 {number} 份")
    Link.objects.update(opened_at=clock.now())
    with CaptureQueriesContext(connection) as second:
        Client().get(edu)
    assert len(second) <= len(first)
    assert len(first) <= 18
