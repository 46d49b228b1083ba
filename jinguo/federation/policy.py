"""The policy table of the house: role × relation × object × action, written once as data. What is not here is refused.

Rows only say *who*; *when* (states, deadlines) is said by each room's rules. `sight` turns the same table into the filter
behind every `visible_to`, so what a page lists and what an action allows cannot drift apart.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import product
from typing import Any

from django.db.models import Q

from jinguo.federation.models import Link, Post, Unit, User
from jinguo.federation.models.link import Purpose
from jinguo.federation.models.unit import subtree_range
from jinguo.federation.models.user import Role
from jinguo.lib import clock


class Relation(StrEnum):
    """Where the thing's unit stands, seen from the actor's unit (reference/reliability §7.4)."""

    OWN = "own"
    CHILD = "child"
    DESCENDANT = "descendant"
    PARENT = "parent"
    ANCESTOR = "ancestor"
    SIBLING = "sibling"
    OTHER_BRANCH = "other branch"
    OTHER_CITY = "other city"


VISITOR, UNIT_LINK, SIGN_UP_LINK, MAIL_ROBOT = "visitor", "unit_link", "sign_up_link", "mail_robot"
HOST_LINK = "host_link"
OUTSIDERS = (VISITOR, UNIT_LINK, SIGN_UP_LINK, HOST_LINK, MAIL_ROBOT)
ROLES: tuple[str, ...] = (*Role.values, *OUTSIDERS)
OF_LINK = {
    Purpose.UNIT: UNIT_LINK, Purpose.SIGN_UP: SIGN_UP_LINK, Purpose.HOST: HOST_LINK, Purpose.HAND_OVER: VISITOR,
}  # fmt: skip

OBJECTS: dict[str, tuple[str, ...]] = {
    "unit": ("list", "view", "edit"),
    "office": ("view", "edit"),
    "user": ("list", "create", "edit", "void"),
    "post": ("list", "assign"),
    "account": ("view", "edit"),
    "notice": ("list", "view", "create", "confirm", "issue", "void"),
    "campaign": ("list", "view", "edit"),
    "circulation": ("list", "view", "sign", "send_back", "forward", "assign", "export"),
    "obligation": ("list", "view", "report", "proxy", "edit"),
    "activity": ("list", "view", "create", "edit", "publish", "run", "void"),
    "station": ("list", "view", "create", "edit", "void"),
    "host": ("list", "act", "give"),
    "signup": ("list", "create", "view", "view_sensitive", "edit", "void", "export"),
    "return": ("list", "view", "create", "edit", "accept", "send_back"),
    "summary": ("list", "view", "create", "edit", "approve", "export"),
    "message": ("list", "view", "edit"),
    "mail": ("list", "view", "edit"),
    "case_mail": ("list", "view", "edit"),
    "file": ("view", "create"),
    "journal": ("list",),
    "system": ("view",),
    "desk": ("view",),
    "portal": ("view",),
}


@dataclass(frozen=True)
class Row:
    """One line of the table: each of the roles may do each of the actions where the relation is one of these."""

    roles: tuple[str, ...]
    object: str
    actions: tuple[str, ...]
    relations: tuple[Relation, ...]


_R = Relation
_HERE, _DOWN = (_R.OWN,), (_R.OWN, _R.CHILD, _R.DESCENDANT)
_BELOW = (_R.CHILD, _R.DESCENDANT)
_LEAD: tuple[str, ...] = (Role.LEADER, Role.CHAIR, Role.VICE_CHAIR)
_UNIT_FOLK: tuple[str, ...] = (
    Role.LIAISON,
    Role.CHAIR,
    Role.VICE_CHAIR,
    Role.EXECUTIVE,
    Role.HOME_HOST,
    Role.COUNTY_OFFICER,
)
_STAFF: tuple[str, ...] = tuple(Role.values)
_SEES_DOWN: tuple[str, ...] = (Role.OFFICER, Role.COUNTY_OFFICER, *_LEAD)

_KEEPS = ("list", "view", "create", "edit", "void")
_GUESTS = ("list", "view", "view_sensitive", "create", "edit", "void", "export")

POLICY: tuple[Row, ...] = (
    Row(_STAFF, "desk", ("view",), _HERE),
    Row(_STAFF, "account", ("view", "edit"), _HERE),
    # units, offices, accounts
    Row((*_SEES_DOWN, Role.SYSTEM_ADMIN), "unit", ("list", "view"), _DOWN),
    Row((*_UNIT_FOLK, Role.AUDITOR), "unit", ("list", "view"), _HERE),
    Row((Role.OFFICER, Role.COUNTY_OFFICER), "unit", ("edit",), _DOWN),
    Row((Role.OFFICER, Role.SYSTEM_ADMIN, *_LEAD), "office", ("view",), _HERE),
    Row((Role.SYSTEM_ADMIN,), "office", ("edit",), _HERE),
    Row((Role.SYSTEM_ADMIN,), "user", ("list", "create", "edit", "void"), _DOWN),
    Row((Role.SECURITY_ADMIN,), "user", ("list",), _DOWN),
    Row((Role.SECURITY_ADMIN,), "post", ("list", "assign"), _DOWN),
    Row((Role.SYSTEM_ADMIN,), "post", ("list",), _DOWN),
    # the chain
    Row((Role.OFFICER,), "notice", ("list", "view", "create", "confirm", "issue", "void"), _HERE),
    Row(_LEAD, "notice", ("list", "view"), _HERE),
    Row((Role.COUNTY_OFFICER,), "notice", ("list", "view", "create", "confirm", "issue", "void"), _HERE),
    Row((Role.OFFICER, Role.COUNTY_OFFICER), "campaign", ("list", "view", "edit"), _HERE),
    Row(_LEAD, "campaign", ("list", "view"), _HERE),
    Row((Role.OFFICER, Role.COUNTY_OFFICER), "circulation", ("list", "view", "sign", "assign", "export"), _DOWN),
    Row(_LEAD, "circulation", ("list", "view", "export"), _DOWN),
    Row((Role.LIAISON, Role.CHAIR, Role.VICE_CHAIR), "circulation", ("list", "view", "sign", "send_back"), _HERE),
    Row((Role.OFFICER, Role.COUNTY_OFFICER), "circulation", ("forward",), _HERE),
    Row((Role.LIAISON, Role.CHAIR, Role.VICE_CHAIR), "circulation", ("forward",), _HERE),
    Row((Role.OFFICER, Role.COUNTY_OFFICER), "obligation", ("list", "view", "edit"), _DOWN),
    Row((Role.COUNTY_OFFICER,), "obligation", ("proxy",), _BELOW),
    Row(_LEAD, "obligation", ("list", "view"), _DOWN),
    Row(_UNIT_FOLK, "obligation", ("list", "view", "report"), _HERE),
    Row((Role.OFFICER, *_UNIT_FOLK), "activity", ("list", "view", "create", "edit", "publish", "run", "void"), _HERE),
    Row(_SEES_DOWN, "activity", ("list", "view"), _BELOW),
    Row((Role.LEADER,), "activity", ("list", "view"), _HERE),
    # a village's or a home's page: whoever stands above may do all of it for them, and gives them their link
    Row(
        (Role.OFFICER, Role.COUNTY_OFFICER, Role.LIAISON, Role.CHAIR, Role.VICE_CHAIR),
        "host",
        ("list", "act", "give"),
        _DOWN,
    ),
    Row((Role.EXECUTIVE, Role.HOME_HOST), "host", ("list", "act"), _HERE),
    Row((Role.OFFICER, *_UNIT_FOLK), "signup", _GUESTS, _HERE),
    Row((Role.OFFICER, Role.COUNTY_OFFICER), "station", _KEEPS, _DOWN),
    Row(_UNIT_FOLK, "station", _KEEPS, _HERE),
    Row(_LEAD, "station", ("list", "view"), _DOWN),
    Row(_UNIT_FOLK, "return", ("list", "view", "create", "edit"), _HERE),
    Row((Role.OFFICER,), "return", ("list", "view", "accept", "send_back"), _DOWN),
    Row((Role.COUNTY_OFFICER,), "return", ("list", "view", "accept", "send_back"), _DOWN),
    Row(_LEAD, "return", ("list", "view"), _DOWN),
    Row((Role.OFFICER, Role.COUNTY_OFFICER), "summary", ("list", "view", "create", "edit", "export"), _HERE),
    Row(_LEAD, "summary", ("list", "view", "approve", "export"), _HERE),
    Row((Role.OFFICER, Role.COUNTY_OFFICER), "message", ("list", "view", "edit"), _HERE),
    Row((Role.OFFICER, Role.COUNTY_OFFICER), "mail", ("list", "view", "edit"), _HERE),
    Row((Role.CASE_WORKER,), "case_mail", ("list", "view", "edit"), _HERE),
    Row((Role.OFFICER, *_UNIT_FOLK, Role.LEADER), "file", ("view", "create"), _HERE),
    Row(_SEES_DOWN, "file", ("view",), _BELOW),
    Row((Role.AUDITOR, Role.SECURITY_ADMIN), "journal", ("list",), _DOWN),
    Row((Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR), "system", ("view",), _HERE),
    # those without a post
    Row((VISITOR,), "portal", ("view",), tuple(_R)),
    Row((VISITOR,), "activity", ("list", "view"), tuple(_R)),
    Row((VISITOR,), "signup", ("create",), tuple(_R)),
    Row((VISITOR,), "station", ("view",), tuple(_R)),
    Row((VISITOR,), "account", ("view",), tuple(_R)),
    Row((SIGN_UP_LINK,), "signup", ("view", "edit", "void"), _HERE),
    Row((UNIT_LINK,), "circulation", ("view", "sign", "send_back", "forward"), _HERE),
    Row((UNIT_LINK,), "obligation", ("list", "view", "report"), _HERE),
    Row((UNIT_LINK,), "activity", ("list", "view", "create", "edit", "publish", "run", "void"), _HERE),
    Row((UNIT_LINK,), "signup", _GUESTS, _HERE),
    Row((UNIT_LINK,), "station", _KEEPS, _HERE),
    Row((UNIT_LINK, HOST_LINK), "host", ("list", "act"), _DOWN),
    Row((UNIT_LINK,), "return", ("list", "view", "create", "edit"), _HERE),
    Row((UNIT_LINK,), "file", ("view", "create"), _HERE),
    Row((MAIL_ROBOT,), "return", ("create", "edit"), _HERE),
    Row((MAIL_ROBOT,), "obligation", ("report",), _HERE),
)

Cell = tuple[str, str, str, str]


@dataclass(frozen=True)
class MailRobot:
    """Acts for the unit a mail was found to come from, as far as its mail says so; `mail` is the mail's code."""

    unit: Unit
    mail: str

    @property
    def actor_code(self) -> str:
        return f"mail:{self.mail}"


