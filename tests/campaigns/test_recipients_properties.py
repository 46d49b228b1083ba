"""Whatever stands in a phrase: only units in being below the issuer, exceptions take away exactly theirs, nothing is guessed."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinguo.campaigns.models import AddressGroup, AddressGroupUnit
from jinguo.campaigns.recipients import resolve
from jinguo.federation.models import Unit
from jinguo.lib import clock, ids
from tests.campaigns.test_recipients import DAY, units

__all__ = ["units"]  # the fixture

KINDS = [
    "各县（区）妇联", "各县妇联", "各乡镇（街道）妇联", "各街道妇联", "各村（社区）妇联", "县乡两级妇联", "各级妇联",
    "市直各单位妇女组织", "国省民营企业事业单位妇女组织", "各基层妇委会", "各妇女之家", "各会员单位",
    "东川县各乡镇（街道）妇联", "市司法局", "东川县、西岭区妇联",
]  # fmt: skip
PLACES = {"东川县": "c.a", "西岭区": "c.b", "石桥镇": "c.b.t", "开发区": "c.zone", "市教育局": "c.edu"}
FORMS = ["{kind}（{place}除外）", "除{place}外{kind}", "{kind}（不含{place}）", "{kind}，{place}除外"]
PARTS = [
    "各",
    "县",
    "（区）",
    "乡镇",
    "妇联",
    "市直",
    "单位",
    "、",
    "，",
    "除",
    "外",
    "有关",
    "企业",
    "妇委会",
    "甲",
    "（",
    "）",
    " ",
]
QUICK = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def members(cast, units):
    """A saved group: 会员单位."""
    group = AddressGroup.objects.create(code=ids.new_code(), office=cast.office, name="会员单位", saved_at=clock.now())
    for key in ("c.new", "c.law"):
        AddressGroupUnit.objects.create(group=group, unit=units[key])
    return group


def under(unit):
    return set(Unit.objects.under(unit, itself=True).values_list("pk", flat=True))


@QUICK
@given(kind=st.sampled_from(KINDS), place=st.sampled_from(list(PLACES)), form=st.sampled_from(FORMS))
def test_an_exception_takes_away_its_unit_with_all_below_it_and_nothing_else(cast, units, members, kind, place, form):
    whole = resolve(kind, cast.units["c"], day=DAY)
    without = resolve(form.format(kind=kind, place=place), cast.units["c"], day=DAY)
    assert set(without.units) == set(whole.units) - under(units[PLACES[place]])
    assert without.unresolved == whole.unresolved


@QUICK
@given(kind=st.sampled_from(KINDS), other=st.sampled_from(["街道", "各街道妇联", "市直各单位妇女组织", "会员单位"]))
def test_a_kind_of_unit_can_be_the_exception(cast, units, members, kind, other):
    whole = set(resolve(kind, cast.units["c"], day=DAY).units)
    taken = set(resolve(other if other != "街道" else "各街道妇联", cast.units["c"], day=DAY).units)
    assert set(resolve(f"{kind}（{other}除外）", cast.units["c"], day=DAY).units) == whole - taken


@QUICK
@given(parts=st.lists(st.sampled_from([*PARTS, *PLACES, *KINDS]), max_size=8))
def test_any_words_lead_only_to_units_in_being_below_the_issuer_and_the_rest_is_said(cast, units, members, parts):
    phrase = "".join(parts)
    found = resolve(phrase, cast.units["c"], day=DAY)
    allowed = set(Unit.objects.alive(DAY).under(cast.units["c"]).values_list("pk", flat=True))
    assert set(found.units) <= allowed
    assert len(set(found.units)) == len(found.units)
    assert set(found.unresolved) <= set(phrase) | set("（）、")
    assert found == resolve(phrase, cast.units["c"], day=DAY)
    if "有关" in phrase and "会员单位" not in phrase:
        assert found.unresolved or found.units == ()


def test_a_saved_group_is_known_by_its_name_alone_and_beside_others(cast, units, members):
    wanted = {units["c.new"].pk, units["c.law"].pk}
    alone = resolve("各会员单位", cast.units["c"], day=DAY)
    assert (set(alone.units), alone.unresolved, alone.words) == (wanted, "", (("各会员单位", "group"),))
    beside = resolve("各县（区）妇联、各会员单位", cast.units["c"], day=DAY)
    assert set(beside.units) == wanted | {units[key].pk for key in ("c.a", "c.b", "c.zone")}
    assert beside.unresolved == ""
    assert resolve("各会员单位", cast.units["d"], day=DAY).units == (), "another city's group is not ours"


def test_where_a_member_was_merged_its_heir_gets_the_notice_once(cast, units, members):
    Unit.objects.filter(pk=units["c.law"].pk).update(valid_to=date(2024, 1, 1), merged_into=units["c.edu"])
    assert set(resolve("各会员单位", cast.units["c"], day=DAY).units) == {units["c.new"].pk, units["c.edu"].pk}
    Unit.objects.filter(pk=units["c.edu"].pk).update(valid_to=date(2024, 1, 2), merged_into=units["c.new"])
    assert resolve("各会员单位", cast.units["c"], day=DAY).units == (units["c.new"].pk,)
