"""Reads that span users, posts and offices."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from jinguo.federation import policy
from jinguo.federation.models import Office, Post, Unit, User
from jinguo.lib import clock


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


def running_posts(unit: Unit, role: str) -> QuerySet[Post]:
    """Who holds a role in a unit today or from a later day on."""
    return unit.posts.filter(Q(ends=None) | Q(ends__gte=clock.today()), role=role)


def other_keepers(post: Post) -> QuerySet[Post]:
    """The same role, held today by another active account at this unit or above it."""
    paths = [post.unit.path, *post.unit.ancestors_paths()]
    held = Post.objects.held(clock.today()).filter(role=post.role, unit__path__in=paths, user__is_active=True)
    return held.exclude(user=post.user_id)


def home_of(actor: Any, act: str) -> Unit | None:
    """The highest unit in whose name an actor may do `object.action`."""
    return Unit.objects.filter(policy.sight(actor, act, "")).order_by("path").first()
