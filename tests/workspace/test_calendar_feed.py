"""A unit's dates in its own calendar: due dates and activities, by a secret address that can be replaced."""

import re
from datetime import timedelta

import pytest

from jinguo.campaigns.models import Feed, Obligation
from jinguo.lib import clock
from tests.issued import copy_of
from tests.reports.builders import hold, issue

pytestmark = pytest.mark.django_db


@pytest.fixture
def settings_path(letters) -> str:
    return letters.page("c.edu") + "calendar/"


def subscribed(client, path: str) -> str:
    """The path of the feed, after making it."""
    client.post(path, {"open": "1"})
    page = client.get(path).content.decode()
    return re.search(r"http[^\"]*(/cal/[a-z0-9]+\.ics)", page).group(1)


def events(answer) -> list[dict[str, str]]:
    """The events of a feed as a plain reader of RFC 5545 sees them: unfolded, name and value."""
    raw = answer.content.decode()
    assert raw.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in raw.split("\r\n"))
    lines = raw.replace("\r\n ", "").split("\r\n")
    found: list[dict[str, str]] = []
    for line in lines:
        name, _colon, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found:
            found[-1].setdefault(name.split(";")[0], value)
    return found


def test_the_feed_holds_due_dates_and_nothing_answered(client, settings_path, cast, campaign):
    path = subscribed(client, settings_path)
    answer = client.get(path)
    assert answer["Content-Type"].startswith("text/calendar")
    [due] = events(answer)
    duty = Obligation.objects.exclude(due_at=None).get(unit=cast.units["c.edu"])
    assert due["SUMMARY"] == "报送：活动总结"
    assert due["DTEND"] == duty.due_at.strftime("%Y%m%dT%H%M%SZ")
    campaign.sign_due_at, campaign.sign_due_origin = clock.now() + timedelta(days=2), "confirmed"
    campaign.save()
    assert {event["SUMMARY"][:3] for event in events(client.get(path))} == {"签收：", "报送："}
    Obligation.objects.filter(pk=duty.pk).update(zero_at=clock.now())
    copy = copy_of(campaign, cast.units["c.edu"])
    copy.signed_at, copy.signed_how = clock.now(), "link"
    copy.save()
    assert events(client.get(path)) == []


def test_an_extension_moves_the_same_entry(client, settings_path, cast):
    path = subscribed(client, settings_path)
    [before] = events(client.get(path))
    duty = Obligation.objects.exclude(due_at=None).get(unit=cast.units["c.edu"])
    Obligation.objects.filter(pk=duty.pk).update(extended_to=duty.due_at + timedelta(days=3))
    [after] = events(client.get(path))
    assert after["UID"] == before["UID"]
    assert after["DTEND"] > before["DTEND"]
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    assert after["TRANSP"] == "TRANSPARENT", "a date to keep, not an hour she is away"
    Obligation.objects.filter(pk=duty.pk).update(extended_to=duty.due_at + timedelta(days=5))
    [again] = events(client.get(path))
    assert int(again["SEQUENCE"]) > int(after["SEQUENCE"]), "moved again: Outlook takes only what grew"


def test_its_own_activities_and_nobody_elses(client, settings_path, cast):
    issued = issue(cast)
    hold(issued, "c.edu", "读一晚书")
    hold(issued, "c.hos", "健康义诊")
    said = {event["SUMMARY"] for event in events(client.get(subscribed(client, settings_path)))}
    assert "读一晚书" in said
    assert "健康义诊" not in said


def test_replaced_and_ended_the_old_address_is_gone(client, settings_path):
    first = subscribed(client, settings_path)
    client.post(settings_path, {"renew": "1"})
    second = re.search(r"/cal/[a-z0-9]+\.ics", client.get(settings_path).content.decode()).group()
    assert second != first
    assert client.get(first).status_code == 410
    client.post(settings_path, {"close": "1"})
    assert client.get(second).status_code == 410
    assert client.get("/cal/nothing.ics").status_code == 410
    assert not Feed.objects.exclude(secret_sealed="").exists()


def test_at_the_desk_only_ones_own_unit(signed_in, cast, letters):
    liaison = signed_in("liaison")
    own, other = cast.units["c.edu"], cast.units["c.hos"]
    assert liaison.get(f"/desk/our-calendar/{own.code}/").status_code == 200
    assert liaison.get(f"/desk/our-calendar/{other.code}/").status_code == 404
    assert signed_in("county_officer").post(f"/desk/our-calendar/{cast.units['c.home'].code}/").status_code == 403
