"""Accounts, and who holds which post."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jinguo.federation import rules
from jinguo.federation.actions.sign_in import forgive_failures
from jinguo.federation.models import Post, Unit, User
from jinguo.federation.models.user import EXCLUSIVE, Role
from jinguo.journal import actions as journal
from jinguo.journal.queries import just_did
from jinguo.lib import clock, ids
from jinguo.lib.errors import Invalid
from jinguo.lib.hold import hold
from jinguo.lib.rulings import require
from jinguo.lib.sealed import lookup_hash


def create_user(
    username: str, *, display_name: str, password: str | None, by: journal.Actor, unit: Unit | None = None
) -> User:
    """A new account without any post; without a password nobody can sign in to it.

    Args:
        unit: whose administrator looks after it.

    Raises:
        Invalid: the name is taken.
    """
    user = User(code=ids.new_code(), username=username.lower(), display_name=display_name, unit=unit)
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
            journal.record("user.create", by=by, kind="user", code=user.code, owner=unit.code if unit else "")
    except IntegrityError as error:
        made = User.objects.filter(username=user.username, display_name=display_name, unit=unit).first()
        if made is None or just_did(by, "user.create", kind="user", code=made.code) is None:
            raise Invalid(_("这个用户名已经有人用，请换一个。"), "username") from error
        return made
    return user


def appoint(user: User, unit: Unit, role: Role, *, by: journal.Actor, starts: date | None = None) -> Post:
    """Give a user a post from a day on; one that she has then already stays as it is.

    Raises:
        Invalid: the three administrators' roles exclude one another (等保 2.0: separated administration).
    """
    if not isinstance(by, journal.System):
        require(rules.may_appoint(user, unit, by))
    day = starts or clock.today()
    not_over = Q(ends=None) | Q(ends__gte=day)
    with transaction.atomic():
        _one_at_a_time(user)
        standing = user.posts.filter(not_over, unit=unit, role=role, starts__lte=day).first()
        if standing:
            return standing
        _check_exclusive(user, role, day)
        post = Post.objects.create(user=user, unit=unit, role=role, starts=day)
        journal.record("post.appoint", by=by, kind="user", code=user.code, owner=unit.code, role=role, post=post.code)
    return post


def switch_user(user: User, *, active: bool, by: journal.Actor) -> None:
    """Let an account sign in, or stop it; its sessions end at once."""
    with transaction.atomic():
        _lock_homes(user)
        require(rules.may_edit_user(user, by) if active else rules.may_switch_off(user, by))
        changed = User.objects.filter(pk=user.pk, is_active=not active).update(
            is_active=active, session_epoch=F("session_epoch") + 1
        )
        if changed:
            journal.record("user.enable" if active else "user.disable", by=by, kind="user", code=user.code)


def reset_password(user: User, password: str, *, by: journal.Actor) -> None:
    """A new first password for somebody who forgot hers; her sessions end, and she may try at once."""
    if not isinstance(by, journal.System):
        require(rules.may_edit_user(user, by))
    user.set_password(password)  # slow on purpose, so before the transaction
    with transaction.atomic():
        now = hold(user)
        again = just_did(by, "user.reset_password", kind="user", code=user.code)
        if again is not None and now is not None and now.check_password(password):
            return
        User.objects.filter(pk=user.pk).update(password=user.password, session_epoch=F("session_epoch") + 1)
        forgive_failures(user)
        journal.record("user.reset_password", by=by, kind="user", code=user.code)


def end_post(post: Post, *, by: journal.Actor) -> None:
    """End a post with yesterday: from today on it allows nothing (换届交接).

    A post that begins today or later never came into force and is taken back; one that is over already stays as it is.
    """
    today = clock.today()
    with transaction.atomic():
        _lock_unit(post.unit)
        require(rules.may_end_post(post, by))
        running = Post.objects.filter(Q(ends=None) | Q(ends__gte=today), pk=post.pk)
        ended = running.filter(starts__lt=today).update(ends=today - timedelta(days=1))
        taken_back = 0 if ended else running.delete()[0]
        if ended or taken_back:
            journal.record(
                "post.end" if ended else "post.take_back", by=by, **_holder(post),
                owner=post.unit.code, role=post.role, post=post.code,
            )  # fmt: skip


def hand_over(
    unit: Unit, role: Role, to: Sequence[User | str], *, first_day: date, by: journal.Actor, until: date | None = None
) -> list[Post]:
    """A new term begins and the old one ends the day before, in one act (换届); said again it changes nothing.

    Args:
        to: who takes over: accounts, or names of people without one; none leaves the post vacant.
        first_day: of the new term.
        until: its last day where the term is fixed.

    Raises:
        Invalid: the term ends before it begins, or an account is stopped or may not hold the role beside another one.
    """
    if until and until < first_day:
        raise Invalid(_("任期的最后一天早于第一天，请核对。"), "until")
    with transaction.atomic():
        _lock_unit(unit)
        if not isinstance(by, journal.System):
            require(rules.may_hand_over(unit, role, to, by))
        before = _terms(unit, role)
        new = [_take_up(unit, role, who, first_day, until) for who in dict.fromkeys(to)]
        others = unit.posts.filter(role=role).exclude(pk__in=[post.pk for post in new])
        others.filter(Q(ends=None) | Q(ends__gte=first_day), starts__lt=first_day).update(
            ends=first_day - timedelta(days=1)
        )
        others.filter(starts=first_day).delete()  # named a moment ago by mistake: it never came into force
        if _terms(unit, role) != before:
            journal.record(
                "post.hand_over", by=by, kind="unit", code=unit.code, owner=unit.code, role=role,
                posts=[post.code for post in new],
            )  # fmt: skip
    return new


def _terms(unit: Unit, role: Role) -> set[tuple[int, date | None]]:
    return set(unit.posts.filter(role=role).values_list("pk", "ends"))


def _take_up(unit: Unit, role: Role, who: User | str, day: date, until: date | None) -> Post:
    """One person's new term, from the day on; the same one said twice is one."""
    if isinstance(who, User):
        if not who.is_active:
            raise Invalid(_("%(who)s的账号已经停用，请先启用，或另选一人。") % {"who": who.display_name}, "to")
        standing = who.posts.filter(unit=unit, role=role, starts=day).first()
        if standing is None:
            _one_at_a_time(who)
            _check_exclusive(who, role, day)
            standing = Post.objects.create(user=who, unit=unit, role=role, starts=day)
    else:
        hashed = lookup_hash(Post, "holder", who)
        standing = unit.posts.filter(user=None, role=role, starts=day, holder_hash=hashed).first()
        if standing is None:
            standing = Post(code=ids.new_code(), unit=unit, role=role, starts=day)
            standing.holder = who
            standing.save(force_insert=True)
    Post.objects.filter(pk=standing.pk).update(ends=until)
    return standing


def _check_exclusive(user: User, role: str, day: date) -> None:
    not_over = Q(ends=None) | Q(ends__gte=day)
    if role in EXCLUSIVE and user.posts.filter(not_over, role__in=EXCLUSIVE - {Role(role)}).exists():
        raise Invalid(_("系统管理员、安全管理员、审计员必须是三个不同的人。请另选一人。"), "role")


def _holder(post: Post) -> dict[str, str]:
    """What the journal names: the account, or the post of somebody without one. Never a name."""
    return {"kind": "user", "code": post.user.code} if post.user else {"kind": "post", "code": post.code}


def _one_at_a_time(user: User) -> None:
    """Two appointments of one person wait for each other: each sees what the other decided."""
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch"))


def _lock_unit(unit: Unit) -> None:
    """Two who take the last administrators of a unit away wait for each other: the second one sees it."""
    Unit.objects.filter(pk=unit.pk).update(level=F("level"))


def _lock_homes(user: User) -> None:
    held = user.posts.filter(role__in=rules.KEEPERS).order_by("unit").select_related("unit")
    for post in held:
        _lock_unit(post.unit)
