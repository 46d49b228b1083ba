"""Mails are fetched from a mailbox of 163's kind, each exactly once, whatever the server or this machine does meanwhile."""

from datetime import timedelta

import pytest

from jinguo.files.actions import read_file
from jinguo.files.models import StoredFile
from jinguo.lib import clock, limits
from jinguo.lib.errors import Invalid, Refused
from jinguo.mails.actions.boxes import drop_mails, end_mailbox, set_mailbox, try_mailbox
from jinguo.mails.actions.fetching import fetch_box, fetch_mails
from jinguo.mails.actions.forgetting import forget_mails, hold_mail, let_go
from jinguo.mails.actions.keeping import keep_mail
from jinguo.mails.models import Mail, Mailbox, Source
from jinguo.people.models import RetentionClock
from tests.lib.mails import plain
from tests.world import BY


def again(box):
    Mailbox.objects.filter(pk=box.pk).update(next_at=clock.now(), lease_until=None)
    return fetch_mails()


def test_the_client_says_who_it_is_before_it_opens_the_inbox(box, imap):
    imap.put(plain("收到"))
    assert fetch_mails() == 1
    assert imap.commands.index("ID") < imap.commands.index("EXAMINE"), "163.com refuses the inbox otherwise"
    assert "SELECT" not in imap.commands, "nothing in the mailbox may be marked as read"


def test_without_id_this_server_refuses_as_163_does(box, imap, monkeypatch):
    monkeypatch.setattr("jinguo.mails.imap._say_who", lambda connection: None)
    imap.put(plain("收到"))
    assert fetch_mails() == 0
    box.refresh_from_db()
    assert box.failure == "select" and box.checked_at is None


def test_a_server_that_does_not_know_id_is_read_too(box, imap):
    imap.needs_id = imap.knows_id = False
    imap.put(plain("收到"))
    assert fetch_mails() == 1


def test_a_mail_is_kept_as_it_came_with_the_servers_hour(box, imap):
    raw = plain("收到", headers="Date: Mon, 1 Jan 2001 00:00:00 +0800\r\n")
    at = clock.now().replace(microsecond=0) - timedelta(hours=5)
    imap.put(raw, at)
    fetch_mails()
    mail = Mail.objects.get()
    assert read_file(mail.file) == raw and mail.received_at == at
    assert mail.file.sha256 == mail.sha256 and mail.uid == 1


def test_a_raw_mail_has_no_door_but_this_rooms(box, imap, cast):
    imap.put(plain("收到"))
    fetch_mails()
    assert not StoredFile.objects.visible_to(cast.users["officer"]).filter(pk=Mail.objects.get().file_id).exists()


def test_many_mails_come_in_turns_each_once(box, imap, monkeypatch):
    monkeypatch.setattr("jinguo.mails.actions.fetching.MOST", 4)
    for number in range(10):
        imap.put(plain(f"第{number}封"))
    assert [fetch_mails(), fetch_mails(), fetch_mails()] == [4, 4, 2], "the rest waits for no clock"
    assert again(box) == 0
    assert Mail.objects.count() == 10


def test_a_connection_that_breaks_in_a_mail_loses_and_doubles_nothing(box, imap):
    for number in range(5):
        imap.put(plain(f"第{number}封"))
    imap.cut_at_fetch = 3
    fetch_mails()
    box.refresh_from_db()
    assert box.failure == "broken" and Mail.objects.count() == box.last_uid == 2
    again(box)
    assert Mail.objects.count() == 5


def test_numbers_that_begin_anew_double_nothing(box, imap):
    for number in range(3):
        imap.put(plain(f"第{number}封"))
    fetch_mails()
    imap.begin_anew()
    imap.put(plain("新的一封"))
    again(box)
    box.refresh_from_db()
    assert Mail.objects.count() == 4 and (box.uid_validity, box.last_uid) == (2, 104)


