"""Reads that span units, contacts and posts."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from jinguo.federation import policy
from jinguo.federation.models import Alias, Contact, Office, Post, Unit, User
from jinguo.lib import clock

PAGE = 50


def units_seen(actor: Any) -> QuerySet[Unit]:
    """The units an actor may look at."""
    return Unit.objects.filter(policy.sight(actor, "unit.view", ""))


@dataclass(frozen=True)
class UnitLine:
    """One line of the list of units, with how many contacts and units below it has."""

    unit: Unit
    contacts: int
    below: int


def find_units(
    actor: Any, *, words: str = "", unit_class: str = "", level: str = "", under: str = "", page: int = 1
) -> "Page[UnitLine]":
    """One page of units by name, alias, class, level and the unit they stand directly below (its code)."""
    rows = units_seen(actor)
    if words:
        named = Exists(Alias.objects.filter(unit=OuterRef("pk"), name__contains=words))
        rows = rows.filter(Q(name__contains=words) | Q(short_name__contains=words) | named)
    if unit_class:
        rows = rows.filter(unit_class=unit_class)
    if level:
        rows = rows.filter(level=level)
    if under:
        rows = rows.filter(parent__code=under)
    found = Paginator(rows.select_related("parent").order_by("path"), PAGE).get_page(page)
    found.object_list = _with_counts(list(found.object_list))
    return found


def _with_counts(units: list[Unit]) -> list[UnitLine]:
    """Counted for the page only: grouping the whole tree would take seconds at 700,000 units."""
    ids = [unit.pk for unit in units]
    contacts = dict(Contact.objects.filter(unit__in=ids).order_by().values_list("unit").annotate(Count("pk")))
    alive = Unit.objects.alive(clock.today()).filter(parent__in=ids).order_by()
    below = dict(alive.values_list("parent").annotate(Count("pk")))
    return [UnitLine(unit, contacts.get(unit.pk, 0), below.get(unit.pk, 0)) for unit in units]


def office_of(unit: Unit) -> Office | None:
    """The nearest office at or above a unit."""
    paths = [unit.path, *unit.ancestors_paths()]
    return Office.objects.filter(unit__path__in=paths).select_related("unit").order_by("-unit__path").first()


def office_for(actor: Any, act: str) -> Office | None:
    """The office in whose name an actor may do `object.action`: the first of her own."""
    return Office.objects.filter(policy.sight(actor, act, "unit")).select_related("unit").order_by("unit__path").first()


def users_seen(actor: Any) -> QuerySet[User]:
    """Accounts opened by units, or that hold or held a post in units, where the actor may list them."""
    in_reach = policy.sight(actor, "user.list", "unit")
    held = Post.objects.filter(policy.sight(actor, "user.list", "unit"), user=OuterRef("pk"))
    return User.objects.filter(in_reach | Exists(held))


def users_with_posts(actor: Any) -> list[User]:
    """Those accounts by user name, with what they hold and held."""
    posts = Prefetch("posts", Post.objects.select_related("unit").order_by("starts", "pk"))
    return list(users_seen(actor).select_related("unit").prefetch_related(posts).order_by("username"))


def posts_today(user: User) -> list[Post]:
    """The posts a user holds today."""
    return list(user.posts.held(clock.today()).select_related("unit"))


def other_keepers(post: Post) -> QuerySet[Post]:
    """The same role, held today by another active account at this unit or above it."""
    paths = [post.unit.path, *post.unit.ancestors_paths()]
    held = Post.objects.held(clock.today()).filter(role=post.role, unit__path__in=paths, user__is_active=True)
    return held.exclude(user=post.user_id)


def home_of(actor: Any, act: str) -> Unit | None:
    """The highest unit in whose name an actor may do `object.action`."""
    return Unit.objects.filter(policy.sight(actor, act, "")).order_by("path").first()
