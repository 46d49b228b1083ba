"""Mails are found by their words and by pinyin, by those who may see them; letters for help never, forgotten ones no more."""

import re
from datetime import timedelta

import pytest

from jinguo.lib import clock
from jinguo.mails.actions import desk, finding
from jinguo.mails.actions.finding import index_older_mails
from jinguo.mails.actions.forgetting import forget_mails
from jinguo.mails.models import Mail
from jinguo.people.models import RetentionClock
from jinguo.search.models import IndexRow
from jinguo.workspace.queries import mails_by
from tests.data.mails.writing import docx, file, mail
from tests.mails.test_actions_settling import today_news


def subjects(cast, words, who="officer"):
    return [row.subject for row in mails_by(cast.users[who], words)]


@pytest.fixture
def sent(campaign, take):
    return take(
        mail("请查收附件。", subject="槐荫里故事会", files=(file("信息.docx", docx(today_news("五位姐妹讲故事"))),))
    )


def test_a_mail_is_found_by_its_words_its_files_and_by_pinyin_of_its_subject(cast, sent):
    for words in ("槐荫里", "五位姐妹", "查收附件 姐妹", "huaiyinli", "gushihui", "hyl", "c-a@example.org"):
        assert subjects(cast, words) == ["槐荫里故事会"], words
    for words in ("没有说过的话", "姐妹五位", "里槐", "lihuai", "槐", ""):
        assert subjects(cast, words) == [], words


@pytest.mark.parametrize(
    ("who", "sees"),
    [("officer", True), ("county_officer", False), ("liaison", False), ("case_worker", False), ("d.officer", False)],
)
def test_only_those_who_may_see_the_mail_find_it(cast, sent, who, sees):
    assert bool(subjects(cast, "槐荫里", who)) is sees


def test_the_index_keeps_no_word_of_it(cast, sent):
    row = IndexRow.objects.get(kind="mail")
    assert row.title == "" and row.pinyin == "" and row.pairs.isascii()
    marks = row.pairs.split()
    assert marks == sorted(set(marks))
    assert all(re.fullmatch("k[a-z2-7]{8}", one) for one in marks), "keyed digests of nine letters, and nothing else"


def test_a_letter_for_help_stands_in_no_index(cast, campaign, take):
    case = take(mail("我老公打我，救救我", sender="she@example.org", subject="求助我的事"))
    assert not IndexRow.objects.filter(kind="mail").exists()
    seen = take(mail("请回电话，有事想说。", unit="", subject="您好"))
    assert subjects(cast, "有事想说") == ["您好"]
    desk.hand_to_case_worker(seen, by=cast.users["officer"])
    for who in ("officer", "case_worker"):
        assert subjects(cast, "救救我", who) == subjects(cast, "有事想说", who) == []
    assert not IndexRow.objects.filter(object_code__in=[case.code, seen.code]).exists()


def test_when_the_clock_ends_its_words_are_found_no_more(cast, sent):
    RetentionClock.objects.filter(object_code=sent.code).update(due_at=clock.now() - timedelta(1))
    assert forget_mails() == 1
    assert subjects(cast, "槐荫里") == [] and not IndexRow.objects.filter(kind="mail").exists()


def test_mails_from_before_the_index_are_told_to_it_each_once(cast, campaign, take):
    first = take(mail("请回电话，有事想说。", unit="", subject="您好"))
    take(mail("我老公打我，救救我", unit="", subject="求助我的事"))
    take(mail(today_news("五位姐妹讲故事"), subject="槐荫里故事会"))
    gone = take(mail("旧事一件。", unit="", subject="去年的信"))
    RetentionClock.objects.filter(object_code=gone.code).update(due_at=clock.now() - timedelta(1))
    forget_mails()
    assert index_older_mails() == 0
    IndexRow.objects.filter(kind="mail").delete()
    Mail.objects.update(indexed=False)  # as they lie in an office that has just been upgraded
    assert subjects(cast, "槐荫里") == []
    assert index_older_mails(1) == 1 and subjects(cast, "有事想说") == ["您好"] and subjects(cast, "槐荫里") == []
    desk.hand_to_case_worker(first, by=cast.users["officer"])
    assert index_older_mails() == 1 and subjects(cast, "槐荫里") == ["槐荫里故事会"]
    assert index_older_mails() == 0 and IndexRow.objects.filter(kind="mail").count() == 1


def test_a_mail_that_became_a_letter_for_help_meanwhile_is_not_told(cast, campaign, take):
    seen = take(mail("请回电话，有事想说。", unit="", subject="您好"))
    Mail.objects.update(indexed=False)
    as_read = Mail.objects.get(pk=seen.pk)
    desk.hand_to_case_worker(seen, by=cast.users["officer"])
    assert finding._index(as_read) == 0 and not IndexRow.objects.filter(kind="mail").exists()


def test_the_search_page_shows_mails_apart(cast, sent, client):
    client.force_login(cast.users["officer"])
    page = client.get("/desk/search/", {"q": "槐荫里"}).content.decode()
    assert f"/desk/mails/{sent.code}/" in page and "东川县妇联" in page
