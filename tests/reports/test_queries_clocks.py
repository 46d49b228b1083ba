"""The two-way clock: how long units wait for the city, and what waits now; signing is measured in working hours."""

from datetime import date, timedelta

import pytest

from jinguo.campaigns.actions import circulation as acts
from jinguo.campaigns.actions import extensions
from jinguo.campaigns.models import Burden, Circulation, ExtensionRequest, Obligation
from jinguo.lib import clock
from jinguo.reports.actions import review
from jinguo.reports.models import Return, ReturnVersion
from jinguo.reports.queries.clocks import clocks_of, signing_hours, waits_of
from tests.issued import copy_of
from tests.reports import builders


@pytest.fixture
def issued(cast):
    return builders.issue(cast)


def clocks(issued) -> dict[str, tuple]:
    return {
        one.code: (one.waits.answered, one.waits.half, one.waits.longest, one.waiting)
        for one in clocks_of(issued.campaign)
    }


def test_nothing_sent_is_nothing_waited(issued):
    assert clocks(issued) == dict.fromkeys(("reports", "extensions", "burdens", "sent_back"), (0, None, None, 0))


def test_a_return_waits_until_it_is_accepted_or_sent_back(issued):
    officer, now = issued.cast.users["officer"], clock.now()
    builders.report(issued, "c.a", accept=True)
    back = builders.report(issued, "c.b")
    review.send_back(back, number=1, notes={"": "补"}, by=officer)
    builders.report(issued, "c.edu")
    for key, hours in (("c.a", 5), ("c.b", 30)):
        ReturnVersion.objects.filter(given__unit=issued.cast.units[key]).update(
            sent_at=now - timedelta(hours=hours), answered_at=now
        )
    assert clocks(issued)["reports"] == (2, 17.5, 30.0, 1)
    oldest = next(one.oldest for one in clocks_of(issued.campaign) if one.code == "reports")
    assert oldest == Return.objects.get(unit=issued.cast.units["c.edu"]).sent_at


def test_more_time_asked_and_a_burden_said_wait_too(issued):
    duty, now = issued.obligations["c.a"], clock.now()
    Obligation.objects.update(due_at=now + timedelta(days=3))
    for key in ("c.a", "c.b"):
        duty = Obligation.objects.select_related("ask__campaign__office__unit", "unit").get(
            unit=issued.cast.units[key], ask=issued.ask
        )
        extensions.ask_extension(duty, to=now + timedelta(days=6), reason="改期", by=issued.link(key))
    request = ExtensionRequest.objects.select_related(
        "obligation__ask__campaign__office__unit", "obligation__unit"
    ).first()
    extensions.refuse_extension(request, note="急用", by=issued.cast.users["officer"])
    ExtensionRequest.objects.filter(pk=request.pk).update(asked_at=now - timedelta(hours=8), answered_at=now)
    copy = copy_of(issued.campaign, issued.cast.units["c.a"])
    acts.say_burden(copy, by=issued.link("c.a"), text="填了两遍")
    found = clocks(issued)
    assert found["extensions"] == (1, 8.0, 8.0, 1)
    assert found["burdens"] == (0, None, None, 1)
    Burden.objects.update(at=now - timedelta(hours=2), heard_at=now)
    assert clocks(issued)["burdens"] == (1, 2.0, 2.0, 0)


def test_half_and_nine_of_ten():
    assert waits_of({}).half is None
    said = waits_of({10 * hours: 1 for hours in range(1, 11)})
    assert (said.answered, said.half, said.nine_of_ten, said.longest) == (10, 5.5, 9, 10)
    assert waits_of({30: 1}).nine_of_ten == 3.0


def test_signing_is_measured_in_working_hours(issued):
    friday = clock.at(date(2024, 3, 15), 17)
    type(issued.campaign).objects.filter(pk=issued.campaign.pk).update(issued_at=friday)
    issued.campaign.refresh_from_db()
    monday = [clock.at(date(2024, 3, 18), 9, 30), clock.at(date(2024, 3, 18), 12, 30)]
    copies = list(issued.campaign.circulations.order_by("pk"))
    for copy, moment in zip(copies, [friday + timedelta(minutes=30), *monday, None], strict=True):
        Circulation.objects.filter(pk=copy.pk).update(signed_at=moment, signed_how="link" if moment else "")
    said = signing_hours(issued.campaign)
    assert (said.answered, said.half, said.longest) == (3, 2.0, 5.0)
    Circulation.objects.update(signed_at=None, signed_how="")
    assert signing_hours(issued.campaign).half is None
