"""Planting units and offices, and naming who holds which post."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jinguo.federation import rules
from jinguo.federation.models import Alias, Contact, MailAddress, Office, Unit
from jinguo.journal import actions as journal
from jinguo.lib import ids
from jinguo.lib.errors import Invalid
from jinguo.lib.rulings import require
from jinguo.search.actions import Findable, index_things


@dataclass(frozen=True)
class NewUnit:
    """A unit to be planted: `key` names it within one call, `parent_key` its parent in the same call ("" for the root)."""

    key: str
    name: str
    short_name: str
    unit_class: str
    level: str
    parent_key: str = ""
    division_code: str = ""
    sector: str = ""
    aliases: tuple[str, ...] = ()


def plant_units(news: Iterable[NewUnit], *, by: journal.Actor, under: Unit | None = None) -> dict[str, Unit]:
    """Plant many units at once, parents before children; all or none.

    Args:
        under: the unit below which those without a parent key stand; None plants roots.

    Returns:
        key → unit.

    Raises:
        Invalid: a parent key that is not in the call.
    """
    news = list(news)
    waiting, planted = news, dict[str, Unit]()
    with transaction.atomic():
        while waiting:
            ready = [new for new in waiting if not new.parent_key or new.parent_key in planted]
            if not ready:
                raise Invalid(_("有单位找不到上级：%(names)s") % {"names": "、".join(new.name for new in waiting[:5])})
            rows = [_unsaved(new, planted.get(new.parent_key, under)) for new in ready]
            Unit.objects.bulk_create(rows)
            for row in rows:
                row.path = (row.parent.path if row.parent else "") + f"{row.pk:06x}/"
            Unit.objects.bulk_update(rows, ["path"], batch_size=400)
            planted |= dict(zip([new.key for new in ready], rows, strict=True))
            done = set(planted)
            waiting = [new for new in waiting if new.key not in done]
        Alias.objects.bulk_create(Alias(unit=planted[new.key], name=name) for new in news for name in new.aliases)
        index_things(_findable(planted[new.key], new.aliases) for new in news)
        journal.record("unit.plant", by=by, kind="unit", code=under.code if under else "root", units=len(planted))
    return planted


def _findable(unit: Unit, aliases: Iterable[str]) -> Findable:
    """A unit as the search index needs it."""
    words = [unit.short_name, unit.division_code, *aliases]
    return Findable("unit", unit.code, unit.name, "\n".join(words), unit.path or "")


def _unsaved(new: NewUnit, parent: Unit | None) -> Unit:
    return Unit(
        code=ids.new_code(),
        name=new.name,
        short_name=new.short_name,
        unit_class=new.unit_class,
        level=new.level,
        sector=new.sector,
        division_code=new.division_code,
        parent=parent,
    )


def open_office(unit: Unit, *, by: journal.Actor, parent: Office | None = None, **facts: object) -> Office:
    """Let a unit issue notices of its own; `facts` are fields of `Office`."""
    with transaction.atomic():
        office = Office(code=ids.new_code(), unit=unit, parent=parent)
        for name, value in facts.items():
            setattr(office, name, value)
        office.save()
        journal.record("office.open", by=by, kind="office", code=office.code, owner=unit.code)
    return office


def add_contact(
    unit: Unit,
    *,
    title: str,
    by: journal.Actor,
    email: str = "",
    phone: str = "",
    hours: str = "",
    name: str = "",
    mobile: str = "",
) -> Contact:
    """Add a contact after those the unit has, with a registered e-mail address where one is given."""
    with transaction.atomic():
        contact = Contact(
            code=ids.new_code(), unit=unit, position=unit.contacts.count() + 1, title=title, phone=phone, hours=hours
        )
        contact.name, contact.mobile = name, mobile
        contact.save()
        if email:
            MailAddress.objects.get_or_create(
                unit=unit, address=email.lower(), defaults={"position": unit.mail_addresses.count() + 1}
            )
        journal.record("contact.add", by=by, kind="contact", code=contact.code, owner=unit.code)
    return contact


def add_address(unit: Unit, address: str, *, by: journal.Actor) -> MailAddress:
    """Register one more e-mail address for a unit; one it has already stays as it is.

    Raises:
        Invalid: not an e-mail address.
    """
    require(rules.may_edit_unit(unit, by))
    address = address.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise Invalid(_("这个邮箱写得不对，请核对：要有 @，后面是完整的域名。"), "address") from error
    with transaction.atomic():
        row, fresh = MailAddress.objects.get_or_create(
            unit=unit, address=address, defaults={"position": unit.mail_addresses.count() + 1}
        )
        if fresh:
            journal.record("unit.add_address", by=by, kind="unit", code=unit.code, owner=unit.code)
    return row


def edit_contact(contact: Contact, *, by: journal.Actor, **values: str) -> None:
    """Change a contact; an e-mail address given is registered for its unit as well."""
    require(rules.may_edit_unit(contact.unit, by))
    email = values.pop("email", "").lower()
    with transaction.atomic():
        for name, value in values.items():
            setattr(contact, name, value)
        contact.save()
        if email:
            MailAddress.objects.get_or_create(
                unit=contact.unit, address=email, defaults={"position": contact.unit.mail_addresses.count() + 1}
            )
        journal.record(
            "contact.edit", by=by, kind="contact", code=contact.code, owner=contact.unit.code, fields=sorted(values)
        )


def remove_contact(contact: Contact, *, by: journal.Actor) -> None:
    """Take a contact off a unit; mail addresses stay registered until removed themselves."""
    require(rules.may_edit_unit(contact.unit, by))
    with transaction.atomic():
        Contact.objects.filter(pk=contact.pk).delete()
        journal.record("contact.remove", by=by, kind="contact", code=contact.code, owner=contact.unit.code)


def edit_office(office: Office, *, by: journal.Actor, **facts: object) -> None:
    """Change what an office decides for itself; an empty 授权码 leaves the old one."""
    require(rules.may_edit_office(office, by))
    if not facts.get("mail_code"):
        facts.pop("mail_code", None)
    with transaction.atomic():
        for name, value in facts.items():
            setattr(office, name, value)
        office.save()
        journal.record(
            "office.edit", by=by, kind="office", code=office.code, owner=office.unit.code, fields=sorted(facts)
        )