def test_a_worker_that_dies_between_keeping_and_noting_doubles_nothing(box, imap, monkeypatch):
    imap.put(plain("收到"))
    fetch_mails()
    Mailbox.objects.filter(pk=box.pk).update(last_uid=0)
    again(box)
    assert Mail.objects.count() == 1


def test_mails_from_before_the_first_day_stay_where_they_are(box, imap):
    imap.put(plain("旧的"), clock.now() - timedelta(days=60))
    imap.put(plain("新的"))
    assert fetch_mails() == 1


def test_the_same_mail_from_two_ways_is_one(box, imap, cast):
    raw = plain("收到")
    imap.put(raw)
    fetch_mails()
    drop_mails(cast.office, [raw], by=cast.users["officer"])
    assert Mail.objects.count() == 1


def test_a_mail_larger_than_we_take_is_begun_and_said(box, imap, monkeypatch):
    monkeypatch.setattr(limits, "MAIL_BYTES", 1000)
    imap.put(plain("很长" * 1000))
    monkeypatch.setattr("jinguo.mails.imap.HEAD_BYTES", 500)
    fetch_mails()
    assert Mail.objects.get().is_cut


def test_a_wrong_code_is_said_and_tried_again_later(box, imap):
    imap.password = "another"
    fetch_mails()
    box.refresh_from_db()
    assert box.failure == "login" and box.next_at > clock.now()
    with pytest.raises(Invalid, match="授权码"):
        try_mailbox(box, by=_officer(box))


def _officer(box):
    from jinguo.federation.models import User

    return User.objects.get(username="officer")


def test_trying_says_how_many_wait_and_takes_none(box, imap):
    imap.put(plain("收到"))
    assert try_mailbox(box, by=_officer(box)) == 1
    assert not Mail.objects.exists()


def test_a_server_that_is_away_is_said(box, imap):
    imap.stop()
    with pytest.raises(Invalid, match="连不上"):
        try_mailbox(box, by=_officer(box))


def test_only_the_officer_sets_the_mailbox_and_its_code_is_sealed(box, cast, imap):
    with pytest.raises(Refused):
        end_mailbox(cast.office, by=cast.users["liaison"])
    assert imap.password not in box.secret_sealed and box.secret == imap.password
    end_mailbox(cast.office, by=cast.users["officer"])
    box.refresh_from_db()
    assert not box.secret_sealed and fetch_mails() == 0


def test_an_open_connection_goes_only_to_this_machine(cast):
    with pytest.raises(Invalid):
        set_mailbox(
            cast.office, by=cast.users["officer"], address="a@example.org", host="imap.example.org", port=143, security="plain",
            user="a", secret="b",
        )  # fmt: skip


def test_a_changed_code_keeps_the_place_and_another_account_begins_anew(box, imap):
    imap.put(plain("收到"))
    fetch_box(Mailbox.objects.get())
    facts = {"address": imap.user, "host": imap.host, "port": imap.port, "security": "plain"}
    assert set_mailbox(box.office, by=_officer(box), user=imap.user, secret="new", **facts).last_uid == 1
    assert set_mailbox(box.office, by=_officer(box), user="other@example.org", secret="", **facts).last_uid == 0


def test_when_the_clock_ends_the_hash_and_the_envelope_stay(cast):
    mail = keep_mail(cast.office, plain("收到"), received_at=clock.now(), source=Source.IMAP, by=BY)
    RetentionClock.objects.filter(object_code=mail.code).update(due_at=clock.now() - timedelta(1))
    hold_mail(mail, reason="审计", by=cast.users["officer"])
    assert forget_mails() == 0, "a hold stops the clock"
    let_go(mail, by=cast.users["officer"])
    assert forget_mails() == 1
    mail.refresh_from_db()
    mail.file.refresh_from_db()
    assert mail.sha256 and mail.destroyed_at and mail.file.deleted_at and not mail.letter_sealed
