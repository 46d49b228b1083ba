"""Language and theme: remembered in this browser, back to where she was, never to another site."""

import pytest
from django.conf import settings
from django.test import Client


def choose(client: Client, what: str, value: str, **more):
    headers = more.pop("headers", {})
    return client.post(f"/{what}/", {what: value, "next": "/gallery/?a=1", **more}, headers=headers)


@pytest.mark.parametrize(
    ("what", "value", "cookie"), [("language", "en", settings.LANGUAGE_COOKIE_NAME), ("theme", "dark", "theme")]
)
def test_a_choice_is_remembered_and_leads_back(client, what, value, cookie):
    answer = choose(client, what, value)
    assert (answer.status_code, answer["Location"]) == (303, "/gallery/?a=1")
    kept = answer.cookies[cookie]
    assert kept.value == value and kept["samesite"] == "Lax" and kept["httponly"] and int(kept["max-age"]) > 300 * 86400


def test_the_choice_shows_on_the_next_page(client):
    choose(client, "language", "en")
    choose(client, "theme", "dark")
    html = client.get("/gallery/").content.decode()
    assert '<html lang="en" data-theme="dark">' in html
    assert "Circulation states" in html and "已签收" in html


def test_the_theme_can_follow_the_system_again(client):
    choose(client, "theme", "dark")
    answer = choose(client, "theme", "")
    assert answer.cookies["theme"]["max-age"] == 0
    assert '<html lang="zh-Hans">' in client.get("/gallery/").content.decode()


@pytest.mark.parametrize(
    ("what", "value"), [("language", "tlh"), ("language", ""), ("theme", "neon"), ("theme", "dark;x")]
)
def test_an_unknown_choice_changes_nothing(client, what, value):
    answer = choose(client, what, value)
    assert answer.status_code == 303 and not answer.cookies


@pytest.mark.parametrize("target", ["https://evil.example.org/", "//evil.example.org/", "javascript:alert(1)", ""])
def test_it_never_leads_to_another_site(client, target):
    assert choose(client, "theme", "dark", next=target)["Location"] == "/"


def test_another_site_has_no_say(client):
    answer = choose(client, "theme", "dark", headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 303 and not answer.cookies


def test_it_works_without_a_token_because_public_pages_are_cached_for_everybody():
    assert choose(Client(enforce_csrf_checks=True), "theme", "dark").status_code == 303


@pytest.mark.django_db  # the page that says so shows whose site it is
@pytest.mark.parametrize("what", ["language", "theme"])
def test_opening_the_address_changes_nothing(client, what):
    answer = client.get(f"/{what}/?{what}=en")
    assert answer.status_code == 405 and not answer.cookies
