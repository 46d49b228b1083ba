"""Reads that span users, posts and offices."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from jinguo.federation import policy
from jinguo.federation.models import Office, Post, Unit, User
from jinguo.federation.models.unit import subtree_range
from jinguo.federation.models.user import Role
from jinguo.lib import clock


def office_of(unit: Unit) -> Office | None:
    """The nearest office at or above a unit."""
    paths = [unit.path, *unit.ancestors_paths()]
    return Office.objects.filter(unit__path__in=paths).select_related("unit").order_by("-unit__path").first()


def case_sight(actor: Any, unit_field: str) -> Q:
    """The filter for what is kept apart for the duty case worker: of her own office, and of those below that have none today.

    So a plea has a reader as long as there is one case worker above; who comes or goes changes it at once.

    Args:
        unit_field: the field that leads to the office's unit.
    """
    own, more = policy.sight(actor, "case_mail.view", unit_field), _stood_in_for(actor)
    return own | Q(**{f"{unit_field}__path__in": more}) if more else own


def reads_cases_of(actor: Any, office: Office) -> bool:
    """Whether this is the duty case worker of an office, as `case_sight` has it."""
    return policy.may(actor, "case_mail.edit", office.unit) or office.unit.path in _stood_in_for(actor)


def has_case_worker(office: Office) -> bool:
    """Whether anybody reads what is kept apart for the duty case worker of this office."""
    paths = [office.unit.path, *office.unit.ancestors_paths()]
    return _case_posts().filter(unit__path__in=paths).exists()


def _case_posts() -> QuerySet[Post]:
    """The posts of case workers who can sign in, as held today."""
    return Post.objects.held(clock.today()).filter(role=Role.CASE_WORKER, user__is_active=True)


def _stood_in_for(actor: Any) -> list[str]:
    """Paths of the offices a case worker reads for beside her own: asked of the database once a request."""
    if not isinstance(actor, User):
        return []
    found: list[str] | None = getattr(actor, "_stands_in_for", None)
    if found is None:
        homes = [post.unit.path for post in policy.held_posts(actor) if post.role == Role.CASE_WORKER]
        found = actor._stands_in_for = _unmanned_below(homes) if homes else []
    return found


def _unmanned_below(homes: list[str]) -> list[str]:
    """Offices below these units with no case worker at their unit or between."""
    below = Q()
    for low, high in map(subtree_range, homes):
        below |= Q(unit__path__gt=low, unit__path__lt=high)
    manned = tuple(_case_posts().filter(below).values_list("unit__path", flat=True))
    offices = Office.objects.filter(below).values_list("unit__path", flat=True)
    return [path for path in offices if not path.startswith(manned)]


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
