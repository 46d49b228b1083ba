"""Accounts, and who holds which post."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from jinguo.federation import rules
from jinguo.federation.models import Post, Unit, User
from jinguo.federation.models.user import EXCLUSIVE, Role
from jinguo.journal import actions as journal
from jinguo.lib import clock, ids
from jinguo.lib.errors import Invalid
from jinguo.lib.rulings import require


def create_user(username: str, *, display_name: str, password: str | None, by: journal.Actor) -> User:
    """A new account without any post; without a password nobody can sign in to it."""
    with transaction.atomic():
        user = User(code=ids.new_code(), username=username, display_name=display_name)
        user.set_password(password)
        user.save()
        journal.record("user.create", by=by, kind="user", code=user.code)
    return user


def appoint(user: User, unit: Unit, role: Role, *, by: journal.Actor, starts: date | None = None) -> Post:
    """Give a user a post from a day on.

    Raises:
        Invalid: the three administrators' roles exclude one another (等保 2.0: separated administration).
    """
    today = clock.today()
    if role in EXCLUSIVE and user.posts.held(today).filter(role__in=EXCLUSIVE - {role}).exists():
        raise Invalid(_("系统管理员、安全管理员、审计员必须是三个不同的人。请另选一人。"))
    with transaction.atomic():
        post = Post.objects.create(user=user, unit=unit, role=role, starts=starts or today)
        journal.record("post.appoint", by=by, kind="user", code=user.code, owner=unit.code, role=role)
    return post


def switch_user(user: User, *, active: bool, by: journal.Actor) -> None:
    """Let an account sign in, or stop it; its sessions end at once."""
    require(rules.may_edit_user(user, by))
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(is_active=active, session_epoch=F("session_epoch") + 1)
        journal.record("user.enable" if active else "user.disable", by=by, kind="user", code=user.code)


def end_post(post: Post, *, by: journal.Actor) -> None:
    """End a post with yesterday: from today on it allows nothing (换届交接)."""
    require(rules.may_assign_post(post.unit, by))
    with transaction.atomic():
        last_day = max(post.starts, clock.today() - timedelta(days=1))
        if post.starts > clock.today() - timedelta(days=1):
            Post.objects.filter(pk=post.pk).delete()
        else:
            Post.objects.filter(pk=post.pk).update(ends=last_day)
        journal.record("post.end", by=by, kind="user", code=post.user.code, owner=post.unit.code, role=post.role)
