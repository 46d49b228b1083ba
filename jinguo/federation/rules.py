"""May this person change units, accounts, posts and the office?"""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from jinguo.federation import policy, queries
from jinguo.federation.models import Office, Post, Unit, User
from jinguo.federation.models.user import BEARERS, Role
from jinguo.lib import clock
from jinguo.lib.rulings import YES, Ruling, no

KEEPERS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)  # without one of each, nobody could open accounts or give posts


def may_edit_unit(unit: Unit, by: Any) -> Ruling:
    """Contacts, names and addresses of a unit, and units below it."""
    if policy.may(by, "unit.edit", unit):
        return YES
    return no(_("只有本单位和上级妇联的经办人能改单位资料。"))


def may_edit_office(office: Office, by: Any) -> Ruling:
    """Mailbox and paper profile of an office."""
    if policy.may(by, "office.edit", office.unit):
        return YES
    return no(_("发信邮箱和公文格式由系统管理员设置。"))


def may_edit_user(user: User, by: Any) -> Ruling:
    """Accounts: the system administrator's of the unit that opened it, but never her own.

    An account without such a unit is looked after by whoever administers all the units it has posts in.
    """
    homes = [user.unit] if user.unit else [post.unit for post in user.posts.select_related("unit")]
    if not homes or not all(policy.may(by, "user.edit", home) for home in homes):
        return no(_("账号由开设它的单位的系统管理员管理。"))
    if user.code == getattr(by, "code", ""):
        return no(_("不能停用或重设自己的账号，请由另一位系统管理员来办。"))
    return YES


def may_switch_off(user: User, by: Any) -> Ruling:
    """An account is stopped by its administrator, but not the last one that keeps the house open."""
    ruling = may_edit_user(user, by)
    if not ruling:
        return ruling
    held = user.posts.held(clock.today()).filter(role__in=KEEPERS).select_related("unit")
    return next((refusal for post in held if not (refusal := may_lose_keeper(post))), YES)


def may_assign_post(unit: Unit, by: Any) -> Ruling:
    """Who holds which post is decided by the security administrator, not by whoever makes the accounts."""
    if policy.may(by, "post.assign", unit):
        return YES
    return no(_("岗位由安全管理员指定，与开账号的人分开。"))


def may_appoint(user: User, unit: Unit, by: Any) -> Ruling:
    """A security administrator appoints others, never herself."""
    ruling = may_assign_post(unit, by)
    if ruling and user.code == getattr(by, "code", ""):
        return no(_("不能给自己指定岗位，请由另一位安全管理员来办。"))
    return ruling


def may_end_post(post: Post, by: Any) -> Ruling:
    """A post is ended by whoever may assign it, but not the last one that keeps the house open."""
    ruling = may_assign_post(post.unit, by)
    if ruling and post.role in KEEPERS and post.is_held(clock.today()):
        return may_lose_keeper(post)
    return ruling


def may_hand_over(unit: Unit, role: str, to: Sequence[User | str], by: Any) -> Ruling:
    """A term ends and another begins (换届). Where an account gains or loses rights it is the security administrator's
    matter; a chair or a liaison without an account is written down by whoever keeps the unit's page."""
    users = [who for who in to if isinstance(who, User)]
    if not users and not queries.running_posts(unit, role).filter(user__isnull=False).exists():
        if role not in BEARERS:
            return no(_("这个岗位要有账号才能担任，请安全管理员指定。"))
        return may_edit_unit(unit, by)
    if any(user.code == getattr(by, "code", "") for user in users):
        return no(_("不能给自己指定岗位，请由另一位安全管理员来办。"))
    if policy.may(by, "post.assign", unit):
        return YES
    return no(_("现任有账号，换届会改变她的权限。请安全管理员在“账号与岗位”里办交接。"))


def may_lose_keeper(post: Post) -> Ruling:
    """Is there another active holder of this administrator's role, at this unit or above it?"""
    if queries.other_keepers(post).exists():
        return YES
    return no(
        _("%(unit)s只剩这一位%(role)s了。请先指定另一位，再来办这件事。")
        % {"unit": post.unit.short_name, "role": post.get_role_display()}
    )
