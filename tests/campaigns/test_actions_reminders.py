"""The ladder at work: one private digest a day, each rung said once, whatever dies and however the clock moves."""

from datetime import date, timedelta

import pytest

from jinguo.campaigns.actions import extensions, obligations, reminders
from jinguo.campaigns.models import Call, Campaign, Circulation, Digest, Nudge, Obligation, Step
from jinguo.campaigns.models.campaign import DueOrigin
from jinguo.campaigns.queries.reminders import copies_to_phone, phone_rows
from jinguo.federation.actions.contacts import add_address
from jinguo.federation.models import Contact, Unit
from jinguo.federation.models.unit import MailAddress
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, Refused
from jinguo.messages.actions import set_gateway
from jinguo.messages.models import Channel, OutMessage
from tests.issued import copy_of, issue
from tests.world import BY

pytestmark = pytest.mark.django_db
DUE_DAY = date(2024, 3, 20)  # a Wednesday
DUE = clock.end_of(DUE_DAY)


class Clock:
    """The house's clock, held still and moved by the test."""

    def __init__(self, monkeypatch) -> None:
        self.monkeypatch = monkeypatch

    def to(self, day: int, hour: int = 11, month: int = 3) -> None:
        moment = clock.at(date(2024, month, day), hour)
        self.monkeypatch.setattr(clock, "now", lambda: moment)


@pytest.fixture
def time(monkeypatch) -> Clock:
    held = Clock(monkeypatch)
    held.to(1)
    return held


@pytest.fixture
def dated(time, cast) -> Campaign:
    """Issued on 29 February, closing summary due on 20 March at 24:00, signing due on 4 March; the other ask undated."""
    campaign = issue(cast, sign_due_at=clock.end_of(date(2024, 3, 4)))
    Obligation.objects.exclude(due_at=None).update(due_at=DUE)
    campaign.asks.exclude(due_at=None).update(due_at=DUE)
    return campaign


def signed(campaign) -> None:
    Circulation.objects.filter(campaign=campaign).update(signed_at=clock.now(), signed_how="link")


def digests() -> list[OutMessage]:
    return list(OutMessage.objects.filter(about_kind="digest").order_by("pk"))


def closing(cast, campaign, key="c.edu") -> Obligation:
    rows = Obligation.objects.select_related("ask__campaign__office__unit", "unit")
    return rows.exclude(due_at=None).get(ask__campaign=campaign, unit=cast.units[key])


def test_each_rung_is_said_once_and_red_is_not_mailed(dated, time):
    signed(dated)
    said = []
    for day in (16, 17, 18, 19, 20, 21, 22, 25, 26, 28, 29):
        time.to(day)
        said.append((day, reminders.remind_units(), reminders.remind_units()))
    # 16 and 17 are a weekend; 18: three days before; 20: the day; 22: one late; 25: three late; 28: a person telephones
    assert [(day, first) for day, first, _again in said if first] == [(18, 5), (20, 5), (22, 5), (25, 5)]
    assert all(again == 0 for _day, _first, again in said)
    assert len(digests()) == 4 * 5
    ranks = Step.objects.values_list("rank", flat=True)
    assert sorted(set(ranks)) == [1, 2, 3, 4]


def test_a_worker_that_slept_says_only_the_highest_rung(dated, time):
    signed(dated)
    time.to(26)
    assert reminders.remind_units() == 5
    assert set(Step.objects.values_list("rank", flat=True)) == {4}


def test_a_clock_moved_back_says_nothing_again(dated, time):
    signed(dated)
    time.to(22)
    assert reminders.remind_units() == 5
    time.to(18)
    assert reminders.remind_units() == 0
    time.to(25)
    assert reminders.remind_units() == 5


