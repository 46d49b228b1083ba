"""The group link: a unit finds itself, proves it, signs; nothing is shown before, weak evidence says so and can be undone."""

import re
from datetime import timedelta

import pytest
from django.db.models import F
from django.test import Client

from jinguo.campaigns.actions import group
from jinguo.campaigns.actions.circulation import sign_by_mail
from jinguo.campaigns.actions.spread import announce
from jinguo.campaigns.models import Circulation, GroupDoor, OneTimeCode
from jinguo.campaigns.models.circulation import SignedHow
from jinguo.campaigns.queries import group as queries
from jinguo.campaigns.queries.group import DIGIT_TRIES
from jinguo.federation.actions.contacts import add_contact
from jinguo.federation.actions.units import open_office
from jinguo.federation.models import Attempt, Contact, Link
from jinguo.journal.actions import System
from jinguo.lib import clock
from jinguo.lib.errors import Gone, Invalid, Refused, TooMuch
from jinguo.messages.actions import add_robot, set_gateway
from jinguo.messages.models import Channel, Gateway, OutMessage
from jinguo.workdays.queries import add_working_days, next_quiet_end
from tests.issued import TEXT, copy_of
from tests.world import BY

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(cast):
    return cast.users["officer"]


@pytest.fixture
def door(campaign, officer) -> GroupDoor:
    return group.open_group(campaign, by=officer)


@pytest.fixture
def edu(campaign, cast) -> Circulation:
    """The education bureau's copy; its contact has the duty phone 0353-000-0000."""
    return copy_of(campaign, cast.units["c.edu"])


def said(copy: Circulation) -> str:
    """The code in the newest message to the unit."""
    row = OutMessage.objects.filter(about_kind="code").latest("pk")
    return re.search(r"\d{6}", row.body).group()