@lru_cache(maxsize=1)
def cells() -> frozenset[Cell]:
    """Every allowed (role, relation, object, action)."""
    return frozenset(
        (str(role), str(relation), row.object, action)
        for row in POLICY
        for role, relation, action in product(row.roles, row.relations, row.actions)
    )


def relation(actor_path: str, thing_path: str) -> Relation:
    """Where a thing's unit stands, from the two units' paths."""
    mine, other = actor_path.rstrip("/").split("/"), thing_path.rstrip("/").split("/")
    if mine == other:
        return Relation.OWN
    if mine[0] != other[0]:
        return Relation.OTHER_CITY
    shared = next((n for n, (a, b) in enumerate(zip(mine, other, strict=False)) if a != b), min(len(mine), len(other)))
    if shared == len(mine):
        return Relation.CHILD if len(other) == len(mine) + 1 else Relation.DESCENDANT
    if shared == len(other):
        return Relation.PARENT if len(mine) == len(other) + 1 else Relation.ANCESTOR
    return Relation.SIBLING if mine[:-1] == other[:-1] else Relation.OTHER_BRANCH


def held_posts(user: User) -> list[Post]:
    """The posts a user holds today, with their units: asked of the database once a request."""
    held = getattr(user, "_held_posts", None)
    if held is None:
        posts = Post.objects.held(clock.today()).filter(user=user).select_related("unit").order_by("pk")
        held = user._held_posts = list(posts)
    return held