def test_quiet_hours_rest_days_and_the_first_day_are_silent(dated, time):
    signed(dated)
    for day, hour in ((18, 8), (18, 18), (18, 23), (16, 11)):
        time.to(day, hour)
        assert reminders.remind_units() == 0, (day, hour)
    Campaign.objects.update(issued_at=clock.at(date(2024, 3, 18), 9))
    time.to(18, 12)
    assert reminders.remind_units() == 0, "sent out this morning"


def test_the_undated_are_never_reminded(dated, time):
    signed(dated)
    Obligation.objects.update(due_at=None)
    Campaign.objects.update(sign_due_origin=DueOrigin.SUGGESTED)
    Circulation.objects.update(signed_at=None, signed_how="")
    for day in range(1, 30):
        time.to(day)
        assert reminders.remind_units() == 0


@pytest.mark.parametrize("how", ["returned", "zero", "exempt", "asked", "closed"])
def test_who_has_answered_or_waits_for_us_is_left_alone(dated, time, cast, how):
    signed(dated)
    duty, officer = closing(cast, dated), cast.users["officer"]
    match how:
        case "returned":
            Obligation.objects.filter(pk=duty.pk).update(returns=1, first_reported_at=clock.now())
        case "zero":
            Obligation.objects.filter(pk=duty.pk).update(zero_at=clock.now(), zero_reason="没有")
        case "exempt":
            obligations.exempt(duty, reason="不适合", by=officer)
        case "asked":
            extensions.ask_extension(duty, to=DUE + timedelta(days=9), reason="忙", by=cast.users["liaison"])
        case "closed":
            Unit.objects.filter(pk=duty.unit_id).update(valid_to=date(2024, 3, 10))
    time.to(18)
    assert reminders.remind_units() == 4
    assert not Digest.objects.filter(unit=duty.unit).exists()


def test_an_extension_begins_its_own_ladder(dated, time, cast):
    signed(dated)
    time.to(18)
    reminders.remind_units()
    obligations.extend(closing(cast, dated), to=DUE + timedelta(days=7), reason="汇演改期", by=cast.users["officer"])
    time.to(20)
    assert reminders.remind_units() == 4
    time.to(25)
    assert reminders.remind_units() == 5, "three days before its new day; three late for the others"


def test_signing_is_reminded_in_working_days_and_merged_into_one_letter(dated, time, cast):
    for day, expected in ((4, 0), (5, 5), (6, 5), (7, 0)):
        time.to(day)
        assert reminders.remind_units() == expected, day
    second = issue(cast, title="关于报送计划的通知")
    Obligation.objects.filter(ask__campaign=second).exclude(due_at=None).update(due_at=clock.end_of(date(2024, 3, 14)))
    Campaign.objects.filter(pk=second.pk).update(issued_at=clock.at(date(2024, 3, 1)))
    first = issue(cast, title="关于巡讲的通知", sign_due_at=clock.end_of(date(2024, 3, 11)))
    Campaign.objects.filter(pk=first.pk).update(issued_at=clock.at(date(2024, 3, 1)))
    time.to(12)
    before = len(digests())
    assert reminders.remind_units() == 5
    letters = digests()[before:]
    assert len(letters) == 5, "one letter a unit, both matters in it"
    body = letters[0].body
    assert "关于巡讲的通知" in body
    assert "活动总结" in body
    assert "【橙色·已过期限】" in body
    assert "【蓝色·快到期】" in body


def test_it_is_private_and_reaches_the_second_contact_only_later(dated, time, cast):
    signed(dated)
    edu = cast.units["c.edu"]
    add_address(edu, "second@example.org", by=BY)
    time.to(18)
    reminders.remind_units()
    assert {row.to for row in digests()} >= {"c-edu@example.org"}
    assert "second@example.org" not in {row.to for row in digests()}
    body = next(row.body for row in digests() if row.to == "c-edu@example.org")
    assert "市第二医院" not in body
    assert "/l/" in body
    time.to(25)
    reminders.remind_units()
    assert "second@example.org" in {row.to for row in digests()}


