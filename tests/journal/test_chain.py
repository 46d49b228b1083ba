"""The journal notices whatever is done to it: edit, delete, insert, swap, cut tail, replaced chain."""

import json
from datetime import timedelta

import pytest

from jinguo.journal.actions import System, chain_digest, record, seal_entries
from jinguo.journal.chain import verify_chain
from jinguo.journal.heads import head_file
from jinguo.journal.models import Entry, Seal


@pytest.fixture
def sealed(db, settings, tmp_path):
    """Three seals over five, three and two lines."""
    settings.DATA = tmp_path
    for batch in (5, 3, 2):
        for n in range(batch):
            record("thing.do", by=System("test"), kind="thing", code=f"t{batch}{n}", count=n)
        assert seal_entries() == batch
    assert verify_chain().faults == []


def test_a_whole_chain_says_how_much_it_covers_and_names_its_tail(sealed):
    record("thing.do", by=System("test"), kind="thing", code="tail")
    report = verify_chain()
    assert (report.seals, report.sealed, report.unsealed, report.faults) == (3, 10, 1, [])


def edit():
    Entry.objects.filter(object_code="t51").update(actor="user:somebody")


def delete():
    Entry.objects.filter(object_code="t51").delete()


def insert():
    entry = record("thing.do", by=System("test"), kind="thing", code="new")
    Entry.objects.filter(pk=entry.pk).update(seal=Seal.objects.first())


def swap():
    one, two = Entry.objects.filter(object_code__in=["t51", "t52"])
    Entry.objects.filter(pk=one.pk).update(detail=two.detail, digest=two.digest)


def cut_tail():
    last = Seal.objects.get(number=3)
    last.rows.all().delete()
    last.delete()


def replace_chain():
    Entry.objects.all().delete()
    Seal.objects.all().delete()
    for n in range(4):
        record("thing.do", by=System("test"), kind="thing", code=f"r{n}")
    heads = head_file().read_bytes()
    seal_entries()
    head_file().write_bytes(heads)


def seal_again():
    last = Seal.objects.get(number=3)
    last.rows.filter(object_code="t20").delete()
    digests = list(last.rows.order_by("id").values_list("digest", flat=True))
    digest = chain_digest(3, last.previous, last.at, digests)
    Seal.objects.filter(pk=last.pk).update(entries=1, digest=digest)


def set_the_clock_back():
    last = Seal.objects.get(number=3)
    Seal.objects.filter(pk=last.pk).update(at=last.at - timedelta(days=9))


def copy_a_row():
    row = Entry.objects.get(object_code="t51")
    row.pk = None
    row.save()


def fork():
    """Take the last seal away and seal the same lines anew, as another worker on a stolen copy would."""
    last = Seal.objects.get(number=3)
    last.rows.update(seal=None)
    last.delete()
    record("thing.do", by=System("test"), kind="thing", code="slipped-in")
    seal_entries()


@pytest.mark.parametrize(
    "attack",
    [edit, delete, insert, swap, cut_tail, replace_chain, seal_again, set_the_clock_back, copy_a_row, fork],
)
def test_tampering_is_noticed(sealed, attack):
    attack()
    assert verify_chain().faults


def test_a_line_holds_codes_and_counts_only(db):
    entry = record("person.meet", by=System("test"), kind="person", code="abc", owner="u1", fields=["phone"], seats=2)
    assert json.loads(entry.detail) == {"fields": ["phone"], "seats": 2}