def positions(actor: Any) -> list[tuple[str, str]]:
    """The (role, unit path) pairs an actor acts from: a user's posts held today, or what a link stands for."""
    if isinstance(actor, User):
        return [(post.role, post.unit.path) for post in held_posts(actor)]
    if isinstance(actor, Link):
        return [(OF_LINK[Purpose(actor.purpose)], actor.unit.path if actor.unit else "")]
    if isinstance(actor, MailRobot):
        return [(MAIL_ROBOT, actor.unit.path)]
    return [(VISITOR, "")]


def may(actor: Any, act: str, unit: Unit) -> bool:
    """Does the table allow `object.action` on a thing of this unit?"""
    thing, action = act.split(".")
    return any((role, str(relation(path, unit.path)), thing, action) in cells() for role, path in positions(actor))


def may_anywhere(actor: Any, act: str) -> bool:
    """Does the table allow `object.action` to one of the actor's roles at least somewhere?"""
    thing, action = act.split(".")
    return any((role, where, thing, action) in cells() for role, _ in positions(actor) for where in Relation)


def sight(actor: Any, act: str, unit_field: str = "unit") -> Q:
    """The filter for rows on whose unit the actor may do `object.action`.

    Args:
        unit_field: the field that leads to the owning unit, e.g. `office__unit`; "" when the rows are units.
    """
    thing, action = act.split(".")
    lead = f"{unit_field}__" if unit_field else ""
    places: dict[str, set[Relation]] = {}
    for role, path in positions(actor):
        if path:
            places.setdefault(path, set()).update(r for r in Relation if (role, str(r), thing, action) in cells())
    allowed = Q(pk__in=[])
    for path, where in places.items():
        allowed |= _paths(lead, path, where)
    return allowed


