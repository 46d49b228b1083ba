"""A recipient phrase finds exactly the units an officer would name, below her own office, and says what it could not read."""

from datetime import date

import pytest

from jinguo.campaigns.recipients import meaning_words, resolve
from jinguo.federation.actions.units import NewUnit, plant_units
from jinguo.federation.models import Unit
from tests.world import BY

pytestmark = pytest.mark.postgres

DAY = date(2024, 2, 20)
COMMITTEES = {"c.edu", "c.law"}
ENTERPRISES = {"c.hos", "c.mine", "c.mill", "c.bank"}


@pytest.fixture
def units(cast):
    """Our city with more of everything a phrase can mean, and the other city beside it."""
    more = [
        NewUnit("c.law", "清泉市司法局妇女委员会", "市司法局妇委会", "committee", "city", aliases=("市司法局",)),
        NewUnit("c.mine", "清泉矿业集团妇女委员会", "清泉矿业妇委会", "enterprise", "city", sector="state"),
        NewUnit("c.mill", "望湖纺织厂女职工委员会", "望湖纺织厂女工委", "enterprise", "city", sector="private"),
        NewUnit("c.bank", "晋泉银行妇女委员会", "晋泉银行妇委会", "enterprise", "city", sector="province"),
        NewUnit("c.new", "清泉市女律师协会", "女律师协会", "new_org", "city"),
        NewUnit("c.zone", "经济开发区妇女联合会", "经开区妇联", "federation", "county", aliases=("开发区妇联",)),
    ]
    planted = plant_units(more, by=BY, under=cast.units["c"])
    planted |= plant_units(
        [
            NewUnit("c.b.s", "望湖街道妇女联合会", "望湖街道妇联", "federation", "township"),
            NewUnit("c.b.x", "上湾乡妇女联合会", "上湾乡妇联", "federation", "township"),
        ],
        by=BY,
        under=cast.units["c.b"],
    )
    planted |= plant_units(
        [NewUnit("c.b.s.c", "松亭社区妇女联合会", "松亭社区妇联", "federation", "village")],
        by=BY,
        under=planted["c.b.s"],
    )
    planted |= plant_units(
        [NewUnit("c.a.fin", "东川县财政局妇女委员会", "县财政局妇委会", "committee", "county")],
        by=BY,
        under=cast.units["c.a"],
    )
    return {**cast.units, **planted}


COUNTIES = {"c.a", "c.b", "c.zone"}
TOWNSHIPS = {"c.a.t", "c.b.t", "c.b.s", "c.b.x"}
VILLAGES = {"c.a.t.v", "c.b.s.c"}

