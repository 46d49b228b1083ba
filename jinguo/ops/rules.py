"""Who may look at the machine."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from jinguo.federation import policy
from jinguo.lib.rulings import YES, Ruling, no


def may_see_machine(user: Any) -> Ruling:
    """Read what the doctor says: its counts are of everybody on the machine, so only those at the top of a tree do. A
    county's administrator would learn from them how busy her sister counties are."""
    if any(
        post.unit.parent_id is None and policy.may(user, "system.view", post.unit) for post in policy.held_posts(user)
    ):
        return YES
    return no(_("这一页说的是整台机器，只有最上级单位的管理员能看。机器有毛病，请告诉他们。"))
