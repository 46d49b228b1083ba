"""The policy table: default deny, and one source for what is listed and what is allowed."""

import pytest

from jinguo.federation import policy
from jinguo.federation.models import Unit
from jinguo.federation.models.user import Role
from jinguo.federation.policy import Relation

PLACES = {
    "c": Relation.PARENT,
    "c.a": Relation.OWN,
    "c.a.t": Relation.CHILD,
    "c.a.t.v": Relation.DESCENDANT,
    "c.b": Relation.SIBLING,
    "c.b.t": Relation.OTHER_BRANCH,
    "d": Relation.OTHER_CITY,
    "d.a.t": Relation.OTHER_CITY,
}


@pytest.mark.parametrize(("key", "expected"), PLACES.items())
def test_a_unit_stands_in_one_relation_to_another(cast, key, expected):
    assert policy.relation(cast.units["c.a"].path, cast.units[key].path) == expected


def test_every_row_of_the_table_names_known_roles_objects_and_actions():
    for row in policy.POLICY:
        assert set(row.roles) <= set(policy.ROLES)
        assert set(row.actions) <= set(policy.OBJECTS[row.object])
    unused = {
        f"{thing}.{action}"
        for thing, actions in policy.OBJECTS.items()
        for action in actions
        if not any(cell[2:] == (thing, action) for cell in policy.cells())
    }
    assert not unused, "an action nobody may do is a dead word: take it out of OBJECTS"


def test_nobody_reaches_another_city():
    reached = {cell for cell in policy.cells() if cell[1] == Relation.OTHER_CITY and cell[0] not in policy.OUTSIDERS}
    assert reached == set()


def test_the_three_administrators_see_no_notice_return_or_sign_up():
    closed = {"notice", "campaign", "circulation", "obligation", "activity", "signup", "return", "summary", "message"}
    closed |= {"mail", "case_mail"}
    for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR):
        assert not [cell for cell in policy.cells() if cell[0] == role and cell[2] in closed]


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("act", ["unit.view", "activity.view", "return.view", "notice.view", "user.list"])
def test_what_is_listed_is_exactly_what_is_allowed(cast, role, act):
    user = cast.users[role]
    listed = set(Unit.objects.filter(policy.sight(user, act, "")).values_list("code", flat=True))
    allowed = {unit.code for unit in cast.units.values() if policy.may(user, act, unit)}
    assert listed == allowed


def test_a_post_that_has_ended_allows_nothing(cast):
    from datetime import timedelta

    from jinguo.federation.models import Post, User
    from jinguo.lib import clock

    officer = cast.users[Role.OFFICER]
    assert policy.may(officer, "notice.view", cast.units["c"])
    Post.objects.filter(user=officer).update(
        starts=clock.today() - timedelta(days=9), ends=clock.today() - timedelta(days=1)
    )
    assert not policy.may(User.objects.get(pk=officer.pk), "notice.view", cast.units["c"])
