"""Units end, merge, split, move and come back; nothing of them is lost, and none is counted twice."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinguo.federation.actions import life
from jinguo.federation.actions.duplicates import tell_apart
from jinguo.federation.actions.units import NewUnit, edit_unit, plant_units
from jinguo.federation.models import Office, Unit, UnitChange
from jinguo.federation.models.user import Role
from jinguo.federation.queries import levels_below
from jinguo.federation.queries.duplicates import look_alikes
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, Refused
from jinguo.search.models import IndexRow
from tests.world import BY


@pytest.fixture
def by(cast):
    return cast.users[Role.OFFICER]


def kinds(unit):
    return list(unit.changes.order_by("pk").values_list("kind", flat=True))


def test_a_merged_unit_ends_and_its_heir_answers_to_its_names_and_addresses(cast, by):
    gone, heir, today = cast.units["c.a.t.v"], cast.units["c.home"], clock.today()
    gone.aliases.create(name="槐树下")
    life.merge_unit(gone, heir, last_day=today, basis="示范〔2024〕1号", by=by)
    gone.refresh_from_db()
    assert (gone.valid_to, gone.merged_into) == (today, heir)
    assert {"槐树村妇女联合会", "槐树村妇联", "槐树下"} == {alias.name for alias in heir.aliases.all()}
    assert gone.mail_addresses.get().address in {row.address for row in heir.mail_addresses.all()}
    assert gone.contacts.count() == 1, "its own contacts stay its own"
    assert (kinds(gone), kinds(heir)) == (["merged"], ["absorbed"])
    assert gone.changes.get().basis == "示范〔2024〕1号"
    life.merge_unit(gone, heir, last_day=today, by=by)
    assert (kinds(gone), kinds(heir)) == (["merged"], ["absorbed"]), "said twice it happened once"


def test_with_its_heir_go_the_units_below_when_asked(cast, by):
    gone, heir, village = cast.units["c.a.t"], cast.units["c.b.t"], cast.units["c.a.t.v"]
    with pytest.raises(Invalid, match="下级单位"):
        life.merge_unit(gone, heir, last_day=clock.today(), by=by)
    with pytest.raises(Invalid, match="不能晚于今天"):
        life.merge_unit(gone, heir, last_day=clock.today() + timedelta(days=3), with_below=True, by=by)
    assert Unit.objects.get(pk=gone.pk).valid_to is None
    life.merge_unit(gone, heir, last_day=clock.today(), with_below=True, by=by)
    village.refresh_from_db()
    assert village.parent == heir
    assert village.path.startswith(heir.path)


@pytest.mark.parametrize(
    ("one", "other", "says"),
    [
        ("c.a", "c.a", "并入它自己，"),
        ("c.a", "c.a.t", "自己的下级"),
        ("c", "c.a", "自己的下级"),
    ],
)
def test_a_merger_that_makes_no_sense_is_refused_and_changes_nothing(cast, by, one, other, says):
    before = list(Unit.objects.order_by("pk").values())
    with pytest.raises(Invalid, match=says):
        life.merge_unit(cast.units[one], cast.units[other], last_day=clock.today(), by=by)
    assert list(Unit.objects.order_by("pk").values()) == before


def test_a_unit_that_issues_notices_does_not_end_here(cast, by):
    with pytest.raises(Invalid, match="发文单位"):
        life.close_unit(cast.units["c"], last_day=clock.today(), by=by)


def test_nobody_merges_her_unit_into_another_citys(cast, by):
    with pytest.raises(Refused):
        life.merge_unit(cast.units["c.edu"], cast.units["d.edu"], last_day=clock.today(), by=by)
    with pytest.raises(Refused):
        life.move_unit(cast.units["c.edu"], cast.units["d.a"], by=by)


def test_a_moved_unit_takes_its_subtree_its_search_rows_and_its_office_along(cast, by):
    town, to, village = cast.units["c.a.t"], cast.units["c.b"], cast.units["c.a.t.v"]
    office = Office.objects.create(unit=town, parent=cast.office)
    life.move_unit(town, to, basis="区划调整", by=by)
    for unit in (town, village, cast.units["c.home"]):
        unit.refresh_from_db()
        assert unit.path.startswith(to.path)
        assert IndexRow.objects.get(kind="unit", object_code=unit.code).owner_path == unit.path
    office.refresh_from_db()
    assert office.parent == cast.office
    change = town.changes.get()
    assert (change.kind, change.before, change.after) == ("moved", "东川县妇女联合会", "西岭区妇女联合会")
    with pytest.raises(Invalid, match="它的下级"):
        life.move_unit(town, village, by=by)


def test_units_come_out_of_one_beside_it_and_once(cast, by):
    unit, day = cast.units["c.edu"], clock.today()
    news = [NewUnit("1", "市第一教育局妇女委员会", "一教妇委会", unit.unit_class, unit.level)]
    for _ in range(2):
        made = life.split_unit(unit, news, first_day=day, by=by)
    assert Unit.objects.filter(name=news[0].name).count() == 1
    assert (made[0].parent_id, made[0].valid_from) == (unit.parent_id, day)
    assert (kinds(made[0]), kinds(unit)) == (["split_off"], ["split"])
    life.split_unit(unit, news, first_day=day, ends=True, by=by)
    unit.refresh_from_db()
    assert unit.valid_to == day - timedelta(days=1)


def test_an_ending_is_taken_back(cast, by):
    unit = cast.units["c.a.t.v"]
    life.merge_unit(unit, cast.units["c.home"], last_day=clock.today(), by=by)
    life.reopen_unit(unit, by=by)
    unit.refresh_from_db()
    assert (unit.valid_to, unit.merged_into, kinds(unit)[-1]) == (None, None, "reopened")


def test_a_new_name_leaves_the_old_one_in_the_history(cast, by):
    unit = cast.units["c.a.t"]
    edit_unit(unit, aliases=(), name="清泉镇妇女联合会", by=by)
    change = UnitChange.objects.get(unit=unit)
    assert (change.kind, change.before, change.after) == ("renamed", "泉水镇妇女联合会", "清泉镇妇女联合会")


STEPS = st.lists(
    st.tuples(st.sampled_from(["merge", "move", "close", "split", "reopen"]), st.integers(0, 30), st.integers(0, 30)),
    max_size=8,
)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_after_any_history_each_unit_is_counted_once_and_every_path_says_where_it_stands(cast, by, steps):
    """An independent recount by walking from child to parent agrees with the ranges on `path`."""
    with transaction.atomic():
        root, today = cast.units["c"], clock.today()
        for number, step in enumerate(steps):
            with suppress(Invalid, Refused):
                take(step, number, root, today, by)
        recount(root, today)
        transaction.set_rollback(True)


def take(step, number, root, today, by):
    """One thing that may happen to the tree."""
    what, one, other = step
    units = list(Unit.objects.under(root, itself=True).order_by("pk"))
    unit, second = units[one % len(units)], units[other % len(units)]
    if what == "merge":
        life.merge_unit(unit, second, last_day=today - timedelta(days=1), with_below=bool(one % 2), by=by)
    elif what == "move":
        life.move_unit(unit, second, by=by)
    elif what == "close":
        life.close_unit(unit, last_day=today - timedelta(days=1), by=by)
    elif what == "split":
        new = NewUnit("n", f"新{number}村妇联", "新", "federation", "village")
        life.split_unit(unit, [new], first_day=today, by=by)
    else:
        life.reopen_unit(unit, by=by)


def recount(root, today):
    """Walk from child to parent, without paths, and compare."""
    parents = dict(Unit.objects.values_list("pk", "parent"))
    alive = {unit.pk: unit for unit in Unit.objects.all() if unit.is_in_being(today)}

    def above(pk):
        while parents[pk]:
            pk = parents[pk]
            yield pk

    for unit in Unit.objects.all():
        assert unit.path == "".join(f"{pk:06x}/" for pk in [*reversed(list(above(unit.pk))), unit.pk])
    below = [unit for pk, unit in alive.items() if root.pk in above(pk)]
    ranged = Unit.objects.alive(today).under(root).values_list("pk", flat=True)
    assert sorted(unit.pk for unit in below) == sorted(ranged)
    assert sum(n for _level, n in levels_below(root)) == sum(unit.unit_class == "federation" for unit in below)
    assert not any(unit.merged_into_id for unit in below), "a merged unit is counted beside its heir"


def test_look_alikes_are_found_by_name_sound_code_and_mail_and_told_apart(cast, by):
    city = cast.units["c"]
    more = plant_units(
        [
            NewUnit("same", "清泉市教育局妇委会", "教育局妇委会", "committee", "city"),
            NewUnit("sound", "市焦育局妇女委员会", "焦育局", "committee", "city"),
            NewUnit("other", "市水利局妇女委员会", "水利局妇委会", "committee", "city", aliases=("市教育局妇委会",)),
            NewUnit("mail", "市司法局妇女委员会", "司法局妇委会", "committee", "city"),
        ],
        by=BY,
        under=city,
    )
    more["mail"].mail_addresses.create(address=cast.units["c.hos"].mail_addresses.get().address)
    found = {frozenset((pair.first, pair.second)): pair.reasons for pair in look_alikes(city)}
    edu = cast.units["c.edu"]
    assert "去掉地名后名称相同" in found[frozenset((edu, more["same"]))]
    assert found[frozenset((edu, more["sound"]))] == ["名称读音相同"]
    assert found[frozenset((edu, more["other"]))] == ["一家的别名是另一家的名称"]
    assert found[frozenset((cast.units["c.hos"], more["mail"]))] == ["登记了同一个邮箱"]
    assert frozenset((edu, more["mail"])) not in found
    tell_apart(edu, more["sound"], by=by)
    tell_apart(more["sound"], edu, by=by)
    assert frozenset((edu, more["sound"])) not in {frozenset((p.first, p.second)) for p in look_alikes(city)}
