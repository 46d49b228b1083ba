"""The tree as a workbook: what an officer downloads, mends with WPS or Excel, and sends back."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from jinguo.federation import policy
from jinguo.federation.columns import (
    CONTACT_HEADS,
    CONTACTS,
    GROUP_HEADS,
    GROUPS,
    POST_HEADS,
    POSTS,
    PRIVATE,
    SECTORS,
    UNIT_HEADS,
    UNITS,
    class_labels,
    columns,
    level_labels,
    role_labels,
)
from jinguo.federation.models import Alias, ChatGroup, Contact, MailAddress, Post, Unit
from jinguo.federation.models.unit import UnitRows
from jinguo.federation.models.user import BEARERS
from jinguo.lib import clock
from jinguo.lib.sheets import Table
from jinguo.lib.sheets.writing import Value

MOST = 20_000  # units in one workbook; more are for the command line
BATCH = 1_000


def editable(actor: Any) -> UnitRows:
    """The units an actor may change, merged and closed ones among them."""
    return Unit.objects.filter(policy.sight(actor, "unit.edit", ""))


def tables_of(
    actor: Any, *, under: Unit | None = None, private: bool = False, ended: bool = False, empty: bool = False
) -> list[Table]:
    """The four sheets: units, contacts, WeChat groups, posts held today or from a later day on.

    Args:
        under: only this unit and those below it.
        private: with names and mobiles of contacts, keepers of groups, and who holds a post.
        ended: also the merged and closed units.
        empty: the heads alone, to be filled in.
    """
    units: list[Unit] = [] if empty else list(_units(actor, under, ended))
    hidden = {} if private else PRIVATE
    return [
        Table(UNITS, columns(UNIT_HEADS), list(_unit_rows(units))),
        Table(CONTACTS, columns(CONTACT_HEADS, hidden.get("contacts", ())), list(_contact_rows(units, private))),
        Table(GROUPS, columns(GROUP_HEADS, hidden.get("groups", ())), list(_group_rows(units, private))),
        Table(POSTS, columns(POST_HEADS, hidden.get("posts", ())), list(_post_rows(units, private))),
    ]


def _units(actor: Any, under: Unit | None, ended: bool) -> UnitRows:
    rows = editable(actor) if ended else editable(actor).exclude(valid_to__lt=clock.today())
    if under is not None:
        rows = rows.under(under, itself=True)
    return rows.select_related("parent", "merged_into").prefetch_related(
        Prefetch("aliases", Alias.objects.order_by("pk")),
        Prefetch("mail_addresses", MailAddress.objects.order_by("position", "pk")),
        Prefetch("contacts", Contact.objects.order_by("position")),
        Prefetch("chat_groups", ChatGroup.objects.order_by("pk")),
        Prefetch("posts", bearers(), to_attr="bearers"),
    ).order_by("path")[: MOST + 1]  # fmt: skip


def bearers() -> QuerySet[Post]:
    """The posts a workbook speaks of that are held today or from a later day on, in their order."""
    running = Q(ends=None) | Q(ends__gte=clock.today())
    return Post.objects.filter(running, role__in=BEARERS).select_related("user").order_by("role", "starts", "pk")


def _unit_rows(units: list[Unit]) -> Iterator[list[Value]]:
    classes, levels = class_labels(), level_labels()
    for unit in units:
        yield [
            unit.code,
            unit.name,
            unit.short_name,
            unit.parent.code if unit.parent else "",
            unit.parent.name if unit.parent else "",
            classes[unit.unit_class],
            levels[unit.level],
            SECTORS.get(unit.sector, unit.sector),
            unit.division_code,
            unit.duty_phone,
            "、".join(alias.name for alias in unit.aliases.all()),
            "、".join(row.address for row in unit.mail_addresses.all()),
            unit.valid_from.isoformat() if unit.valid_from else "",
            unit.valid_to.isoformat() if unit.valid_to else "",
            unit.merged_into.code if unit.merged_into else "",
        ]


def _contact_rows(units: list[Unit], private: bool) -> Iterator[list[Value]]:
    for unit in units:
        for contact in unit.contacts.all():
            row: list[Value] = [unit.code, unit.name, contact.title]
            row += [contact.name, contact.phone, contact.mobile] if private else [contact.phone]
            yield [*row, contact.hours]


def _group_rows(units: list[Unit], private: bool) -> Iterator[list[Value]]:
    for unit in units:
        for group in unit.chat_groups.all():
            row: list[Value] = [unit.code, unit.name, group.name]
            yield [*row, *([group.keeper] if private else []), group.about]


def _post_rows(units: list[Unit], private: bool) -> Iterator[list[Value]]:
    labels = role_labels()
    for unit in units:
        for post in sorted(unit.bearers, key=lambda post: list(labels).index(post.role)):
            row: list[Value] = [unit.code, unit.name, labels[post.role], *([post.who] if private else [])]
            yield [*row, post.starts.isoformat(), post.ends.isoformat() if post.ends else ""]
