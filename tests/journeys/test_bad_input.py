"""Through the real pages: what is wrong gets a clear sentence in the reader's language, and nothing else happens.

Each step counts the rows of the whole house before and after: what is refused leaves none, what is kept is kept whole.
A double click on every button is walked in test_chain (scripts on) and test_scripts_off (where both clicks arrive).
"""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from playwright.sync_api import Locator, expect

from jinguo.activities.models import Activity
from jinguo.campaigns.models import Circulation
from jinguo.federation.actions.links import make_link, revoke_links
from jinguo.federation.models.link import Purpose
from jinguo.lib import clock
from jinguo.notices.models import Notice, NoticeState
from tests.issued import UNITS, copy_of, issue
from tests.journeys.bad_files import MIB, bomb, picture_named_docx, with_macros
from tests.journeys.conftest import Journey
from tests.journeys.officer import Officer
from tests.journeys.papers import DEMO
from tests.journeys.people import DESK, PHONE, Screen
from tests.journeys.unit import Unit
from tests.journeys.visitor import Visitor
from tests.services.smtp import MailSink
from tests.world import BY, Cast

HAN = re.compile(r"[\u4e00-\u9fff]")
NOT_COUNTED = {"session", "attempt"}  # whose browser it is, and how often a sign-in failed
CHINESE, ENGLISH = "zh-hans", "en"
pytestmark = pytest.mark.slow  # a real browser for every bad file and slip: minutes, so in test-all
IN_BOTH_LANGUAGES = pytest.mark.parametrize("language", [CHINESE, pytest.param(ENGLISH, marks=pytest.mark.wide)])


def rows() -> dict[str, int]:
    """How many rows each table holds."""
    models = [model for model in apps.get_models() if model._meta.model_name not in NOT_COUNTED]
    return {model._meta.label: model._default_manager.count() for model in models}


def new_rows(before: dict[str, int]) -> dict[str, int]:
    """What has come since, without the journal and its seals."""
    return {
        name: many - before[name]
        for name, many in rows().items()
        if many != before[name] and not name.startswith("journal.")
    }


def said(place: Locator, language: str) -> str:
    """A sentence a person can act on, in her language, without a trace of the machine."""
    expect(place.first).to_be_visible()
    sentence = place.first.inner_text()
    assert len(sentence) > 8 and "Traceback" not in sentence and "Error" not in sentence
    share = len(HAN.findall(sentence)) / len(sentence)  # names and numbers of notices stay Chinese on English pages
    assert (share > 0.3) == (language == CHINESE), f"not in {language}: {sentence}"
    return sentence


# ---- files ----------------------------------------------------------------------------------------------------------

UNREADABLE: list[tuple[str, Callable[[], bytes]]] = [
    ("picture.docx", picture_named_docx),
    ("bomb.docx", bomb),
    ("macros.docx", with_macros),
]


@IN_BOTH_LANGUAGES
def test_files_nobody_can_use(journey: Journey, language: str, tmp_path: Path) -> None:
    officer = journey.brings(Officer, Screen(DESK, language=language))
    officer.enters("officer")
    empty_is_refused(officer, language)
    for name, make in UNREADABLE:
        kept_and_says_why(officer, language, name, make())
    large_is_refused_unstored(officer, language, tmp_path)
    other_encoding_is_read(officer)
    same_again_leads_to_the_first(officer, language)


def empty_is_refused(officer: Officer, language: str) -> None:
    officer.opens("/desk/notices/new/")
    before = rows()
    officer.puts_in("empty.docx", b"")
    said(officer.page.locator(".field__error"), language)
    officer.looks("empty")
    assert not new_rows(before)


def kept_and_says_why(officer: Officer, language: str, name: str, data: bytes) -> None:
    """The bytes are kept before they are opened; nothing was made of them; the page says why."""
    officer.opens("/desk/notices/new/")
    before = rows()
    officer.puts_in(name, data)
    said(officer.page.locator(".note p:not(:has(strong))"), language)
    officer.looks(name)
    assert new_rows(before) == {"notices.Notice": 1, "files.StoredFile": 1}
    assert Notice.objects.latest("pk").state == NoticeState.UNREADABLE


def large_is_refused_unstored(officer: Officer, language: str, folder: Path) -> None:
    officer.opens("/desk/notices/new/")
    before = rows()
    file = folder / "large.docx"
    with file.open("wb") as large:
        large.truncate(50 * MIB)
    officer.puts_in_from_disk(file)
    officer.page.wait_for_url(lambda url: True)
    said(officer.page.locator("main p:not(.small)"), language)
    officer.looks("too-large")
    assert not new_rows(before)


def other_encoding_is_read(officer: Officer) -> None:
    """GB18030, as old machines still write it: the same text comes out."""
    officer.opens("/desk/notices/new/")
    officer.puts_in("gb18030.txt", DEMO.read_text().encode("gb18030"))
    expect(officer.page.locator(".paper")).to_contain_text("花开漾泉·巾帼同行")
    assert Notice.objects.latest("pk").readings.get().raw_text.split() == DEMO.read_text().split()


def same_again_leads_to_the_first(officer: Officer, language: str) -> None:
    before = rows()
    officer.opens("/desk/notices/new/")
    officer.puts_in("again.txt", DEMO.read_text().encode("gb18030"))
    said(officer.page.locator(".note p:not(:has(strong))"), language)
    officer.looks("known")
    assert not new_rows(before)
    officer.page.locator(".note a").click()
    expect(officer.page.locator("#meter")).to_be_visible()