def text(answer) -> str:
    """The page without its form keys, in which any few digits may stand by chance."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


def path(door: GroupDoor, copy: Circulation | None = None) -> str:
    return f"/g/{door.secret}/" + (f"{copy.code}/" if copy else "")


def test_a_unit_finds_itself_and_nobody_reads_the_list_through(client, door, edu):
    page = text(client.get(path(door)))
    assert "教育局妇女委员会" not in page
    assert "教育局妇女委员会" not in text(client.get(path(door) + "?q=教"))
    assert f"{path(door, edu)}" in text(client.get(path(door) + "?q=教育"))


def test_before_the_proof_nothing_of_the_unit_is_shown(client, door, edu):
    Circulation.objects.filter(pk=edu.pk).update(signed_at=clock.now(), signed_how="link")
    page = text(client.get(path(door, edu)))
    for hidden in ("已签收", "example.org", "0000", TEXT.splitlines()[1].strip()):
        assert hidden not in page, hidden
    other = GroupDoor.objects.get().campaign.circulations.exclude(pk=edu.pk).first()
    assert client.get(path(door, other).replace(other.code, "nothing00000")).status_code == 404


def some_time_passes():
    for name in ("made_at", "used_at"):
        OneTimeCode.objects.exclude(**{name: None}).update(**{name: F(name) - timedelta(minutes=2)})


def test_a_code_to_the_registered_mail_gives_the_units_own_link(client, door, edu):
    client.post(path(door, edu), {"send": "e1"})
    row = OutMessage.objects.get(about_kind="code")
    assert row.to == "c-edu@example.org"
    answer = client.post(path(door, edu), {"typed": said(edu)})
    assert answer.status_code == 302
    page = answer["Location"]
    assert "致 市教育局妇女委员会" in text(client.get(page))
    client.post(f"{page}sign/", {"signer": "信息员"})
    edu.refresh_from_db()
    assert edu.signed_how == SignedHow.CODE
    again = client.post(path(door, edu), {"typed": said(edu)})
    assert again.status_code == 302, "whoever pressed twice never saw the first link"
    some_time_passes()
    assert client.post(path(door, edu), {"typed": said(edu)}).status_code == 422, "a code opens once"


def test_an_sms_only_where_the_office_has_a_gateway(client, door, edu, cast):
    contact = edu.unit.contacts.first()
    contact.mobile = "13912340101"  # no secret and no code in the page's addresses has a 0 or a 1
    contact.save()
    assert "手机" not in text(client.get(path(door, edu)))
    Gateway.objects.create(office=cast.office, url_sealed="x")
    page = text(client.get(path(door, edu)))
    assert "发到登记的第 1 个手机" in page
    assert "0101" not in page
    client.post(path(door, edu), {"send": "m1"})
    row = OutMessage.objects.get(about_kind="code")
    assert (row.channel, row.to) == (Channel.SMS, "13912340101")


def test_wrong_old_and_too_many_codes(door, edu):
    group.send_code(door, edu, address="c-edu@example.org")
    right = said(edu)
    for _ in range(group.CODE_TRIES):
        with pytest.raises(Invalid):
            group.prove_by_code(door, edu, typed="x", address="127.0.0.9")
    with pytest.raises(Invalid):
        group.prove_by_code(door, edu, typed=right, address="127.0.0.9")
    group.send_code(door, edu, address="c-edu@example.org")
    assert edu.one_time_codes.count() == 1, "pressed twice: one code is on its way"
    some_time_passes()
    group.send_code(door, edu, address="c-edu@example.org")
    fresh = said(edu)
    OneTimeCode.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    with pytest.raises(Invalid):
        group.prove_by_code(door, edu, typed=fresh, address="127.0.0.9")
    for _ in range(group.CODES_AN_HOUR - 2):
        some_time_passes()
        group.send_code(door, edu, address="c-edu@example.org")
    some_time_passes()
    with pytest.raises(TooMuch):
        group.send_code(door, edu, address="c-edu@example.org")


def test_nobody_has_codes_sent_to_a_whole_city(door, campaign, monkeypatch):
    """However many units a stranger in the group chooses, from one address it soon slows down; another address is free."""
    monkeypatch.setattr(group, "ADDRESS_CODES", 3)
    moment = clock.now()
    monkeypatch.setattr(clock, "now", lambda: moment)  # the first delay is one second; this test may take longer
    copies = list(campaign.circulations.select_related("unit", "campaign__office"))
    for copy in copies[:3]:
        group.send_code(door, copy, address="x@example.org", asked_from="203.0.113.9")
    with pytest.raises(TooMuch, match="秒再试"):
        group.send_code(door, copies[3], address="x@example.org", asked_from="203.0.113.9")
    group.send_code(door, copies[3], address="x@example.org", asked_from="203.0.113.10")


def test_a_county_without_a_gateway_sends_by_the_citys(door, edu, cast):
    Contact.objects.filter(unit=cast.units["c.edu"]).delete()
    add_contact(cast.units["c.edu"], title="主任", mobile="13900000001", by=BY)
    county = open_office(
        cast.units["c.a"], by=BY, parent=cast.office, department="", doc_code="", doc_mark="", brand="",
        mail_from="", phone="",
    )  # fmt: skip
    edu.campaign.office = county
    assert not [one for one in queries.contactables(edu) if one.phone]
    set_gateway(
        cast.office,
        url="https://example.org/sms",
        body="{phone}{text}",
        media_type="text/plain",
        ok_text="",
        by=cast.users["officer"],
    )
    [one] = [one for one in queries.contactables(edu) if one.phone]
    group.send_code(door, edu, phone=one.phone)
    assert OutMessage.objects.get(channel=Channel.SMS).office == cast.office


def test_a_code_counts_as_a_chinese_keyboard_types_it(door, edu):
    group.send_code(door, edu, address="c-edu@example.org")
    full = said(edu).translate({ord("0") + n: chr(0xFF10 + n) for n in range(10)})
    assert group.prove_by_code(door, edu, typed=f" {full[:3]}－{full[3:]}", address="127.0.0.9")


def test_a_code_is_one_units_only(door, edu, campaign, cast):
    group.send_code(door, edu, address="c-edu@example.org")
    hospital = copy_of(campaign, cast.units["c.hos"])
    with pytest.raises(Invalid):
        group.prove_by_code(door, hospital, typed=said(edu), address="127.0.0.9")


def test_four_digits_let_one_read_and_sign_and_nothing_else(client, door, edu, officer):
    assert client.post(path(door, edu), {"digits": "1234"}).status_code == 422
    assert client.post(path(door, edu), {"digits": "0000"}).status_code == 302
    page = text(client.get(path(door, edu)))
    assert "要组织义诊" in page
    assert "凭据较弱" in page
    assert not Link.objects.filter(unit=edu.unit).exists(), "no link is won by four digits"
    signed = text(client.post(path(door, edu), {"signer": "女工委信息员"}, follow=True))
    assert 'class="seal"' in signed
    edu.refresh_from_db()
    assert (edu.signed_how, edu.signer, edu.signed_by) == (SignedHow.DIGITS, "女工委信息员", door.actor_code)
    staff = Client()
    staff.force_login(officer)
    assert "凭据较弱" in text(staff.get(f"/desk/circulations/{edu.code}/"))
    staff.post(f"/desk/circulations/{edu.code}/take-signature-back/")
    edu.refresh_from_db()
    assert (edu.signed_at, edu.signer) == (None, "")


def test_the_proof_holds_for_that_unit_and_browser_alone(client, door, edu, campaign, cast):
    client.post(path(door, edu), {"digits": "0000"})
    hospital = copy_of(campaign, cast.units["c.hos"])
    assert "要组织义诊" not in text(client.get(path(door, hospital)))
    assert "要组织义诊" not in text(Client().get(path(door, edu)))
    Client().post(path(door, edu), {"signer": "别人"})
    edu.refresh_from_db()
    assert edu.signed_at is None


def test_guessing_digits_ends_for_the_unit_and_slows_down_the_address(door, edu):
    for _ in range(DIGIT_TRIES):
        with pytest.raises(Invalid):
            group.prove_by_digits(door, edu, digits="9999", address="127.0.0.9")
    with pytest.raises(TooMuch):
        group.prove_by_digits(door, edu, digits="0000", address="127.0.0.9")
    edu.refresh_from_db()
    page = Client().get(path(door, edu)).content.decode()
    assert 'name="digits"' not in page and "后四位试得太多" in page and "验证码" in page, (
        "no dead end: what still works is said"
    )
    Attempt.objects.update(next_at=clock.now() + timedelta(minutes=1))
    with pytest.raises(TooMuch):
        group.prove_by_digits(door, edu, digits="0000", address="127.0.0.9")


def test_no_number_no_digits(door, edu):
    Contact.objects.filter(unit=edu.unit).update(phone="")
    for digits in ("", "0000"):
        with pytest.raises(Invalid):
            group.prove_by_digits(door, edu, digits=digits, address="127.0.0.9")


def test_only_weak_signatures_are_taken_back_and_only_by_the_office(edu, officer, cast):
    Circulation.objects.filter(pk=edu.pk).update(signed_at=clock.now(), signed_how=SignedHow.LINK)
    edu.refresh_from_db()
    with pytest.raises(Refused):
        group.take_signature_back(edu, by=officer)
    Circulation.objects.filter(pk=edu.pk).update(signed_how=SignedHow.PHONE)
    edu.refresh_from_db()
    with pytest.raises(Refused):
        group.take_signature_back(edu, by=cast.users["sister"])
    group.take_signature_back(edu, by=officer)
    assert edu.signed_at is None


def test_the_group_link_expires_is_revoked_and_made_anew(client, campaign, door, officer, cast):
    assert group.open_group(campaign, by=officer).pk == door.pk, "one link for the group, shown again"
    with pytest.raises(Refused):
        group.open_group(campaign, by=cast.users["d.officer"])
    group.close_group(campaign, by=officer)
    assert client.get(path(door)).status_code == 410
    fresh = group.open_group(campaign, by=officer)
    assert fresh.secret != door.secret
    GroupDoor.objects.filter(pk=fresh.pk).update(expires_at=clock.now())
    assert client.get(path(fresh)).status_code == 410
    with pytest.raises(Gone):
        group.group_door("nothing")
    assert door.secret not in GroupDoor.objects.get(pk=door.pk).secret_sealed


def test_a_short_code_opens_the_page_on_another_device_once(client, letters):
    phone, desk = Client(HTTP_USER_AGENT="Mozilla/5.0 MicroMessenger/8.0"), client
    page = letters.page("c.edu")
    assert "在微信里打开的" in text(phone.get(page))
    assert "在微信里打开的" not in text(desk.get(page))
    shown = text(phone.post(f"{page}short-code/"))
    typed = re.search(r"[2-9A-Z]{4} [2-9A-Z]{4}", shown).group()
    assert phone.get(f"{page}short-code/")["Location"] == page, "WeChat opens a page again when one comes back to it"
    answer = desk.post("/c/", {"typed": typed.lower().replace(" ", "-")})
    assert answer.status_code == 302
    assert "致 市教育局妇女委员会" in text(desk.get(answer["Location"]))
    assert desk.post("/c/", {"typed": typed.lower()}).status_code == 302, "pressed twice"
    some_time_passes()
    assert Client().post("/c/", {"typed": typed}).status_code == 422


def test_a_personal_link_on_a_second_device_warns(letters, edu, officer):
    first, second, page = Client(), Client(), letters.page("c.edu")
    first.get(page)
    first.post(f"{page}seen/")
    assert "别的设备上打开过" not in text(first.get(page))
    assert "别的设备上打开过" in text(second.get(page))
    second.post(f"{page}seen/")
    assert "别的设备上打开过" not in text(second.get(page)), "said once, not at every visit"
    staff = Client()
    staff.force_login(officer)
    assert "在 2 台设备上看过" in text(staff.get(f"/desk/circulations/{edu.code}/"))


def test_a_printed_sheet_says_so_when_it_is_signed(client, campaign, edu, officer):
    staff = Client()
    staff.force_login(officer)
    page = text(staff.post(f"/desk/campaigns/{campaign.code}/sheets/"))
    assert page.count('class="slip"') == 5
    address = group.paper_link(edu, by=officer)
    client.post(address[address.index("/l/") :] + "sign/", {"signer": "传达室"})
    edu.refresh_from_db()
    assert edu.signed_how == SignedHow.PAPER
    assert text(staff.post(f"/desk/campaigns/{campaign.code}/sheets/")).count('class="slip"') == 4


def test_many_units_are_printed_in_runs(campaign, officer, monkeypatch):
    monkeypatch.setattr("jinguo.campaigns.views.spread.SHEETS", 2)
    staff = Client()
    staff.force_login(officer)
    page = text(staff.get(f"/desk/campaigns/{campaign.code}/spread/"))
    assert "打印第 5—5 家" in page
    runs = [
        text(staff.post(f"/desk/campaigns/{campaign.code}/sheets/", {"batch": run})) for run in ("1", "2", "3", "x")
    ]
    assert [run.count('class="slip"') for run in runs] == [2, 2, 1, 2]
    assert all(
        sum(unit.name in run for run in runs[:3]) == 1 for unit in (row.unit for row in campaign.circulations.all())
    )


def test_the_text_for_the_group_and_the_robot(campaign, officer, cast):
    staff = Client()
    staff.force_login(officer)
    address = f"/desk/campaigns/{campaign.code}/spread/"
    assert "粘贴到微信群的文字" not in text(staff.get(address))
    staff.post(f"{address}door/")
    page = text(staff.get(address))
    assert f"/g/{GroupDoor.objects.get().secret}/" in page
    robot = add_robot(cast.office, kind="wecom", name="工作群", url="https://example.org/hook", secret="", by=officer)
    for _ in range(2):
        staff.post(f"{address}{robot.code}/")
    [row] = OutMessage.objects.filter(channel=Channel.WECOM)
    assert "【请签收】" in row.body
    assert f"/g/{GroupDoor.objects.get().secret}/" in row.body


@pytest.mark.parametrize(
    ("hour", "waits"),
    [(22, True), (10, False)],
)
def test_a_group_is_not_woken_at_night_unless_somebody_says_so(campaign, officer, cast, monkeypatch, hour, waits):
    """What the office's hours and days are is `test_queries_workdays`'s; a message by a robot keeps to them."""
    moment = clock.at(add_working_days(clock.today(), 1), hour)
    monkeypatch.setattr(clock, "now", lambda: moment)
    robot = add_robot(cast.office, kind="wecom", name="工作群", url="https://example.org/hook", secret="", by=officer)
    assert announce(campaign, robot, address="https://example.org/g/x/", by=officer)
    row = OutMessage.objects.get(channel=Channel.WECOM)
    assert row.next_at == (next_quiet_end(moment) if waits else moment)
    assert clock.local(row.next_at).hour == (8 if waits else 10)
    assert announce(campaign, robot, address="https://example.org/g/x/", by=officer, at_once=True) is waits
    assert not announce(campaign, robot, address="https://example.org/g/x/", by=officer, at_once=True)
    row.refresh_from_db()
    assert row.next_at == moment


def test_the_mail_doors_action_is_ready(edu):
    at = clock.now() - timedelta(minutes=3)
    by = System("mail")
    assert sign_by_mail(edu, by=by, signer="张主任", received_at=at, mail="abcdefghjkmn")
    assert (edu.signed_how, edu.signed_at, edu.signer) == (SignedHow.MAIL, at, "张主任")
    assert not sign_by_mail(edu, by=by, signer="别人", received_at=at, mail="abcdefghjkmn")
