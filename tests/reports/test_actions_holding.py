"""A plea typed into a report goes to the duty case worker alone; a false alarm costs her one click and the unit no time."""

import pytest
from django.test import Client

from jinguo.campaigns.models import Obligation
from jinguo.journal.models import Entry
from jinguo.lib import clock, ids
from jinguo.lib.errors import Refused
from jinguo.people.actions import lift_hold, place_hold
from jinguo.people.models import RetentionClock
from jinguo.reports.actions import returns
from jinguo.reports.actions.forgetting import forget_held
from jinguo.reports.actions.releasing import hand_on, release_held
from jinguo.reports.actions.summaries import take_snapshot
from jinguo.reports.models import Held, Mark, Return, ReturnVersion
from jinguo.workspace.queries import found_by
from tests.reports import builders

PLEA = "其实是我丈夫经常打我，我住在槐荫里三号，求你们帮帮我。"
ROLES = ("officer", "leader", "county_officer", "case_supervisor", "auditor", "system_admin", "liaison")


def desk_of(issued, who):
    client = Client()
    client.force_login(issued.cast.users[who])
    return client


def held_by_press(client, issued, text=PLEA):
    """What a unit's phone sends, twice: the second time she has seen the question."""
    address = f"/l/{issued.link('c.a').secret}/reports/new/"
    data = {"token": ids.new_code(), "title": "读书会", "held_on": clock.today().isoformat(), "story": text}
    asked = client.post(address, data)
    assert asked.status_code == 422 and not Return.objects.exists()
    said = asked.content.decode()
    assert "这里像是有人在求助" in said and "12338" in said and "说明（几个字就行）" not in said
    return client.post(address, data | {"asked": asked.context["asked"]}, follow=True), data


def test_it_is_asked_about_once_and_then_kept_from_everybody_else(client, issued):
    answer, _data = held_by_press(client, issued)
    assert "先由专人看" in answer.content.decode() and "槐荫里三号" not in answer.content.decode()
    held, duty = Held.objects.get(), Obligation.objects.get(pk=issued.obligations["c.a"].pk)
    assert (
        duty.returns,
        Mark.objects.count(),
        take_snapshot(issued.campaign, by=issued.cast.users["officer"]).data["returns"],
    ) == (0, 0, [])
    for role in ROLES:
        assert not found_by(issued.cast.users[role], "槐荫里三号")
        assert not Held.objects.visible_to(issued.cast.users[role]).exists()
    version = ReturnVersion.objects.get()
    assert version.sent_at is None and not any(
        "槐荫里" in str(getattr(version, field.attname)) for field in version._meta.concrete_fields
    )
    assert "槐荫里" not in held.sheet_sealed
    assert not any("槐荫里" in text for text in Entry.objects.values_list("detail", flat=True))
    page = desk_of(issued, "officer").get("/desk/reports/?pile=all").content.decode()
    assert "读书会" not in page
    mine = client.get(f"/l/{issued.link('c.a').secret}/reports/{version.given.code}/").content.decode()
    assert "正由专人看" in mine and "槐荫里三号" not in mine and "接着写" not in mine


def test_the_case_worker_reads_it_on_the_record_and_one_click_gives_it_back_as_of_when_it_came(client, issued):
    held_by_press(client, issued)
    held, worker = Held.objects.get(), desk_of(issued, "case_worker")
    assert "网页" in worker.get("/desk/case-mails/").content.decode()
    page = worker.post(f"/desk/case-mails/{held.code}/")
    assert "槐荫里三号" in page.content.decode() and page["Cache-Control"] == "no-store"
    assert Entry.objects.filter(action="case_mail.read", actor=issued.cast.users["case_worker"].actor_code).exists()
    worker.post(f"/desk/case-mails/{held.code}/release/")
    given = Return.objects.get()
    assert (given.state, given.sent_at, given.current.story) == ("reported", held.held_at, PLEA)
    assert Obligation.objects.get(pk=given.obligation_id).first_reported_at == held.held_at
    assert not Held.objects.exists() and "读书会" in desk_of(issued, "officer").get("/desk/reports/").content.decode()


def test_a_second_press_holds_it_once_and_nobody_writes_over_it(client, issued):
    _answer, data = held_by_press(client, issued)
    address = f"/l/{issued.link('c.a').secret}/reports/"
    client.post(f"{address}new/", data | {"asked": "help"})
    given = Return.objects.get()
    assert Held.objects.count() == 1
    assert client.get(f"{address}{given.code}/edit/").status_code == 403
    with pytest.raises(Refused):
        returns.discard_draft(given, by=issued.link("c.a"))


@pytest.mark.parametrize("who", [*ROLES, "d.officer"])
def test_nobody_else_gives_it_back(client, issued, who):
    held_by_press(client, issued)
    held = Held.objects.select_related("version__given__campaign__office__unit").get()
    with pytest.raises(Refused):
        release_held(held, by=issued.cast.users[who])
    assert Held.objects.exists()


def test_a_plea_in_a_correction_leaves_what_was_accepted_as_it_stands(issued):
    given = builders.report(issued, "c.a", accept=True, summary="讲了五个故事。")
    link = issued.link("c.a")
    after = returns.revise_return(
        given, builders.sheet(issued, difficulties=PLEA), token=ids.new_code(), by=link, reason="改"
    )
    assert (after.state, after.current.summary, Held.objects.count()) == ("accepted", "讲了五个故事。", 1)
    held = Held.objects.get()
    after = release_held(held, by=issued.cast.users["case_worker"])
    assert (after.state, after.current.difficulties, after.current.reason) == ("corrected", PLEA, "改")
    assert after.accepted.summary == "讲了五个故事。"


