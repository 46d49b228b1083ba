"""Clashes of the issuer's own events: the same hall or leader at one time, or only the same day."""

from datetime import date, time

from hypothesis import given
from hypothesis import strategies as st

from jinguo.campaigns.clashes import Slot, clashes_of

DAY = date(2024, 3, 6)


def slot(key: int, **more) -> Slot:
    return Slot(key, f"活动{key}", **({"day": DAY} | more))


def kinds(slots, key=1):
    return [clash.kind for clash in clashes_of(slots)[key]]


def test_one_hall_at_one_time_is_a_clash_of_the_hall():
    found = clashes_of([slot(1, hall="市会议中心 一厅"), slot(2, hall="市会议中心一厅")])
    assert found[1][0].kind == found[2][0].kind == "hall" and found[1][0].other.key == 2


def test_one_hall_one_after_the_other_is_only_the_same_day():
    early = slot(1, hall="一厅", starts=time(9), ends=time(11))
    assert kinds([early, slot(2, hall="一厅", starts=time(11), ends=time(12))]) == ["day"]
    assert kinds([early, slot(2, hall="一厅", starts=time(10, 30))]) == ["hall"]


def test_a_leader_cannot_be_in_two_places():
    assert kinds([slot(1, leader="主席、副主席"), slot(2, leader="副主席")]) == ["leader"]


def test_an_event_without_a_day_clashes_with_nothing():
    assert kinds([slot(1, day=None, hall="一厅"), slot(2, hall="一厅")]) == []


times = st.one_of(st.none(), st.times(min_value=time(8), max_value=time(20)))
slots = st.lists(
    st.builds(
        lambda day, starts, hall, leader: {"day": day, "starts": starts, "hall": hall, "leader": leader},
        st.one_of(st.none(), st.sampled_from([DAY, date(2024, 3, 7)])), times, st.sampled_from(["", "一厅", "二厅"]),
        st.sampled_from(["", "主席", "主席、副主席"]),
    ), max_size=6,
)  # fmt: skip


@given(slots)
def test_clashes_are_mutual_and_never_across_days(rows):
    made = [Slot(n, str(n), **row) for n, row in enumerate(rows)]
    found = clashes_of(made)
    for one in made:
        for clash in found[one.key]:
            assert clash.other.day == one.day is not None
            assert one.key in {back.other.key for back in found[clash.other.key] if back.kind == clash.kind}
