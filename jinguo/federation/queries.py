"""Reads that span units, contacts and posts."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from jinguo.federation import policy
from jinguo.federation.models import Office, Post, Unit, User
from jinguo.lib import clock

PAGE = 50


def units_seen(actor: Any) -> QuerySet[Unit]:
    """The units an actor may look at."""
    return Unit.objects.filter(policy.sight(actor, "unit.view", ""))


def find_units(actor: Any, *, words: str = "", unit_class: str = "", level: str = "", page: int = 1) -> "Page[Unit]":
    """One page of units by name, alias, class and level, with how many contacts and units below each has."""
    rows = units_seen(actor)
    if words:
        rows = rows.filter(
            Q(name__contains=words) | Q(short_name__contains=words) | Q(aliases__name__contains=words)
        ).distinct()
    if unit_class:
        rows = rows.filter(unit_class=unit_class)
    if level:
        rows = rows.filter(level=level)
    rows = rows.select_related("parent").annotate(
        contact_count=Count("contacts", distinct=True), below=Count("children", distinct=True)
    )
    return Paginator(rows.order_by("path"), PAGE).get_page(page)


def office_of(unit: Unit) -> Office | None:
    """The nearest office at or above a unit."""
    paths = [unit.path, *unit.ancestors_paths()]
    return Office.objects.filter(unit__path__in=paths).select_related("unit").order_by("-unit__path").first()


def office_for(actor: Any, act: str) -> Office | None:
    """The office in whose name an actor may do `object.action`: the first of her own."""
    return Office.objects.filter(policy.sight(actor, act, "unit")).select_related("unit").order_by("unit__path").first()


def users_seen(actor: Any) -> list[User]:
    """Accounts that hold or held a post where the actor may list them, and accounts without any post."""
    rows = User.objects.filter(policy.sight(actor, "user.list", "posts__unit") | Q(posts=None)).distinct()
    return list(rows.prefetch_related("posts__unit").order_by("username"))


def posts_today(user: User) -> list[Post]:
    """The posts a user holds today."""
    return list(user.posts.held(clock.today()).select_related("unit"))