def test_the_link_of_a_digest_opens_the_units_list(dated, time, client, cast):
    signed(dated)
    time.to(18)
    reminders.remind_units()
    row = next(row for row in digests() if row.to == "c-edu@example.org")
    path = next(part for part in row.body.split() if "/l/" in part)
    page = client.get(path[path.index("/l/") :])
    assert page.status_code == 200
    assert "本单位的事" in page.content.decode()
    assert "临期" in page.content.decode()


def test_one_nudge_a_day_and_never_for_the_undated(dated, time, cast):
    copy, officer = copy_of(dated, cast.units["c.edu"]), cast.users["officer"]
    time.to(18, 20)
    first = reminders.nudge_unit(copy, by=officer)
    assert reminders.nudge_unit(copy, by=officer) == first, "pressed twice"
    [letter] = OutMessage.objects.filter(about_kind="nudge")
    assert letter.next_at == clock.at(date(2024, 3, 19), 8, 30), "quiet hours wait"
    time.to(18, 21)
    with pytest.raises(Refused, match="今天"):
        reminders.nudge_unit(copy, by=officer)
    time.to(19)
    with pytest.raises(Refused, match="今天"):
        reminders.nudge_unit(copy, by=officer)  # the one of last night left this morning
    time.to(20)
    reminders.nudge_unit(copy, by=officer)
    assert Nudge.objects.count() == 2
    other = issue(cast, ("c.edu",), title="关于另一件事的通知")
    with pytest.raises(Refused, match="今天"):
        reminders.nudge_unit(copy_of(other, cast.units["c.edu"]), by=officer)
    [row] = phone_rows([copy_of(other, cast.units["c.edu"])], clock.now())
    assert row.nudged, "one a day for a unit, under whatever notice"
    signed(dated)
    Obligation.objects.update(due_at=None)
    time.to(21)
    with pytest.raises(Refused, match="没有要催的"):
        reminders.nudge_unit(copy_of(dated, cast.units["c.edu"]), by=officer)
    with pytest.raises(Refused):
        reminders.nudge_unit(copy_of(dated, cast.units["c.a"]), by=cast.users["sister"])


def test_the_phone_list_names_who_is_beyond_mail(dated, time, cast):
    signed(dated)
    officer = cast.users["officer"]
    MailAddress.objects.filter(unit=cast.units["c.edu"]).delete()
    time.to(22)
    rows = phone_rows(copies_to_phone(officer, clock.now(), dated.code), clock.now())
    assert [str(row.copy.unit) for row in rows] == ["市教育局妇委会"], (
        "without an address the telephone is the only way"
    )
    assert rows[0].contacts[0].phone == "0353-000-0000"
    time.to(28)
    rows = phone_rows(copies_to_phone(officer, clock.now(), dated.code), clock.now())
    assert len(rows) == 5
    assert [str(state) for _duty, state in rows[0].late] == ["久逾"]
    county = copies_to_phone(cast.users["county_officer"], clock.now())
    assert {str(copy.unit) for copy in county} == {"东川县妇联", "泉水镇妇女之家"}, "her own and those below her"
    assert not copies_to_phone(cast.users["d.officer"], clock.now()).exists()


def test_the_unsigned_are_telephoned_from_the_second_working_day(dated, time, cast):
    officer = cast.users["officer"]
    for day, expected in ((5, 0), (6, 5)):  # to be signed for by Monday the 4th
        time.to(day)
        assert copies_to_phone(officer, clock.now(), dated.code, "sign").count() == expected, day
    assert not copies_to_phone(officer, clock.now(), dated.code, "report").exists()
    signed(dated)
    assert not copies_to_phone(officer, clock.now(), dated.code, "sign").exists()


