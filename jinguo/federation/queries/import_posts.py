"""What the sheet of posts (职务) of a workbook would change: a post whose people or terms differ begins a new term."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from jinguo.federation.columns import role_labels
from jinguo.federation.models import Unit
from jinguo.federation.queries.import_rows import Fault, Row


@dataclass(frozen=True)
class Term:
    """One post of a unit with everybody who holds it from `first_day` on; `before` are those who hold it now."""

    role: str
    label: str
    names: tuple[str, ...]
    before: tuple[str, ...]
    first_day: date
    until: date | None


def terms_of(unit: Unit | None, rows: list[Row]) -> tuple[list[Term], list[Fault]]:
    """The posts of one unit that differ from its rows, and what is wrong with those.

    A post in which nothing differs changes nothing, also where its people began on different days.
    """
    faults = [fault for row in rows for fault in _wrong(row)]
    if faults:
        return [], faults
    labels, found = role_labels(), []
    for role in dict.fromkeys(row.said["role"] for row in rows):
        own = [row for row in rows if row.said["role"] == role]
        standing = [post for post in (unit.bearers if unit else []) if post.role == role]
        wanted = {(row.said["name"], row.said["starts"], row.said.get("ends")) for row in own}
        if wanted == {(post.who, post.starts, post.ends) for post in standing}:
            continue
        if len({(row.said["starts"], row.said.get("ends")) for row in own}) > 1:
            sentence = _("同一职务有人新上任时，任期要从同一天算起；留任的也写新的任期。")
            faults.append(Fault(own[0].sheet, own[0].cell("starts"), sentence))
            continue
        names = tuple(dict.fromkeys(row.said["name"] for row in own))
        before = tuple(post.who for post in standing)
        found.append(Term(role, labels[role], names, before, own[0].said["starts"], own[0].said.get("ends")))
    return found, faults


def _wrong(row: Row) -> list[Fault]:
    said, faults = row.said, []
    if not said.get("role"):
        sentence = _("请写是哪个职务，可以写：%(all)s。") % {"all": "、".join(role_labels().values())}
        faults.append(Fault(row.sheet, row.cell("role"), sentence))
    if not said.get("name"):
        faults.append(Fault(row.sheet, row.cell("name"), _("请写姓名。")))
    if not said.get("starts"):
        faults.append(Fault(row.sheet, row.cell("starts"), _("请写任期开始的日子。")))
    elif said.get("ends") and said["ends"] < said["starts"]:
        faults.append(Fault(row.sheet, row.cell("ends"), _("任期的最后一天早于第一天，请核对。")))
    return faults
