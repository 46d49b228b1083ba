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


def test_repeated_failures_are_slowed_down_even_for_the_right_password(cast, client):
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


def test_guessing_codes_is_slowed_down(cast):
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