# ---- links ----------------------------------------------------------------------------------------------------------


@IN_BOTH_LANGUAGES
def test_links_that_open_nothing(journey: Journey, language: str, cast: Cast, smtp: MailSink) -> None:
    """Expired, altered, cut short, revoked, made for something else: one sentence for all, so that trying tells nothing."""
    copy = copy_of(issue(cast), cast.units["c.a"])
    smtp.wait_for(len(UNITS), timeout=60)
    soon, gone = clock.now() + timedelta(days=1), clock.now() - timedelta(minutes=1)
    _link, good = make_link(Purpose.UNIT, unit=copy.unit, kind="circulation", code=copy.code, expires_at=soon, by=BY)
    _link, late = make_link(Purpose.UNIT, unit=copy.unit, kind="circulation", code=copy.code, expires_at=gone, by=BY)
    unit = journey.brings(Unit, Screen(PHONE, language=language))
    sentences = set()
    for secret in (late, good[:-1] + ("a" if good[-1] != "a" else "b"), good[:9], good.upper() + "x"):
        unit.opens(f"/l/{secret}/")
        sentences.add(said(unit.page.locator("main p:not(.small)"), language))
    unit.looks("dead-link")
    unit.opens(f"/s/{good}/")
    sentences.add(said(unit.page.locator("main p:not(.small)"), language))
    unit.opens(f"/l/{good}/")
    expect(unit.page.locator("form.dock")).to_be_visible()
    revoke_links("circulation", copy.code, by=BY)
    before = rows()
    unit.page.locator("form.dock button").dblclick(no_wait_after=True)
    sentences.add(said(unit.page.locator("main p:not(.small)"), language))
    assert len(sentences) == 1 and not new_rows(before)
    assert not Circulation.objects.exclude(signed_at=None).exists(), "what came by a revoked link was not signed"


# ---- forms ----------------------------------------------------------------------------------------------------------


@IN_BOTH_LANGUAGES
def test_what_was_typed_is_never_lost(journey: Journey, language: str, cast: Cast, smtp: MailSink) -> None:
    copy = copy_of(issue(cast), cast.units["c.a"])
    smtp.wait_for(len(UNITS), timeout=60)  # so that nothing but the pages writes from now on
    until = clock.now() + timedelta(days=60)
    _link, secret = make_link(Purpose.UNIT, unit=copy.unit, kind="circulation", code=copy.code, expires_at=until, by=BY)
    unit = journey.brings(Unit, Screen(PHONE, language=language))
    an_activity_without_a_place(unit, language, secret)
    a_sign_up_with_a_wrong_number(journey.brings(Visitor, Screen(PHONE, language=language)), language)
    a_report_with_words_for_a_number(unit, language, secret)


def an_activity_without_a_place(unit: Unit, language: str, secret: str) -> None:
    unit.opens(f"/l/{secret}/activities/new/")
    before, form = rows(), unit.page.locator("main form")
    day = clock.today() + timedelta(days=3)
    typed = {"title": "泉水镇义诊", "day": day.isoformat(), "starts": "09:30", "ends": "11:00", "seats": "2"}
    for name, text in typed.items():
        if name == "seats":
            form.locator("[name=admission][value=seats]").check(force=True)
        form.locator(f"[name={name}]").fill(text)
    form.locator("[name=publish]").dblclick(no_wait_after=True)
    said(unit.page.locator(".errors"), language)
    unit.looks("activity-errors")
    assert {name: form.locator(f"[name={name}]").input_value() for name in typed} == typed
    assert not new_rows(before)
    form.locator("[name=kind]").select_option("volunteer")
    form.locator("[name=venue]").first.check(force=True)
    form.locator("[name=place]").fill("泉水镇卫生院")
    form.locator("[name=publish]").dblclick(no_wait_after=True)
    expect(unit.page.locator("#share")).to_be_visible()
    assert Activity.objects.count() == 1


def a_sign_up_with_a_wrong_number(visitor: Visitor, language: str) -> None:
    visitor.opens(f"/a/{Activity.objects.get().code}/")
    before, form = rows(), visitor.page.locator("#join")
    form.locator("[name=name]").fill("李女士")
    form.locator("[name=phone]").fill("139")
    form.locator("button.btn--primary").dblclick(no_wait_after=True)
    said(visitor.page.locator("#join .field__error"), language)
    visitor.looks("sign-up-errors")
    assert form.locator("[name=name]").input_value() == "李女士"
    assert form.locator("[name=phone]").input_value() == "139"
    assert not new_rows(before)


def a_report_with_words_for_a_number(unit: Unit, language: str, secret: str) -> None:
    unit.opens(f"/l/{secret}/reports/")
    unit.page.locator("a[href*='obligation=']").first.click()
    before, form = rows(), unit.page.locator("main form")
    story = "来了很多人，大家都说好。"
    form.locator("[name=summary]").fill(story)
    form.locator("[name=on_site]").fill("很多")
    form.locator(".dock .btn--primary").dblclick(no_wait_after=True)
    said(unit.page.locator(".field__error"), language)
    unit.looks("report-errors")
    assert form.locator("[name=summary]").input_value() == story
    assert form.locator("[name=on_site]").input_value() == "很多"
    assert not new_rows(before)
