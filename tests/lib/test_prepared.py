"""A prepared query gives what Django's own query gives, for every value, on both databases."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinguo.federation.models import Unit
from jinguo.lib.prepared import Prepared
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def rows(office, name):
    return (
        Unit.objects.exclude(path="x").filter(parent=office, name=name).order_by("pk").values_list("pk", "name", "path")
    )


WORDS = st.sampled_from(["", "%s", "'", '"; DROP', "7000000000000000001", "市妇联"]) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(data=st.data(), word=WORDS)
def test_it_finds_what_the_query_finds(cast: Cast, data, word):
    asked = Prepared(rows)
    parents = [10**15, *sorted({unit.parent_id for unit in Unit.objects.all() if unit.parent_id})]
    names = [unit.name for unit in Unit.objects.all()]
    for _ask in range(3):
        office, name = data.draw(st.sampled_from(parents)), data.draw(st.sampled_from([*names, word]))
        assert asked.ask(office=office, name=name) == list(rows(office, name))


def test_it_is_one_query_and_sees_what_is_written_since(cast: Cast, django_assert_num_queries):
    asked = Prepared(lambda name: Unit.objects.filter(name=name).values_list("code"))
    unit = cast.units["c"]
    assert asked.ask(name="没有这个单位") == []
    with django_assert_num_queries(1):
        assert asked.ask(name=unit.name) == [(unit.code,)]
    Unit.objects.filter(pk=unit.pk).update(name="没有这个单位")
    assert asked.ask(name="没有这个单位") == [(unit.code,)]


def test_a_value_that_the_query_changes_on_its_way_is_refused(cast: Cast):
    with pytest.raises(ValueError, match="compared as it is"):
        Prepared(lambda name: Unit.objects.filter(name__contains=name).values_list("code")).ask(name="市")
