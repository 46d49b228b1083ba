"""Finding things: exact words wherever they stand, pinyin, one character; in the index by the database's own means."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from jinguo.search.actions import Findable, drop_thing, index_thing, index_things
from jinguo.search.models import IndexRow
from jinguo.search.queries import find

pytestmark = pytest.mark.django_db

EVERYTHING = Q()
THINGS = [
    ("n1", "关于表彰三八红旗手的通知", "荫营镇妇联主席"),
    ("n2", "荫营镇家庭教育讲座", ""),
    ("n3", "盂县妇联", "地址：秀水镇，荫凉处"),
    ("n4", "营业时间", "A座 2024-03-08 DNA"),
]


@pytest.fixture(autouse=True)
def things(db):
    index_things(Findable("notice", code, title, text, "1/") for code, title, text in THINGS)


def codes(words: str, where: Q = EVERYTHING, **more: int) -> list[str]:
    return [row.object_code for row in find(words, where=where, **more)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("荫营", {"n1", "n2"}),
        ("荫营镇", {"n1", "n2"}),
        ("营", {"n1", "n2", "n4"}),
        ("镇", {"n1", "n2", "n3"}),
        ("处", {"n3"}),
        ("妇联主席", {"n1"}),
        ("镇荫", set()),  # they meet only across a comma
        ("讲座 荫营", {"n2"}),
        ("荫营 红旗手", {"n1"}),
        ("dna", {"n4"}),
        ("2024", {"n4"}),
        ("yuxian", {"n3"}),
        ("YXFL", {"n3"}),
        ("没有的词", set()),
        ("", set()),
        ("'; DROP TABLE search_indexrow; --", set()),
        ('"*^NEAR(', set()),
        ("AND OR NOT", set()),
    ],
)
def test_words_find_what_holds_them(words, found):
    assert set(codes(words)) == found


def test_titles_come_before_texts():
    assert codes("荫营") == ["n2", "n1"]
    assert codes("荫营", most=1) == ["n2"]


def test_a_changed_thing_is_found_by_its_new_words_only():
    index_thing("notice", "n2", title="石桥镇亲子阅读", owner_path="1/")
    assert codes("家庭教育") == []
    assert codes("亲子") == ["n2"]
    assert IndexRow.objects.count() == len(THINGS)


def test_a_dropped_thing_is_not_found():
    drop_thing("notice", "n2")
    drop_thing("notice", "n2")
    assert codes("荫营") == ["n1"]


def test_what_was_rolled_back_was_never_there():
    with pytest.raises(IntegrityError), transaction.atomic():
        index_thing("notice", "n5", title="荫营镇义诊", owner_path="1/")
        raise IntegrityError
    assert "n5" not in codes("荫营")


def test_the_callers_filter_holds():
    index_thing("notice", "n6", title="荫营镇内部", owner_path="2/")
    assert codes("荫营", Q(owner_path="2/")) == ["n6"]
    assert codes("yingzhen", Q(owner_path="2/")) == ["n6"]
    assert codes("荫营", Q(kind="unit")) == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the FTS5 table is SQLite's")
def test_the_full_text_table_agrees_with_the_rows():
    drop_thing("notice", "n1")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO search_pairs(search_pairs, rank) VALUES ('integrity-check', 1)")
