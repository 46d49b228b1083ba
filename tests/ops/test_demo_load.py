"""The demonstration loads once, shows what is on, and lays a notice ready that reads the same as paper and as text."""

import csv
import re
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command

from jinguo.activities.models import Activity
from jinguo.activities.models.activity import EVENTS, ActivityState
from jinguo.federation.models import Link, Unit, User
from jinguo.federation.models.link import Purpose
from jinguo.gongwen.extract import extract
from jinguo.lib import clock
from jinguo.notices.models import Notice
from jinguo.ops.demo.activities import first_day
from jinguo.ops.demo.loader import signins_file
from jinguo.ops.demo.notice import notice_files
from jinguo.stations.models import Station

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(settings, tmp_path) -> str:
    """A loaded demonstration; what loading it printed."""
    settings.DATA = tmp_path
    cache.clear()
    return load()


def load(*words: str) -> str:
    out = StringIO()
    call_command("demo", "load", *words, stdout=out)
    return out.getvalue()


def signins() -> str:
    out = StringIO()
    call_command("demo", "signins", stdout=out)
    return out.getvalue()


def test_the_demonstration_is_whole_and_loading_again_changes_nothing(said, client):
    counts = Unit.objects.count(), Activity.objects.filter(visibility__in=EVENTS).count(), User.objects.count()
    assert counts == (951, 27, 13)
    with signins_file().open(encoding="utf-8") as file:
        first = next(csv.DictReader(file))
    assert load("--if-empty") == ""
    assert counts[0] == Unit.objects.count() and Station.objects.count() == 14
    assert client.login(username=first["username"], password=first["password"])
    with pytest.raises(CommandError, match="empty database"):
        load()


def test_a_visitor_sees_what_is_on_in_the_first_city_only(said, client):
    page = client.get("/").content.decode()
    listed = re.findall(r'<h3><a href="/a/\w+/">([^<]+)</a>', page)
    assert len(listed) >= 10
    assert "“漾泉巾帼红”社区义诊和理发" in page and "柳渡镇编织手工体验课" not in page


def test_a_visitor_sees_standing_places_of_many_kinds_with_hours_and_books_one(said, client):
    page = client.get("/stations/").content.decode()
    assert "市妇联维权服务中心" in page and "新华东街社区妇女之家" in page and "清河市" not in page
    shown = Station.objects.on_site().filter(unit__path__startswith=Unit.objects.get(division_code="1403").path)
    assert {"home", "rights", "singles", "family", "mini", "other"} <= set(
        Station.objects.values_list("kind", flat=True)
    )
    assert shown.exclude(slot_minutes=None).count() >= 6
    for place in shown:
        told = client.get(f"/stations/{place.code}/").content.decode()
        assert "没有写，请先打电话问一问" not in told and "高岺村东巷" not in told
    center = shown.get(name="市妇联维权服务中心")
    assert 'name="time"' in client.get(f"/stations/{center.code}/book/").content.decode(), "somebody can be booked with"


def test_activities_lie_ahead_on_the_weekdays_of_the_data(said):
    assert set(Activity.objects.filter(visibility__in=EVENTS).values_list("state", flat=True)) == {
        ActivityState.PUBLISHED
    }
    congress = Activity.objects.get(kind="congress")
    assert first_day() >= clock.today() and first_day().weekday() == 0
    starts = clock.local(congress.sessions.get().starts_at)
    assert ((starts.date() - first_day()).days, starts.hour) == (10, 9)
    assert congress.sessions.get().pools.get().capacity == 300
    clinic = Activity.objects.get(title="“漾泉巾帼红”社区义诊和理发")
    assert clinic.area.name == clinic.unit.name and clinic.sessions.get().walk_in
    left = Link.objects.live(clock.now()).exclude(purpose=Purpose.HOST)
    assert not left.exists(), "the ways in used while loading are closed"


def test_the_notice_lies_ready_as_paper_and_as_text(said):
    paper, text = notice_files()
    assert str(paper) in said and str(text) in said and str(paper) in signins()
    assert not Notice.objects.exists(), "a newcomer drops it in herself"

    as_paper, as_text = (re.sub(r"\s", "", extract(path.read_bytes()).raw) for path in (paper, text))
    assert as_paper.replace("—1—", "") == as_text, "but for line breaks in the title and the number of the page"


def test_without_a_demonstration_nothing_is_promised(settings, tmp_path):
    settings.DATA = tmp_path
    assert "没有示范账号" in signins() and "notice" not in signins()


def test_a_village_has_its_hosts_page_by_a_link_that_is_shown_at_the_start(said, client, capsys) -> None:
    call_command("demo", "signins")
    [address] = re.findall(r"http\S+(/h/\w+/)", capsys.readouterr().out)
    assert "说一句要办的活动" in client.get(address, follow=True).content.decode()
