"""Work is taken exactly once, whoever asks at the same moment, and comes back from a worker that was killed."""

from collections import Counter
from datetime import timedelta

import pytest

from jinguo.lib import clock
from jinguo.lib.claim import MAX_ATTEMPTS, back_off, claim
from jinguo.messages.actions import queue_message, send_waiting
from jinguo.messages.models import Delivery, OutMessage
from tests.lib.children import Child, start_together
from tests.world import Cast

pytestmark = pytest.mark.django_db(transaction=True)
LEASE = timedelta(minutes=5)

TAKE_ALL = """
from datetime import timedelta
from jinguo.lib.claim import claim
from jinguo.messages.models import OutMessage
while rows := claim(OutMessage.objects.waiting(), lease=timedelta(minutes=5), most=3):
    for row in rows:
        print(row.code, flush=True)
"""
TAKE_AND_HOLD = """
from datetime import timedelta
from jinguo.lib.claim import claim
from jinguo.messages.models import OutMessage
rows = claim(OutMessage.objects.waiting(), lease=timedelta(minutes=5), most=100)
print(len(rows), flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def waiting():
    """Sixty messages that wait."""
    office = Cast.gather().office
    for n in range(60):
        queue_message(office, key=f"m{n}", to=f"u{n}@example.org", subject="通知", body="正文", about=("test", f"{n}"))
    return OutMessage.objects.waiting()


def test_two_processes_take_every_row_exactly_once(waiting, child_environment):
    children = start_together(TAKE_ALL, child_environment, [(), ()])
    taken = [child.end().split() for child in children]
    assert Counter(taken[0] + taken[1]) == Counter(waiting.values_list("code", flat=True))


def test_a_killed_worker_gives_its_rows_back_when_its_lease_ends_not_before(waiting, child_environment):
    (child,) = start_together(TAKE_AND_HOLD, child_environment, [()])
    assert child.line() == "60"
    child.kill()
    assert claim(waiting, lease=LEASE, most=100) == []
    later = clock.now() + LEASE + timedelta(seconds=1)
    assert len(claim(waiting, lease=LEASE, most=100, at=later)) == 60
    assert set(OutMessage.objects.values_list("attempts", flat=True)) == {1}, "the death counts as an attempt"


def test_a_row_that_kills_every_worker_is_set_aside_for_a_person(waiting):
    poison = OutMessage.objects.first()
    others = OutMessage.objects.exclude(pk=poison.pk)
    others.delete()
    for _ in range(MAX_ATTEMPTS + 1):
        OutMessage.objects.filter(pk=poison.pk).update(lease_until=clock.now() - LEASE, lease_token="dead")
        assert len(claim(waiting, lease=LEASE, most=1)) == 1
    OutMessage.objects.filter(pk=poison.pk).update(lease_until=clock.now() - LEASE)
    send_waiting()
    assert OutMessage.objects.get().state == Delivery.ASIDE


def test_only_what_is_due_is_taken_and_no_more_than_asked(waiting):
    OutMessage.objects.filter(pk__in=list(waiting.values_list("pk", flat=True)[:50])).update(
        next_at=clock.now() + timedelta(hours=1)
    )
    assert len(claim(waiting, lease=LEASE, most=4)) == 4
    assert len(claim(waiting, lease=LEASE, most=100)) == 6
    assert claim(waiting, lease=LEASE, most=100) == []


def test_a_row_settled_between_the_look_and_the_taking_is_left_alone(waiting, child_environment, monkeypatch):
    """Another worker sends it after we saw it waiting: the taking itself asks again."""
    looked = type(waiting).values_list

    def look_then_let_the_other_send(rows, *fields, **options):
        seen = list(looked(rows, *fields, **options))
        OutMessage.objects.update(state=Delivery.SENT, lease_until=None)
        return seen

    monkeypatch.setattr(type(waiting), "values_list", look_then_let_the_other_send)
    assert claim(waiting, lease=LEASE, most=3) == []


def test_each_failure_waits_longer():
    assert [back_off(n) for n in range(1, 5)] == [timedelta(minutes=m) for m in (1, 4, 16, 64)]


def test_a_child_that_fails_says_why(child_environment):
    child = Child("raise RuntimeError('as planned')", child_environment)
    assert child.line() == "ready"
    child.go()
    with pytest.raises(AssertionError, match="as planned"):
        child.end()