def _paths(lead: str, path: str, where: Iterable[Relation]) -> Q:
    """Rows whose path stands in one of these relations to `path`; ranges only, so the index on path serves."""
    wanted, found = set(where), Q(pk__in=[])
    low, high = subtree_range(path)
    below = Q(**{f"{lead}path__gt": low, f"{lead}path__lt": high})
    if {Relation.OWN, Relation.CHILD, Relation.DESCENDANT} <= wanted:
        # One range, not a unit or those below it: with an OR a database gathers and sorts the whole country.
        return found | Q(**{f"{lead}path__gte": low, f"{lead}path__lt": high}) | _higher(lead, path, wanted)
    if Relation.OWN in wanted:
        found |= Q(**{f"{lead}path": path})
    if {Relation.CHILD, Relation.DESCENDANT} <= wanted:
        found |= below
    elif Relation.CHILD in wanted:
        found |= Q(**{f"{lead}parent__path": path})
    elif Relation.DESCENDANT in wanted:
        found |= below & ~Q(**{f"{lead}parent__path": path})
    return found | _higher(lead, path, wanted)


def _higher(lead: str, path: str, wanted: set[Relation]) -> Q:
    """The units above, where they are wanted."""
    found = Q(pk__in=[])
    parts = path.rstrip("/").split("/")
    above = ["/".join(parts[: n + 1]) + "/" for n in range(len(parts) - 1)]
    if Relation.PARENT in wanted and above:
        found |= Q(**{f"{lead}path": above[-1]})
    if Relation.ANCESTOR in wanted and above[:-1]:
        found |= Q(**{f"{lead}path__in": above[:-1]})
    return found