def test_the_phone_list_is_narrowed_and_shows_numbers(dated, time, cast, client):
    Circulation.objects.update(undeliverable_at=clock.now(), undeliverable_why="no_address")
    client.force_login(cast.users["officer"])
    page = client.get("/desk/phone/?what=sign").content.decode()
    assert "0353-000-0000" in page and "市教育局妇委会" in page
    assert "眼下没有要打电话的单位" in client.get("/desk/phone/?what=report").content.decode()


def test_a_call_is_one_press_and_pressing_twice_is_one_call(dated, time, cast):
    copy, officer = copy_of(dated, cast.units["c.edu"]), cast.users["officer"]
    for _ in range(2):
        reminders.log_call(copy, code="abcdefghjk23", outcome="promised", note="周五前报", by=officer)
    [call] = Call.objects.all()
    assert (call.note, call.by) == ("周五前报", officer.actor_code)
    assert "周五" not in call.note_sealed
    with pytest.raises(Invalid):
        reminders.log_call(copy, code="abcdefghjk24", outcome="shouted", by=officer)
    with pytest.raises(Refused):
        reminders.log_call(copy, code="abcdefghjk25", outcome="reached", by=cast.users["sister"])


def only_a_mobile(cast, key="c.edu", *mobiles) -> Unit:
    """Take the unit's addresses away and give it contacts with these mobiles."""
    unit = cast.units[key]
    unit.mail_addresses.all().delete()
    unit.contacts.all().delete()
    for position, mobile in enumerate(mobiles, 1):
        contact = Contact(unit=unit, position=position, title="信息员")
        contact.mobile = mobile
        contact.save()
    return unit


def gateway(cast) -> None:
    set_gateway(
        cast.office, url="https://sms.example.org/send?to={phone}&text={text}", body="", media_type="text/plain",
        ok_text="", by=cast.users["officer"],
    )  # fmt: skip


def texts() -> list[OutMessage]:
    return list(OutMessage.objects.filter(channel=Channel.SMS).order_by("pk"))


def test_a_unit_with_only_a_mobile_climbs_the_ladder_by_sms_and_its_second_contact_hears_late(dated, time, cast):
    only_a_mobile(cast, "c.edu", "139 0353 0001", "13903530002")
    gateway(cast)
    signed(dated)
    heard = []
    for day in (18, 20, 22, 25, 28):
        time.to(day)
        reminders.remind_units(), reminders.remind_units()
        heard.append([text.to for text in texts()][sum(map(len, heard)) :])
    first, second = "13903530001", "13903530002"
    assert heard == [[first], [first], [first], [first, second], []]
    said = texts()[0].body
    assert "提醒：1 件事要办" in said and "/l/" in said and "到期未办" in texts()[-1].body
    late = [row.copy.unit for row in phone_rows(copies_to_phone(cast.users["officer"], clock.now()), clock.now())]
    assert cast.units["c.edu"] in late, "from the red rung on a person telephones it too"


def test_it_is_not_telephoned_before_the_red_rung_and_where_there_is_no_gateway_it_is(dated, time, cast):
    unit = only_a_mobile(cast, "c.edu", "13903530001")
    signed(dated)
    time.to(22)
    assert unit in [copy.unit for copy in copies_to_phone(cast.users["officer"], clock.now())]
    reminders.remind_units()
    assert not texts() and not Digest.objects.filter(unit=unit).exists()
    gateway(cast)
    assert unit not in [copy.unit for copy in copies_to_phone(cast.users["officer"], clock.now())]


def test_a_nudge_by_hand_goes_by_sms_and_waits_for_the_day(dated, time, cast):
    only_a_mobile(cast, "c.edu", "13903530001")
    copy = copy_of(dated, cast.units["c.edu"])
    time.to(19, hour=22)
    with pytest.raises(Refused):
        reminders.nudge_unit(copy, by=cast.users["officer"])
    gateway(cast)
    reminders.nudge_unit(copy, by=cast.users["officer"])
    (sent,) = texts()
    assert sent.next_at == clock.at(date(2024, 3, 20), 8, 30)