@pytest.mark.parametrize("where", ["why it is corrected", "the answer to a question", "who reports"])
def test_a_plea_beside_the_texts_is_held_too(issued, where):
    given = builders.report(issued, "c.a", accept=True)
    sheet = builders.sheet(issued, reporter=PLEA[:40] if where == "who reports" else "小吴")
    if where == "the answer to a question":
        sheet.doubts = [{"code": "far_more", "field": "on_site", "reason": PLEA}]
    reason = PLEA if where == "why it is corrected" else "改"
    after = returns.revise_return(given, sheet, token=ids.new_code(), by=issued.link("c.a"), reason=reason)
    assert after.state == "accepted" and Held.objects.count() == 1
    page = desk_of(issued, "case_worker").post(f"/desk/case-mails/{Held.objects.get().code}/").content.decode()
    assert "我丈夫经常打我" in page
    assert release_held(Held.objects.get(), by=issued.cast.users["case_worker"]).state == "corrected"


def test_a_report_about_such_work_is_sent_as_any_other(issued):
    told = "情景剧里她说：他打我的时候没有人帮我。现场解答“丈夫打我怎么办”等问题20个。"
    assert builders.report(issued, "c.a", "反家暴宣传", story=told).state == "reported"
    assert not Held.objects.exists()


def test_numbers_and_names_of_the_helped_are_asked_about_and_covered_wherever_they_are_copied_to(client, issued):
    told = "慰问受助妇女王小花，身份证110105 19491231 002X。"
    address = f"/l/{issued.link('c.a').secret}/reports/new/"
    data = {"token": ids.new_code(), "title": "走访慰问", "held_on": clock.today().isoformat(), "story": told}
    asked = client.post(address, data)
    assert "请删去，报送用不着" in asked.content.decode() and not Return.objects.exists()
    client.post(address, data | {"asked": asked.context["asked"]})
    given = Return.objects.get()
    assert [doubt["code"] for doubt in given.current.doubts] == ["personal"], "the reviewer is told"
    assert not found_by(issued.cast.users["officer"], "王小花") and not found_by(issued.cast.users["officer"], "002X")
    builders.accepted(issued, given)
    frozen = str(take_snapshot(issued.campaign, by=issued.cast.users["officer"]).data)
    assert "慰问受助妇女王" in frozen and "王小花" not in frozen and "19491231" not in frozen


def test_a_reviewer_who_sees_one_hands_it_on_and_a_false_alarm_brings_it_back_as_it_was(client, issued):
    link, officer = issued.link("c.a"), issued.cast.users["officer"]
    given = builders.report(issued, "c.a", "家里的事", summary="请回个电话，我住槐荫里三号。")
    returns.revise_return(
        given, builders.sheet(issued, "家里的事", summary="还是槐荫里三号。"), token=ids.new_code(), by=link
    )
    before = list(ReturnVersion.objects.order_by("number").values("title", "summary", "sent_at", "event"))
    given, sent = Return.objects.get(), Return.objects.get().sent_at
    with pytest.raises(Refused):
        hand_on(given, by=issued.cast.users["leader"])
    page = desk_of(issued, "officer").post(f"/desk/reports/{given.code}/help/", follow=True).content.decode()
    assert "转给值班的个案工作者了" in page and "槐荫里" not in page
    assert not found_by(officer, "槐荫里三号") and Obligation.objects.get(pk=given.obligation_id).returns == 0
    assert not any("槐荫里" in str(row) for row in ReturnVersion.objects.values())
    assert "槐荫里" not in client.get(f"/l/{link.secret}/reports/").content.decode()
    held = Held.objects.select_related("version__given__campaign__office__unit").first()
    after = release_held(held, by=issued.cast.users["case_worker"])
    assert (after.state, after.sent_at) == ("reported", sent) and not Held.objects.exists()
    assert list(ReturnVersion.objects.order_by("number").values("title", "summary", "sent_at", "event")) == before
    assert [row.title for row in found_by(officer, "槐荫里三号")] == ["家里的事"]
    assert Obligation.objects.get(pk=given.obligation_id).returns == 1


def test_what_was_accepted_is_not_handed_on_before_the_acceptance_is_taken_back(issued):
    given = builders.report(issued, "c.a", accept=True)
    with pytest.raises(Refused, match="撤销接收"):
        hand_on(given, by=issued.cast.users["officer"])


def test_when_its_clock_ends_nothing_of_it_is_left_and_a_hold_stops_the_clock(client, issued):
    held_by_press(client, issued)
    held = Held.objects.get()
    RetentionClock.objects.filter(object_kind="held", object_code=held.code).update(due_at=clock.now())
    place_hold("held", held.code, reason="诉讼", by=builders.BY)
    assert (forget_held(), Held.objects.count()) == (0, 1)
    lift_hold("held", held.code, by=builders.BY)
    assert (forget_held(), Held.objects.count(), Return.objects.count()) == (1, 0, 0)


def test_she_whose_duty_it_is_sees_it_on_her_first_page(client, issued):
    held_by_press(client, issued)
    assert "求助 1 封" in desk_of(issued, "case_worker").get("/desk/").content.decode()
    assert "求助 1 封" not in desk_of(issued, "officer").get("/desk/").content.decode()