TABLE = [
    # levels of federations
    ("各县（区）妇联", COUNTIES, ""),
    ("各县(区)妇联：", COUNTIES, ""),
    ("各县区妇联", COUNTIES, ""),
    ("各区（县）妇联", COUNTIES, ""),
    ("各县（市、区）妇联", COUNTIES, ""),
    ("各县（市、区）妇女联合会", COUNTIES, ""),
    ("全市各县（区）妇联组织", COUNTIES, ""),
    ("各县妇联", {"c.a"}, ""),
    ("各乡镇（街道）妇联", TOWNSHIPS, ""),
    ("各乡镇、街道妇联", TOWNSHIPS, ""),
    ("全市各乡（镇、街道）妇联", TOWNSHIPS, ""),
    ("各街道妇联", {"c.b.s"}, ""),
    ("各乡镇妇联", {"c.a.t", "c.b.t", "c.b.x"}, ""),
    ("各镇妇联", {"c.a.t", "c.b.t"}, ""),
    ("各村（社区）妇联", VILLAGES, ""),
    ("各社区妇联", {"c.b.s.c"}, ""),
    ("各村妇联", {"c.a.t.v"}, ""),
    ("各县（区）、乡镇（街道）妇联", COUNTIES | TOWNSHIPS, ""),
    ("县乡两级妇联", COUNTIES | TOWNSHIPS, ""),
    ("全市各级妇联组织", COUNTIES | TOWNSHIPS | VILLAGES, ""),
    ("各级妇联", COUNTIES | TOWNSHIPS | VILLAGES, ""),
    # below a named place
    ("东川县各乡镇（街道）妇联", {"c.a.t"}, ""),
    ("西岭区各乡镇（街道）妇联", {"c.b.t", "c.b.s", "c.b.x"}, ""),
    ("南浦县各乡镇妇联", set(), "南浦县各乡镇妇联"),
    # classes
    ("市直各单位妇女组织", COMMITTEES, ""),
    ("市直机关各单位妇女组织", COMMITTEES, ""),
    ("市直单位妇委会", COMMITTEES, ""),
    ("市直各单位妇委会、女职委", COMMITTEES, ""),
    ("县直各单位妇委会、女职委", {"c.a.fin"}, ""),
    ("国省民营企业事业单位妇女组织", ENTERPRISES, ""),
    ("各企业事业单位妇女组织", ENTERPRISES, ""),
    ("各企事业单位妇女组织", ENTERPRISES, ""),
    ("国有企业妇女组织", {"c.mine"}, ""),
    ("各国有、民营企业妇女组织", {"c.mine", "c.mill"}, ""),
    ("民营企业女职工委员会", {"c.mill"}, ""),
    ("事业单位妇女组织", {"c.hos"}, ""),
    ("新经济组织和新社会组织妇女组织", {"c.new"}, ""),
    ("各“两新”组织妇女组织", {"c.new"}, ""),
    ("各妇女之家", {"c.home"}, ""),
    ("各村（社区）妇女之家", set(), ""),
    ("各基层妇委会", {"c.edu", "c.law", "c.a.fin", "c.mine", "c.bank"}, ""),
    ("各基层妇女组织", COMMITTEES | ENTERPRISES | {"c.new", "c.a.fin"}, ""),
    ("各医院女职工委员会", {"c.hos"}, ""),
    # names
    ("东川县妇联", {"c.a"}, ""),
    ("东川县、西岭区妇联", {"c.a", "c.b"}, ""),
    ("开发区妇联", {"c.zone"}, ""),
    ("市司法局", {"c.law"}, ""),
    ("市司法局妇委会、市教育局妇委会", {"c.law", "c.edu"}, ""),
    ("清泉市教育局妇女委员会", {"c.edu"}, ""),
    ("望湖纺织厂女职工委员会", {"c.mill"}, ""),
    # exceptions
    ("各县（区）妇联（开发区除外）", {"c.a", "c.b"}, ""),
    ("除东川县外各县（区）妇联", {"c.b", "c.zone"}, ""),
    ("除东川县、西岭区以外的各县（区）妇联", {"c.zone"}, ""),
    ("各乡镇（街道）妇联（不含石桥镇）", TOWNSHIPS - {"c.b.t"}, ""),
    ("各县（区）妇联，开发区除外", {"c.a", "c.b"}, ""),
    ("各县（区）妇联（不存在的县除外）", COUNTIES, "不存在的县"),
    # what cannot be known is not guessed
    ("各有关单位", set(), "各有关单位"),
    ("市直有关部门妇女组织", set(), "市直有关部门妇女组织"),
    ("各会员小组", set(), "各会员小组"),
    ("石塘县妇联", set(), "石塘县妇联"),
    ("各县（区）妇联、巾帼志愿总队", COUNTIES, "巾帼志愿总队"),
]


def test_each_phrase_means_its_units_and_no_others(cast, units):
    names = {unit.pk: key for key, unit in units.items()}
    wrong = {}
    for phrase, expected, left in TABLE:
        found = resolve(phrase, cast.units["c"], day=DAY)
        said = ({names[pk] for pk in found.units}, found.unresolved)
        if said != (expected, left):
            wrong[phrase] = {"found": said, "expected": (expected, left)}
    assert wrong == {}


def test_the_words_that_led_there_are_kept_in_order(cast, units):
    found = resolve("全市各县（区）妇联（开发区除外）", cast.units["c"], day=DAY)
    assert found.words == (
        ("全市", "scope"),
        ("各县（区）", "county"),
        ("妇联", "federation"),
        ("开发区除外", "except"),
    )
    assert meaning_words("county") == "县级"


def test_units_come_in_the_order_of_the_tree(cast, units):
    found = resolve("各级妇联", cast.units["c"], day=DAY)
    paths = [Unit.objects.get(pk=pk).path for pk in found.units]
    assert paths == sorted(paths)


def test_a_unit_that_has_ended_is_not_meant(cast, units):
    Unit.objects.filter(pk=units["c.zone"].pk).update(valid_to=date(2024, 2, 1))
    found = resolve("各县（区）妇联", cast.units["c"], day=DAY)
    assert units["c.zone"].pk not in found.units
    assert units["c.zone"].pk in resolve("各县（区）妇联", cast.units["c"], day=date(2024, 1, 31)).units


def test_a_county_issues_to_its_own_townships_only(cast, units):
    found = resolve("各乡镇（街道）妇联，县直各单位妇委会", units["c.a"], day=DAY)
    assert set(found.units) <= {units["c.a.t"].pk, units["c.a.fin"].pk}
    assert set(resolve("各乡镇（街道）妇联", units["c.a"], day=DAY).units) == {units["c.a.t"].pk}
    assert set(resolve("县直各单位妇委会、女职委", units["c.a"], day=DAY).units) == {units["c.a.fin"].pk}


def test_a_name_both_cities_have_means_ours(cast, units):
    found = resolve("市教育局妇委会", cast.units["c"], day=DAY)
    assert found.units == (units["c.edu"].pk,)
