"""签收单 of many units: asked for once, made part by part by the worker, whole whatever happens, gone after a week."""

import io
import re
import subprocess
import sys
from datetime import timedelta

import pytest
from django.test import Client

from jinguo.campaigns.actions import slips
from jinguo.campaigns.models import Circulation, SlipPart, SlipRun
from jinguo.federation.models import Link
from jinguo.files.actions import read_file
from jinguo.files.models import StoredFile
from jinguo.gongwen.pdfium import pdfium
from jinguo.lib import clock, typesetting
from jinguo.lib.claim import MAX_ATTEMPTS, claim
from jinguo.lib.errors import Refused
from tests.issued import issue

UNITS = ("c.a", "c.b", "c.edu", "c.hos", "c.home", "c.a.t", "c.b.t", "c.a.t.v")


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    """Four units a part, so that eight are a city."""
    monkeypatch.setattr(slips, "PART", 4)


@pytest.fixture
def campaign(cast):
    return issue(cast, UNITS)


def pages_of(run: SlipRun) -> list[str]:
    run.refresh_from_db()
    document = pdfium.PdfDocument(io.BytesIO(read_file(run.file)))
    return ["".join(page.get_textpage().get_text_range().split()) for page in document]


def work(most: int = 10) -> None:
    for _ in range(most):
        slips.print_slips()


def names_in_order(campaign) -> list[str]:
    return list(campaign.circulations.order_by("unit__path").values_list("unit__name", flat=True))


def test_every_unit_has_its_slip_once_in_the_order_of_the_tree(campaign, cast):
    run = slips.ask_slips(campaign, by=cast.users["officer"])
    slips.print_slips()
    run.refresh_from_db()
    assert (run.done, run.total, run.file, SlipPart.objects.count()) == (4, 8, None, 1)
    work()
    pages = pages_of(run)
    found = re.findall("|".join(sorted(names_in_order(campaign), key=len, reverse=True)), "".join(pages))
    assert [name for name in found if name != campaign.office.unit.name] == names_in_order(campaign)
    assert [re.search(r"签收单·(\d+/\d+)", page).group(1) for page in pages] == ["1/2", "2/2"]
    assert SlipPart.objects.count() == 0
    assert StoredFile.objects.filter(name__startswith="slips-", deleted_at=None).count() == 0, "only the whole is kept"
    assert Link.objects.filter(object_kind="circulation").count() == 8, "one link a unit"


def test_who_signs_meanwhile_changes_nothing_of_a_run_that_is_asked_for(campaign, cast):
    Circulation.objects.filter(unit=cast.units["c.edu"]).update(signed_at=clock.now(), signed_how="link")
    run = slips.ask_slips(campaign, by=cast.users["officer"])
    Circulation.objects.filter(unit=cast.units["c.hos"]).update(signed_at=clock.now(), signed_how="link")
    work()
    said = "".join(pages_of(run))
    assert cast.units["c.edu"].name not in said and cast.units["c.hos"].name in said


def test_asked_twice_it_is_made_once(campaign, cast):
    officer = cast.users["officer"]
    run = slips.ask_slips(campaign, by=officer)
    assert slips.ask_slips(campaign, by=officer) == run
    work()
    assert slips.ask_slips(campaign, by=officer) != run, "a finished one stays; a new one is made"


def test_a_worker_that_never_comes_back_costs_one_part(campaign, cast):
    run = slips.ask_slips(campaign, by=cast.users["officer"])
    slips.print_slips()
    assert claim(SlipRun.objects.waiting(), lease=slips.LEASE, most=1), "this one died here"
    assert slips.print_slips() == 0, "nobody takes what another holds"
    SlipRun.objects.update(lease_until=clock.now() - timedelta(seconds=1))
    work()
    assert len(pages_of(run)) == 2


def test_what_typst_never_prints_is_set_aside_and_said(campaign, cast, monkeypatch):
    monkeypatch.setattr(typesetting, "SECONDS", 0)
    run = slips.ask_slips(campaign, by=cast.users["officer"])
    for _ in range(MAX_ATTEMPTS + 1):
        SlipRun.objects.update(next_at=clock.now())
        slips.print_slips()
    run.refresh_from_db()
    assert run.failed and not SlipRun.objects.waiting().exists()
    assert slips.ask_slips(campaign, by=cast.users["officer"]) != run


def test_after_a_week_it_is_destroyed(campaign, cast):
    run = slips.ask_slips(campaign, by=cast.users["officer"])
    work()
    assert slips.forget_slips() == 0
    SlipRun.objects.update(ended_at=clock.now() - timedelta(days=8))
    assert (slips.forget_slips(), slips.forget_slips()) == (1, 0)
    run.refresh_from_db()
    assert not run.is_ready and not run.failed


def test_nobody_to_print_for_is_refused(campaign, cast):
    Circulation.objects.update(signed_at=clock.now(), signed_how="link")
    with pytest.raises(Refused):
        slips.ask_slips(campaign, by=cast.users["officer"])


def test_the_officer_waits_on_a_page_that_may_be_closed_and_downloads(campaign, cast, signed_in):
    browser: Client = signed_in("officer")
    answer = browser.post(f"/desk/campaigns/{campaign.code}/sheets/pdf/")
    page = browser.get(answer.url).content.decode()
    assert '<progress value="0" max="8"' in page and "可以关掉这一页" in page and "hx-trigger" in page
    assert browser.get(f"{answer.url}file/").status_code == 410, "not ready yet"
    assert answer.url in browser.get(f"/desk/campaigns/{campaign.code}/spread/").content.decode()
    work()
    page = browser.get(answer.url).content.decode()
    assert f"{answer.url}file/" in page and "hx-trigger" not in page and "<progress" not in page
    assert f"{answer.url}file/" in browser.get(f"/desk/campaigns/{campaign.code}/spread/").content.decode()
    file = browser.get(f"{answer.url}file/")
    assert file["Content-Type"] == "application/pdf" and file.content.startswith(b"%PDF")
    for who in ("county_officer", "sister", "d.officer"):
        assert signed_in(who).get(f"{answer.url}file/").status_code == 404
        assert signed_in(who).get(answer.url).status_code == 404


def part_by_part() -> None:
    """What each process does: a lease that is over at once, and as many deaths as there are statements."""
    slips.PART, slips.LEASE, slips.MAX_ATTEMPTS = 4, timedelta(microseconds=1), 10_000
    slips.print_slips()


def check() -> None:
    """Between the deaths: the parts that are there are exactly those the run says are done."""
    for run in SlipRun.objects.all():
        parts = [part.first for part in run.parts.order_by("first")]
        assert parts == ([] if run.file_id else list(range(0, run.done, 4)))


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_killed_before_each_statement_no_slip_is_missing(campaign, cast, child_environment):
    run = slips.ask_slips(campaign, by=cast.users["officer"])
    done = subprocess.run(
        [sys.executable, "-m", "tests.killing", f"{__name__}:part_by_part", f"{__name__}:check"],
        env=child_environment, capture_output=True, text=True, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    part_by_part(), part_by_part(), part_by_part()
    check()
    said = "".join(pages_of(run))
    assert all(said.count(name) >= 1 for name in names_in_order(campaign)) and len(pages_of(run)) == 2
