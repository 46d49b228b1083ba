"""A number beside the navigation is never counted further than anybody reads it."""

import pytest
from django.contrib.contenttypes.models import ContentType

from jinguo.lib import clock
from jinguo.lib.capped import MOST, Counted, capped, shown
from jinguo.people.models import RetentionClock


@pytest.mark.django_db
def test_a_thousand_and_more_are_999_and_more():
    RetentionClock.objects.bulk_create(
        RetentionClock(object_kind="person", object_code=f"{n:012}", due_at=clock.now(), ground="sign_up")
        for n in range(MOST + 1)
    )
    every, few = RetentionClock.objects.all(), RetentionClock.objects.filter(object_code__lt=f"{3:012}")
    assert (capped(every), capped(few)) == (MOST, 3)
    row = ContentType.objects.values_list(Counted(every), Counted(few), Counted(every.none())).first()
    assert row == (MOST, 3, 0)
    assert [shown(number) for number in row] == ["999+", 3, 0]
