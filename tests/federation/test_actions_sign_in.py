"""Signing in: the right password opens, a wrong one slows down, a code works once."""

import pyotp
import pytest
from django.urls import reverse

from jinguo.federation.actions import sign_in
from jinguo.federation.models import Attempt, User
from jinguo.federation.models.user import Role
from jinguo.journal.models import Entry
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, TooMuch
from tests.world import PASSWORD


def post(client, username="officer", password=PASSWORD, **more):
    return client.post(reverse("federation:sign_in"), {"username": username, "password": password, **more})


def test_the_right_password_opens_the_workspace_and_is_journalled(cast, client):
    answer = post(client)
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(cast.users[Role.OFFICER].pk)
    assert Entry.objects.filter(action="account.sign_in", actor=cast.users[Role.OFFICER].actor_code).count() == 1


def test_a_wrong_name_and_a_wrong_password_are_told_the_same(cast, client):
    wrong_password, wrong_name = post(client, password="x" * 12), post(client, username="nobody")
    assert wrong_password.status_code == wrong_name.status_code == 422
    assert "用户名或密码不对" in wrong_password.content.decode()
    assert "用户名或密码不对" in wrong_name.content.decode()


@pytest.fixture
def still(monkeypatch):
    """The clock stands: the first delays are of a second, and a busy machine may need longer for one press."""
    moment = clock.now()
    monkeypatch.setattr(clock, "now", lambda: moment)


def test_repeated_failures_are_slowed_down_even_for_the_right_password(cast, client, still):
    for _ in range(sign_in.FREE_TRIES + 3):
        post(client, password="wrong-password")
    answer = post(client)
    assert answer.status_code == 429
    assert "请等" in answer.content.decode()
    Attempt.objects.update(next_at=clock.now())
    assert post(client).status_code == 302


def test_after_signing_in_only_addresses_of_this_house_are_gone_to(cast, client):
    assert post(client, next="https://elsewhere.example.org/").url == reverse("workspace:today")
    assert post(client, next="/desk/units/").url == "/desk/units/"


def test_a_second_factor_asks_for_a_code_that_works_once(cast, client):
    user = cast.users[Role.OFFICER]
    secret = pyotp.random_base32()
    code = pyotp.TOTP(secret).at(clock.now())
    sign_in.set_second_factor(user, secret, code)
    assert User.objects.get(pk=user.pk).second_factor == secret
    assert post(client).url == reverse("federation:code")
    assert "_auth_user_id" not in client.session
    assert client.post(reverse("federation:code"), {"code": "000000"}).status_code in {422, 429}
    assert client.post(reverse("federation:code"), {"code": code}).status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)
    with pytest.raises(Invalid):
        sign_in.check_code(User.objects.get(pk=user.pk), code)


def test_guessing_codes_is_slowed_down(cast, still):
    user = cast.users[Role.OFFICER]
    secret = pyotp.random_base32()
    sign_in.set_second_factor(user, secret, pyotp.TOTP(secret).at(clock.now()))
    with pytest.raises(TooMuch):
        for _ in range(sign_in.FREE_TRIES + 2):
            with pytest.raises(Invalid):
                sign_in.check_code(user, "000000")


def test_changing_the_password_ends_every_other_session(cast, client):
    from django.test import Client

    elsewhere = Client()
    post(client), post(elsewhere)
    answer = client.post(reverse("federation:account"), {"old": PASSWORD, "new": "another-long-word-7"})
    assert answer.status_code == 302
    assert client.get(reverse("federation:account")).status_code == 200
    assert elsewhere.get(reverse("federation:account")).status_code == 302


def test_a_disabled_account_is_out_at_once(cast, client):
    post(client)
    admin = Client_for(cast.users[Role.SYSTEM_ADMIN])
    code = cast.users[Role.OFFICER].code
    assert admin.post(reverse("federation:user_switch", args=[code]), {"what": "disable"}).status_code == 302
    assert client.get(reverse("federation:account")).status_code == 302
    assert post(client).status_code == 422


def Client_for(user):
    from django.test import Client

    browser = Client()
    browser.force_login(user)
    return browser


def test_what_was_pressed_after_the_session_ended_leads_back_to_its_page(cast, client):
    """The button's own address cannot be opened; the page it stood on can."""
    page = reverse("campaigns:phone_list") + "?what=sign"
    pressed = client.post("/desk/users/x/password/", {}, headers={"Referer": f"http://testserver{page}"})
    asked = client.get(pressed["Location"])
    assert "刚才那一步没有办成" in asked.content.decode()
    assert asked.context["next"] == page
    assert post(client, next=asked.context["next"]).url == page
    client.logout()
    elsewhere = client.post("/desk/users/x/password/", {}, headers={"Referer": "https://elsewhere.example.org/x"})
    assert client.get(elsewhere["Location"]).context["next"] == reverse("workspace:today")
    assert "刚才那一步" not in client.get(client.get(page)["Location"]).content.decode(), (
        "only looking: nothing was lost"
    )


def test_an_address_that_only_takes_presses_says_so_when_it_is_opened(cast, client):
    answer = client.get(reverse("federation:sign_out"))
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "这个地址不能这样打开" in answer.content.decode()


def _with_code(user):
    secret = pyotp.random_base32()
    sign_in.set_second_factor(user, secret, pyotp.TOTP(secret).at(clock.now()))
    return secret


def test_the_code_pressed_twice_lands_where_the_first_press_led(cast, client):
    secret = _with_code(cast.users[Role.OFFICER])
    post(client)
    said = {"code": pyotp.TOTP(secret).at(clock.now()), "next": "/desk/units/"}
    for _press in range(2):
        assert client.post(reverse("federation:code"), said).url == "/desk/units/"


def test_a_code_not_typed_in_time_leads_back_to_the_password_and_on(cast, client):
    _with_code(cast.users[Role.OFFICER])
    post(client, next="/desk/units/")
    session = client.session
    session["sign-in-pending"] = [session["sign-in-pending"][0], 0]
    session.save()
    answer = client.get(reverse("federation:code"), {"next": "/desk/units/"})
    assert answer.url == reverse("federation:sign_in") + "?next=%2Fdesk%2Funits%2F"


def test_turning_the_code_on_and_off_pressed_twice_says_the_same(cast, client):
    user, page = cast.users[Role.OFFICER], reverse("federation:second_factor")
    client.force_login(user)
    client.get(page)
    secret = client.session["second-factor-secret"]
    full_width = pyotp.TOTP(secret).at(clock.now()).translate({ord("0") + n: chr(0xFF10 + n) for n in range(10)})
    for _press in range(2):
        assert "动态码已打开" in client.post(page, {"code": full_width}, follow=True).content.decode()
    for _press in range(2):
        code = {"code": pyotp.TOTP(secret).at(clock.now())}
        assert (
            "动态码已关掉" in client.post(reverse("federation:second_factor_off"), code, follow=True).content.decode()
        )
    assert not User.objects.get(pk=user.pk).second_factor_sealed
