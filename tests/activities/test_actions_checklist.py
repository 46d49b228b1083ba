"""The requirements of a notice travel to each activity as a short list: it asks, blocks nothing, and ends when it should."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from jinguo.activities.actions.checklist import add_point, answer_points, drop_point, edit_point
from jinguo.activities.actions.forget import forget_guests
from jinguo.activities.actions.plan import cancel_activity
from jinguo.activities.models import CheckAnswer, CheckPoint, Session
from jinguo.activities.queries.checklist import clauses_left, lines_for, points_of
from jinguo.campaigns.models import Clause
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, Refused
from tests.activities.stage import as_host, issue, make, queries, unit_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(cast):
    """An issued notice with a requirement beside its three clauses."""
    made = issue(cast)
    made.clauses.create(
        position=9,
        number="五(三)",
        kind="requirement",
        heading="（三）保证安全",
        sentence="人多的活动要有预案。",
        reach="each",
    )
    return made


def serving(cast, campaign, unit="c.edu", **facts):
    clause = campaign.clauses.get(kind="measure")
    return make(cast, cast.units[unit], clauses=(clause,), **facts)


def test_a_requirement_becomes_a_point_when_the_office_says_so_and_once(cast, campaign):
    officer, clause = cast.users["officer"], Clause.objects.get(kind="requirement")
    assert clauses_left(campaign) == [clause]
    point = add_point(campaign, kind="safety", text="有预案", until=None, clause=clause, by=officer)
    assert clauses_left(campaign) == []
    with pytest.raises(Invalid):
        add_point(campaign, kind="safety", text="再来", until=None, clause=clause, by=officer)
    assert drop_point(point, by=officer) is True and drop_point(point, by=officer) is False
    assert clauses_left(campaign) == [clause]
    with pytest.raises(Refused):
        add_point(campaign, kind="other", text="别的", until=None, clause=None, by=cast.users["leader"])


def test_a_health_measure_has_an_end_and_asks_nobody_after_it(cast, campaign):
    officer, today = cast.users["officer"], clock.today()
    with pytest.raises(Invalid, match="哪天为止"):
        add_point(campaign, kind="health", text="备好口罩", until=None, clause=None, by=officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckPoint.objects.create(campaign=campaign, kind="health", text="不写", made_at=clock.now())
    point = add_point(campaign, kind="health", text="备好口罩", until=today, clause=None, by=officer)
    activity = serving(cast, campaign)
    assert len(lines_for(activity, today)) == 1
    assert lines_for(activity, today + timedelta(days=1)) == []
    edit_point(point, kind="health", text="开窗", until=today + timedelta(days=9), by=officer)
    assert [line.point.text for line in lines_for(activity, today + timedelta(days=1))] == ["开窗"]
    assert "开窗" not in Client().get(f"/a/{activity.code}/").content.decode()


def test_a_host_answers_and_may_take_it_back_and_another_unit_may_not(cast, campaign):
    officer = cast.users["officer"]
    one, two = (add_point(campaign, kind="other", text=text, until=None, clause=None, by=officer) for text in "甲乙")
    activity = serving(cast, campaign)
    host = as_host(cast, activity.unit)
    assert answer_points(activity, {one: ("settled", "有人看门"), two: ("na", "")}, by=host) == 2
    assert answer_points(activity, {one: ("settled", "有人看门"), two: ("na", "")}, by=host) == 0, (
        "sent twice, nothing new"
    )
    assert [(row.settled, row.na, row.open) for row in points_of(campaign)] == [(1, 0, 0), (0, 1, 0)]
    assert answer_points(activity, {one: ("", "白写")}, by=host) == 1
    assert [row.point_id for row in CheckAnswer.objects.all()] == [two.pk]
    with pytest.raises(Refused):
        answer_points(activity, {one: ("na", "")}, by=cast.users["home_host"])
    cancel_activity(activity, reason="下雪", by=host)
    activity.refresh_from_db()
    with pytest.raises(Refused):
        answer_points(activity, {one: ("na", "")}, by=host)


def test_whom_to_ring_is_sealed_and_forgotten_with_the_guests(cast, campaign):
    point = add_point(campaign, kind="contact", text="紧急联系人", until=None, clause=None, by=cast.users["officer"])
    activity = serving(cast, campaign)
    answer_points(activity, {point: ("settled", "王姐 13900000001")}, by=as_host(cast, activity.unit))
    assert "13900000001" not in CheckAnswer.objects.values_list("note_sealed", flat=True).get()
    forget_guests()
    assert CheckAnswer.objects.get().note == "王姐 13900000001"
    long_ago = clock.now() - timedelta(days=activity.office.public_days + 1)
    Session.objects.filter(activity=activity).update(starts_at=long_ago - timedelta(hours=1), ends_at=long_ago)
    forget_guests()
    row = CheckAnswer.objects.get()
    assert (row.said, row.note_sealed) == ("settled", "")


def test_the_pages_propose_ask_and_block_nothing(cast, campaign):
    client = Client()
    client.force_login(cast.users["officer"])
    here = f"/desk/campaigns/{campaign.code}/checklist/"
    clause = campaign.clauses.get(kind="requirement")
    assert "保证安全" in client.get(here).content.decode()
    form = client.get(f"{here}new/?clause={clause.code}").content.decode()
    assert 'value="保证安全"' in form and 'value="safety"' in form
    assert client.post(f"{here}new/?clause={clause.code}", {"kind": "safety", "text": "有预案"}).status_code == 302
    bad = client.post(f"{here}new/", {"kind": "health", "text": "通风"})
    assert bad.status_code == 422 and "哪天为止" in bad.content.decode()
    client.post(f"{here}new/", {"kind": "contact", "text": "紧急联系人"})
    activity = serving(cast, campaign)
    lead = f"/l/{unit_link(cast, campaign)}/activities/{activity.code}/"
    few = queries(Client(), lead)
    assert "还有 2 条没有核对" in Client().get(lead).content.decode()
    safety, contact = CheckPoint.objects.all()
    sent = {f"said_{safety.code}": "na", f"said_{contact.code}": "settled"}
    answer = Client().post(lead + "checklist/", sent)
    assert answer.status_code == 422 and "找谁" in answer.content.decode()
    assert Client().post(lead + "checklist/", {**sent, f"note_{contact.code}": "王姐 0353-000-0001"}).status_code == 302
    html = Client().get(lead).content.decode()
    assert "不适用" in html and "王姐" in html and "没有核对" not in html
    assert queries(Client(), lead) == few
    fresh = serving(cast, campaign, title="另一场")
    published = Client().post(f"/l/{unit_link(cast, campaign)}/activities/{fresh.code}/publish/", follow=True)
    assert "核对单还有 2 条没填" in published.content.decode()
    fresh.refresh_from_db()
    assert fresh.state == "published"
