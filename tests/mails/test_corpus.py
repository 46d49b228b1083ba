"""Every mail of the corpus is understood as expected, whatever the order, however often, and the woman who writes is safe."""

from datetime import date

import pytest
from django.db import transaction

from jinguo.campaigns.actions.delivery import collect_deliveries
from jinguo.campaigns.models import Circulation
from jinguo.lib.mail import read_letter
from jinguo.lib.mail.files import text_of_file
from jinguo.mails.actions.settling import read_mails
from jinguo.mails.models import Mail
from jinguo.messages.models import OutMessage
from jinguo.reports.models import Return, ReturnVersion
from tests.data.mails import CORPUS
from tests.mails.stage import RECEIVED, keep_corpus, outcome, set_stage


@pytest.fixture
def here(monkeypatch):
    """Mails are decoded in this process: 148 processes would take half a minute. `slow` tests start them."""

    monkeypatch.setattr("jinguo.mails.actions.settling.read_mail", lambda data: read_letter(data, text_of_file))


def read_all():
    while read_mails(50):
        pass


def value(text):
    month, day = (int(part) for part in text.split("-"))
    return date(2024, month, day).isoformat()


def misread(mail, expected):
    """What differs from what is expected of one mail, in words."""
    wrong = [
        f"{name} is {got!r}, not {want!r}"
        for name, got, want in (
            ("kind", mail.kind, expected.kind),
            ("fate", mail.fate, expected.fate),
            ("how", mail.unit_how, expected.how),
        )
        if got != want
    ]
    fields = mail.understood[0]
    for name, want in expected.fields.items():
        got = fields.get(name, {}).get("value")
        want = value(want) if name in ("held_on", "ended_on") and want else want
        if got != want:
            wrong.append(f"{name} is {got!r}, not {want!r}")
    letter = mail.letter
    names = {part.name for part in letter.parts} if letter else set()
    wrong += [f"no file {name}" for name in expected.parts if name not in names]
    titles = [one["title"]["value"] for one in mail.understood if "title" in one]
    if expected.several and tuple(titles) != expected.several:
        wrong.append(f"its activities are {titles}")
    if letter and tuple(link.name for link in letter.links) != expected.links:
        wrong.append(f"links are {letter.links}")
    return wrong


def test_the_corpus_is_as_large_as_promised():
    assert len(CORPUS) >= 120 and len({one.name for one in CORPUS}) == len(CORPUS)


def test_the_corpus_meets_its_expectations(cast, here):
    """One reading of it all, looked at from every side; reading it again for each would take a minute."""
    set_stage(cast)
    expected = keep_corpus(cast)
    collect_deliveries()
    read_all()
    collect_deliveries()
    assert understood_otherwise(cast, expected) == {}
    every_value_stands_where_its_source_says()
    letters_for_help_are_with_the_case_worker_alone(cast, expected)
    forged_senders_get_nothing_and_no_answer()
    bounces_say_that_the_notice_did_not_arrive()
    run_once_more_nothing_changes(cast)


def understood_otherwise(cast, expected):
    wrong = {}
    for mail in Mail.objects.select_related("unit"):
        one = expected[mail.code]
        found = misread(mail, one)
        if mail.unit != (cast.units[one.unit] if one.unit else None):
            found.append(f"unit is {mail.unit}, not {one.unit}")
        if found:
            wrong[one.name] = found
    return wrong


def every_value_stands_where_its_source_says():
    checked = 0
    for mail in Mail.objects.exclude(understood_sealed=""):
        letter = mail.letter
        for found in (found for one in mail.understood for found in one.values()):
            if found["part"] == -1 or found["end"] == 0:
                continue
            text = letter.body if found["part"] == 0 else letter.parts[found["part"] - 1].text
            assert text[found["start"] : found["end"]] == found["quote"]
            checked += 1
    assert checked > 200


def letters_for_help_are_with_the_case_worker_alone(cast, expected):
    helped = {code for code, one in expected.items() if one.fate == "help"}
    officer, worker = cast.users["officer"], cast.users["case_worker"]
    assert set(Mail.objects.cases_of(worker).values_list("code", flat=True)) == helped
    for role in (
        "officer",
        "leader",
        "chair",
        "county_officer",
        "system_admin",
        "case_supervisor",
        "auditor",
        "liaison",
    ):
        user = cast.users[role]
        assert not Mail.objects.cases_of(user).exists()
        assert not Mail.objects.visible_to(user).filter(code__in=helped).exists()
    receipts = OutMessage.objects.filter(about_kind="case_mail")
    assert {row.about_code for row in receipts} == helped
    assert not OutMessage.objects.visible_to(officer).filter(about_kind="case_mail").exists()
    for receipt in receipts:
        assert receipt.subject == "来信收到" and not set(receipt.body) & set("夫暴骂威胁")
    from_units = [receipt for receipt in receipts if not receipt.to.startswith("woman-")]
    assert len(from_units) == 9 and not any("110" in receipt.body for receipt in from_units), (
        "colleagues read that mailbox"
    )
    silent = {"subject_sealed": "", "sender_sealed": "", "letter_sealed": "", "understood_sealed": "", "unit": None}
    assert Mail.objects.filter(code__in=helped, **silent).count() == len(helped)


def forged_senders_get_nothing_and_no_answer():
    forged = Mail.objects.filter(fate="forged")
    assert forged.count() == 4 and not forged.exclude(given=None).exists()
    assert not OutMessage.objects.filter(about_kind="mail", about_code__in=forged.values("code")).exists()


def bounces_say_that_the_notice_did_not_arrive():
    gone = Circulation.objects.filter(undeliverable_why="refused").values_list("unit__short_name", flat=True)
    assert set(gone) == {"东川县妇联", "西岭区妇联", "市教育局妇委会"}


def counts():
    return tuple(model.objects.count() for model in (Mail, Return, ReturnVersion, OutMessage))


def run_once_more_nothing_changes(cast):
    before, said = counts(), outcome()
    keep_corpus(cast)
    Mail.objects.update(next_at=RECEIVED)
    read_all()
    assert (counts(), outcome()) == (before, said)


def outcome_in_order(cast, seed, every):
    with transaction.atomic():
        set_stage(cast)
        keep_corpus(cast, seed, every)
        read_all()
        found = outcome()
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("every", [5, pytest.param(1, marks=pytest.mark.slow)])
def test_shuffled_the_outcome_is_the_same(cast, here, every):
    assert outcome_in_order(cast, None, every) == outcome_in_order(cast, 7, every)


@pytest.mark.slow
def test_read_in_processes_of_their_own_the_outcome_is_the_same(cast, monkeypatch):
    set_stage(cast)
    expected = keep_corpus(cast)
    read_all()
    wrong = {one.name: found for code, one in expected.items() if (found := misread(Mail.objects.get(code=code), one))}
    assert wrong == {}
