"""May this person change units, accounts, posts and the office?"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from jinguo.federation import policy
from jinguo.federation.models import Office, Unit, User
from jinguo.lib.rulings import YES, Ruling, no


def may_edit_unit(unit: Unit, by: Any) -> Ruling:
    """Contacts, names and addresses of a unit."""
    if policy.may(by, "unit.edit", unit):
        return YES
    return no(_("只有本单位和上级妇联的经办人能改单位资料。"))


def may_edit_office(office: Office, by: Any) -> Ruling:
    """Mailbox and paper profile of an office."""
    if policy.may(by, "office.edit", office.unit):
        return YES
    return no(_("发信邮箱和公文格式由系统管理员设置。"))


def may_edit_user(user: User, by: Any) -> Ruling:
    """Accounts: the system administrator's, but never her own switch-off."""
    seen = user.posts.exists() is False or any(
        policy.may(by, "user.edit", post.unit) for post in user.posts.select_related("unit")
    )
    if not seen:
        return no(_("账号由系统管理员管理。"))
    if user.code == getattr(by, "code", ""):
        return no(_("不能停用自己的账号，请由另一位系统管理员来办。"))
    return YES


def may_assign_post(unit: Unit, by: Any) -> Ruling:
    """Who holds which post is decided by the security administrator, not by whoever makes the accounts."""
    if policy.may(by, "post.assign", unit):
        return YES
    return no(_("岗位由安全管理员指定，与开账号的人分开。"))
