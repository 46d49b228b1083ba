"""A plea typed into any small form goes to the duty case worker alone; a false alarm is done as of the moment it came."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from jinguo.campaigns.actions import extensions, group, obligations
from jinguo.campaigns.actions.words import DOORS, release_words
from jinguo.campaigns.models import Burden, Call, Circulation, ExtensionRequest, Obligation
from jinguo.federation.models import Link
from jinguo.federation.models.user import Role
from jinguo.journal.models import Entry
from jinguo.lib import clock, ids
from jinguo.lib.errors import KeptApart, Refused, Stale
from jinguo.lib.pleas import tells
from jinguo.lib.texts import inner
from jinguo.people.actions import WORDS, forget_words, place_hold
from jinguo.people.models import HeldWords, RetentionClock
from tests.issued import issue
from tests.reports import builders
from tests.world import cast  # noqa: F401

PLEA = "其实是我丈夫经常打我，住槐荫里三号"
ROLES = [role for role in Role.values if role != "case_worker"]


@pytest.fixture
def campaign(cast):  # noqa: F811
    return issue(cast)


def desk_of(cast, who):  # noqa: F811
    browser = Client()
    browser.force_login(cast.users[who])
    return browser


def link_of(campaign, unit) -> Link:
    from tests.campaigns.test_histories import _Holder

    class Duty:
        ask = type("Ask", (), {"campaign": campaign})

    Duty.unit = unit
    return builders.Issued.link(_Holder(Duty), "it")


def type_in(cast, campaign, door, text=PLEA):  # noqa: F811
    """Let the unit (or the county above a township) type a sentence into the form of this door, as its page sends it."""
    dated = Obligation.objects.filter(ask__campaign=campaign, unit=cast.units["c.a"]).exclude(due_at=None).first()
    link = link_of(campaign, cast.units["c.a"])
    here = f"/l/{link.secret}"
    day = (clock.local(dated.due_at).date() + timedelta(days=3)).isoformat()
    forms = {
        "zero": (f"{here}/obligations/{dated.code}/zero/", {"words": text}),
        "extension": (f"{here}/obligations/{dated.code}/extension/", {"to": day, "reason": text}),
        "burden": (f"{here}/burden/", {"text": text}),
        "send_back": (f"{here}/send-back/", {"why": "other", "more": text}),
        "sign": (f"{here}/sign/", {"signer": text[:40]}),
    }
    path, data = forms[door]
    return Client().post(path, data)


OF_UNIT = ("zero", "extension", "burden", "send_back", "sign")


def traces(campaign):
    """Everything the forms would have written."""
    copy = Circulation.objects.filter(campaign=campaign).exclude(signed_at=None, sent_back_at=None)
    answered = Obligation.objects.filter(ask__campaign=campaign).exclude(zero_at=None)
    return [copy.count(), answered.count(), ExtensionRequest.objects.count(), Burden.objects.count()]


@pytest.mark.parametrize("door", OF_UNIT)
def test_nothing_is_done_and_nobody_else_reads_it(cast, campaign, door):  # noqa: F811
    before = traces(campaign)
    for _press in range(2):
        answer = type_in(cast, campaign, door)
        page = answer.content.decode()
        assert answer.status_code == 202 and answer["Cache-Control"] == "no-store"
        assert "收到了" in page and 'href="tel:110"' in page and "丈夫" not in page and "快速离开" in page
    held = HeldWords.objects.get()
    assert (held.door, traces(campaign)) == (door, before)
    assert "槐荫里" not in held.words_sealed
    assert not any("槐荫里" in text for text in Entry.objects.values_list("detail", flat=True))
    for role in ROLES:
        assert not HeldWords.objects.visible_to(cast.users[role]).exists(), role


@pytest.mark.parametrize("door", OF_UNIT)
def test_the_case_worker_reads_it_on_the_record_and_one_click_does_what_it_was_for(cast, campaign, door):  # noqa: F811
    before = traces(campaign)
    type_in(cast, campaign, door)
    held, worker = HeldWords.objects.get(), desk_of(cast, "case_worker")
    assert "网页" in worker.get("/desk/case-mails/").content.decode()
    page = worker.post(f"/desk/case-mails/{held.code}/").content.decode()
    assert "槐荫里三号" in page and inner(str(DOORS[door].label)) in page
    assert Entry.objects.filter(action="case_mail.read", object_code=held.code).exists()
    answer = worker.post(f"/desk/case-mails/{held.code}/release/", follow=True)
    assert "放回去了" in answer.content.decode() and not HeldWords.objects.exists()
    again = worker.post(f"/desk/case-mails/{held.code}/release/", follow=True)
    assert "放回去了" in again.content.decode(), "a second press gets the first one's answer"
    assert sum(traces(campaign)) == sum(before) + 1
    moments = {
        *Circulation.objects.values_list("signed_at", flat=True), *Circulation.objects.values_list("sent_back_at", flat=True),
        *Obligation.objects.values_list("zero_at", flat=True), *ExtensionRequest.objects.values_list("asked_at", flat=True),
        *Burden.objects.values_list("at", flat=True),
    }  # fmt: skip
    assert held.held_at in moments


def test_the_badge_and_the_officer_s_bare_number_count_every_kind_once(cast, campaign):  # noqa: F811
    type_in(cast, campaign, "zero")
    type_in(cast, campaign, "burden")
    page = desk_of(cast, "case_worker").get("/desk/").content.decode()
    assert "求助 2 封" in page
    nav = page[page.index('href="/desk/case-mails/"') :]
    assert ">2<" in nav[: nav.index("</a>")]
    assert "另有 2 封像是求助信" in desk_of(cast, "officer").get("/desk/mails/").content.decode()


@pytest.mark.parametrize("who", ["officer", "case_supervisor", "auditor", "d.officer", "liaison"])
def test_nobody_else_gives_it_back(cast, campaign, who):  # noqa: F811
    type_in(cast, campaign, "zero")
    held = HeldWords.objects.select_related("office__unit", "unit").get()
    with pytest.raises(Refused):
        release_words(held, by=cast.users[who])
    assert desk_of(cast, who).post(f"/desk/case-mails/{held.code}/").status_code in (403, 404)
    assert HeldWords.objects.exists()


def test_given_back_twice_is_done_once_and_after_the_unit_reported_there_is_nothing_to_do(cast, campaign, monkeypatch):  # noqa: F811
    type_in(cast, campaign, "zero")
    held = HeldWords.objects.select_related("office__unit", "unit").get()
    Obligation.objects.filter(code=held.about).update(returns=1, first_reported_at=clock.now())
    assert release_words(held, by=cast.users["case_worker"]) is False
    assert not HeldWords.objects.exists() and Obligation.objects.get(code=held.about).zero_at is None
    assert release_words(held, by=cast.users["case_worker"]), "pressed twice"
    assert Obligation.objects.get(code=held.about).zero_at is None
    later = clock.now() + timedelta(minutes=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    with pytest.raises(Stale):
        release_words(held, by=cast.users["case_worker"])


def test_its_clock_destroys_it_and_a_hold_stops_the_clock(cast, campaign):  # noqa: F811
    type_in(cast, campaign, "burden")
    type_in(cast, campaign, "zero")
    kept, _gone = HeldWords.objects.order_by("pk")
    RetentionClock.objects.filter(object_kind=WORDS).update(due_at=clock.now())
    place_hold(WORDS, kept.code, reason="诉讼", by=cast.users["case_worker"])
    assert forget_words() == 1
    assert list(HeldWords.objects.all()) == [kept]


def test_a_county_that_types_it_for_a_township_is_kept_apart_too(cast):  # noqa: F811
    campaign = issue(cast, ("c.a", "c.a.t"))
    duty = Obligation.objects.filter(ask__campaign=campaign, unit=cast.units["c.a.t"]).first()
    county = desk_of(cast, "county_officer")
    sent = {"zero": "1", "words": "没有活动", "why_zero": PLEA}
    assert county.post(f"/desk/obligations/{duty.code}/proxy/", sent).status_code == 202
    copy = Circulation.objects.get(campaign=campaign, unit=cast.units["c.a.t"])
    answer = county.post(f"/desk/circulations/{copy.code}/sign-for/", {"whom": "主席", "reason": PLEA})
    assert answer.status_code == 202
    for held in HeldWords.objects.select_related("office__unit", "unit"):
        assert json.loads(held.words)["unit"] == cast.units["c.a"].code
        assert release_words(held, by=cast.users["case_worker"])
    duty.refresh_from_db(), copy.refresh_from_db()
    assert (duty.proxy_unit, copy.proxy_unit, copy.signed_how) == (cast.units["c.a"], cast.units["c.a"], "proxy")


def test_what_a_unit_says_of_its_work_is_no_plea(cast, campaign):  # noqa: F811
    type_in(cast, campaign, "burden", "这个月第三张表了，基层填得走不开，建议合并")
    type_in(cast, campaign, "zero", "反家暴宣传周改到下月，本月没有")
    assert not HeldWords.objects.exists() and Burden.objects.count() == 1


TOLD = "信息员说昨晚被丈夫打了，住槐荫里三号，不敢回家"


def held_one() -> HeldWords:
    held = HeldWords.objects.select_related("office__unit", "unit").get()
    assert "槐荫里" not in held.words_sealed
    return held


def test_a_call_is_written_down_without_what_was_said_of_somebody_in_danger(cast, campaign):  # noqa: F811
    copy, officer = Circulation.objects.get(campaign=campaign, unit=cast.units["c.a"]), desk_of(cast, "officer")
    said = {"code": ids.new_code(), "outcome": "reached", "note": TOLD}
    for _press in range(2):
        assert officer.post(f"/desk/circulations/{copy.code}/call/", said).status_code == 202
    call = Call.objects.get()
    assert (call.outcome, call.note) == ("reached", ""), "nobody calls a second time, and nobody else reads it"
    assert "槐荫里" not in officer.get("/desk/phone/").content.decode()
    assert release_words(held_one(), by=cast.users["case_worker"])
    assert Call.objects.get().note == TOLD


def test_signed_for_by_telephone_it_stands_without_these_words(cast, campaign):  # noqa: F811
    copy, officer = Circulation.objects.get(campaign=campaign, unit=cast.units["c.a"]), desk_of(cast, "officer")
    at = clock.local(clock.now()).strftime("%Y-%m-%dT%H:%M")
    sent = {"whom": "信息员", "called_at": at, "note": TOLD}
    assert officer.post(f"/desk/circulations/{copy.code}/phone/", sent).status_code == 202
    copy.refresh_from_db()
    assert (copy.signed_how, copy.signer, copy.signed_note) == ("phone", "由专人看", "")
    assert release_words(held_one(), by=cast.users["case_worker"])
    copy.refresh_from_db()
    assert (copy.signer, copy.signed_note) == ("信息员", TOLD)


def test_the_name_typed_behind_the_group_link_is_looked_at_too(cast, campaign):  # noqa: F811
    door = group.open_group(campaign, by=cast.users["officer"])
    copy = Circulation.objects.select_related("campaign__office", "unit").get(campaign=campaign, unit=cast.units["c.a"])
    with pytest.raises(KeptApart):
        group.sign_by_digits(door, copy, signer=PLEA)
    copy.refresh_from_db()
    assert copy.signed_at is None
    assert release_words(held_one(), by=cast.users["case_worker"])
    copy.refresh_from_db()
    assert (copy.signed_how, copy.signed_by) == ("digits", door.actor_code)


def _dated(cast, campaign):  # noqa: F811
    rows = Obligation.objects.filter(ask__campaign=campaign, unit=cast.units["c.a"]).exclude(due_at=None)
    return rows.select_related("unit", "ask__campaign__office__unit").first()


@pytest.mark.parametrize("door", ["exempt", "extend", "grant", "refuse"])
def test_a_reason_the_unit_would_read_goes_to_the_case_worker_first(cast, campaign, door):  # noqa: F811
    duty, officer = _dated(cast, campaign), cast.users["officer"]
    to = duty.due_at + timedelta(days=3)
    asked = extensions.ask_extension(duty, to=to, reason="汇演改期", by=link_of(campaign, duty.unit))
    acts = {
        "exempt": lambda: obligations.exempt(duty, reason=TOLD, by=officer),
        "extend": lambda: obligations.extend(duty, to=to, reason=TOLD, by=officer),
        "grant": lambda: extensions.grant_extension(asked, to=to, note=TOLD, by=officer),
        "refuse": lambda: extensions.refuse_extension(asked, note=TOLD, by=officer),
    }
    with pytest.raises(KeptApart):
        acts[door]()
    duty.refresh_from_db(), asked.refresh_from_db()
    assert (duty.exempt_at, duty.extended_to, asked.answered_at) == (None, None, None)
    assert release_words(held_one(), by=cast.users["case_worker"])
    duty.refresh_from_db(), asked.refresh_from_db()
    assert TOLD in (duty.exempt_reason, duty.extension_reason, asked.answer_note)


@pytest.mark.parametrize(
    "text",
    [
        TOLD,
        "她说：“我老公打我。”",
        "她说昨晚被丈夫打了，没有地方去",
        "村里有个妇女被男人打了，没有人管",
        "村里一位妇女遭家暴，向妇联求助",
        "接电话的说主任被前夫威胁",
        "她男人又动手打她了",
        "主席的女儿在学校被骚扰",
    ],
)
def test_a_note_that_tells_of_somebody_in_danger_is_heard(text):
    assert tells(text)


@pytest.mark.parametrize(
    "text",
    [
        "主任说明天签",
        "号码是前任主席的，已经退休",
        "统计妇女遭受家暴人数的表太多",
        "本月没有妇女遭受家庭暴力的情况",
        "反家暴讲座改期",
        "打了三次没人接",
        "她去打印了，下午报",
        "孩子生病，晚两天报",
        "村里被打造成示范点，服务对象动手做花馍那场改期",
        "信息员被借调，打电话打不通",
    ],
)
def test_a_note_about_work_is_none(text):
    assert not tells(text)
