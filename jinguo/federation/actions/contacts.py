"""Whom to ask at a unit, and the e-mail addresses it is written to."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from jinguo.federation import rules
from jinguo.federation.models import Contact, MailAddress, Unit
from jinguo.journal import actions as journal
from jinguo.journal.queries import just_did
from jinguo.lib import ids
from jinguo.lib.errors import Invalid, NotThere, Stale
from jinguo.lib.hold import differing, hold
from jinguo.lib.rulings import require

FACTS = ("title", "name", "phone", "mobile", "hours")
COLUMNS = ("title", "phone", "hours", "name_sealed", "mobile_sealed", "mobile_hash")


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
    """Add a contact after those the unit has, with a registered e-mail address where one is given.

    Sent twice it is there once: a contact that says exactly the same is given back.
    """
    if not isinstance(by, journal.System):
        require(rules.may_edit_unit(unit, by))
    facts = {"title": title, "name": name, "phone": phone, "mobile": mobile, "hours": hours}

    def write() -> Contact:
        if email:
            add_address(unit, email, by=by)
        for standing in unit.contacts.all():
            if all(getattr(standing, fact) == value for fact, value in facts.items()):
                return standing
        contact = Contact(code=ids.new_code(), unit=unit, position=_next_position(unit.contacts))
        for fact, value in facts.items():
            setattr(contact, fact, value)
        contact.save(force_insert=True)
        journal.record("contact.add", by=by, kind="contact", code=contact.code, owner=unit.code)
        return contact

    return _unless_overtaken(write)


def edit_contact(contact: Contact, *, by: journal.Actor, **values: str) -> None:
    """Change a contact; an e-mail address given is registered for its unit as well.

    Raises:
        Stale: it was taken off meanwhile.
    """
    require(rules.may_edit_unit(contact.unit, by))
    email = values.pop("email", "")
    for name, value in values.items():
        setattr(contact, name, value)
    with transaction.atomic():
        now = hold(contact)
        if now is not None and not differing(now, values):
            if email:
                add_address(contact.unit, email, by=by)
            return
        if not Contact.objects.filter(pk=contact.pk).update(**{name: getattr(contact, name) for name in COLUMNS}):
            raise Stale(_("这位联系人刚才被别人去掉了，没有改成。"))
        if email:
            add_address(contact.unit, email, by=by)
        journal.record(
            "contact.edit", by=by, kind="contact", code=contact.code, owner=contact.unit.code, fields=sorted(values)
        )


def remove_contact(contact: Contact, *, by: journal.Actor) -> None:
    """Take a contact off a unit; mail addresses stay registered until removed themselves."""
    require(rules.may_edit_unit(contact.unit, by))
    with transaction.atomic():
        if Contact.objects.filter(pk=contact.pk).delete()[0]:
            journal.record("contact.remove", by=by, kind="contact", code=contact.code, owner=contact.unit.code)


def add_address(unit: Unit, address: str, *, by: journal.Actor) -> MailAddress:
    """Register one more e-mail address for a unit; one it has already stays as it is.

    Raises:
        Invalid: not an e-mail address.
    """
    if not isinstance(by, journal.System):
        require(rules.may_edit_unit(unit, by))
    address = address.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise Invalid(_("这个邮箱写得不对，请核对：要有 @，后面是完整的域名。"), "address") from error
    with transaction.atomic():
        row, fresh = MailAddress.objects.get_or_create(
            unit=unit, address=address, defaults={"position": _next_position(unit.mail_addresses)}
        )
        if fresh:
            journal.record("unit.add_address", by=by, kind="unit", code=unit.code, owner=unit.code)
    return row


def remove_address(unit: Unit, address: str, *, by: journal.Actor) -> None:
    """Write to this address no more. A unit without any is reached by telephone only, and its page says so.

    Raises:
        NotThere: the unit has no such address.
    """
    require(rules.may_edit_unit(unit, by))
    with transaction.atomic():
        gone = MailAddress.objects.filter(unit=unit, address=address).delete()[0]
        if not gone and just_did(by, "unit.remove_address", kind="unit", code=unit.code):
            return
        if not gone:
            raise NotThere(_("这个单位没有登记这个邮箱，可能刚才已经去掉了。"))
        journal.record("unit.remove_address", by=by, kind="unit", code=unit.code, owner=unit.code)


def raise_contact(contact: Contact, *, by: journal.Actor, seen: int | None = None) -> None:
    """Ask this one before the one who stood above: contacts are called in order.

    Args:
        seen: its position on the page she pressed on; where it has moved since, nothing happens. None: not asked.
    """
    require(rules.may_edit_unit(contact.unit, by))
    with transaction.atomic():
        Unit.objects.filter(pk=contact.unit_id).update(level=F("level"))  # two who sort the same list wait here
        rows = list(contact.unit.contacts.order_by("position"))
        at = next((n for n, row in enumerate(rows) if row.pk == contact.pk), 0)
        if not at or seen not in (None, rows[at].position):
            return
        upper, lower = rows[at - 1], rows[at]
        Contact.objects.filter(pk=lower.pk).update(position=_next_position(contact.unit.contacts))
        Contact.objects.filter(pk=upper.pk).update(position=lower.position)
        Contact.objects.filter(pk=lower.pk).update(position=upper.position)
        journal.record("contact.raise", by=by, kind="contact", code=contact.code, owner=contact.unit.code)


def set_contacts(unit: Unit, wanted: Sequence[dict[str, str]], *, by: journal.Actor) -> bool:
    """Make a unit's contacts these, in this order; a fact a row does not name stays as it was at its place.

    Args:
        wanted: for each contact some of `FACTS`.

    Returns:
        Whether anything changed.
    """
    if not isinstance(by, journal.System):
        require(rules.may_edit_unit(unit, by))
    with transaction.atomic():
        Unit.objects.filter(pk=unit.pk).update(level=F("level"))
        standing = list(unit.contacts.order_by("position"))
        before = [_facts(row) for row in standing]
        rows = standing[: len(wanted)]
        last = standing[-1].position if standing else 0
        rows += [Contact(code=ids.new_code(), unit=unit, position=last + n + 1) for n in range(len(wanted) - len(rows))]
        for row, facts in zip(rows, wanted, strict=True):
            for name in FACTS:
                setattr(row, name, facts.get(name, getattr(row, name)))
        if [_facts(row) for row in rows] == before:
            return False
        unit.contacts.exclude(pk__in=[row.pk for row in rows if row.pk]).delete()
        Contact.objects.bulk_update([row for row in rows if row.pk], COLUMNS)
        Contact.objects.bulk_create([row for row in rows if not row.pk])
        journal.record("contact.set", by=by, kind="unit", code=unit.code, owner=unit.code, contacts=len(rows))
    return True


def _facts(contact: Contact) -> list[str]:
    return [getattr(contact, name) for name in FACTS]


def set_addresses(unit: Unit, wanted: Sequence[str], *, by: journal.Actor) -> bool:
    """Make a unit's registered addresses these, in this order.

    Returns:
        Whether anything changed.
    """
    if not isinstance(by, journal.System):
        require(rules.may_edit_unit(unit, by))
    addresses = list(dict.fromkeys(address.strip().lower() for address in wanted))
    with transaction.atomic():
        if list(unit.mail_addresses.order_by("position", "pk").values_list("address", flat=True)) == addresses:
            return False
        unit.mail_addresses.all().delete()
        MailAddress.objects.bulk_create(
            MailAddress(unit=unit, address=address, position=n) for n, address in enumerate(addresses, 1)
        )
        journal.record(
            "unit.set_addresses", by=by, kind="unit", code=unit.code, owner=unit.code, addresses=len(addresses)
        )
    return True


def first_addresses(wanted: Mapping[Unit, Sequence[str]], *, by: journal.Actor) -> None:
    """Register addresses of units just planted, thousands at once; whoever planted them asked whether she may."""
    rows = [
        MailAddress(unit=unit, address=address, position=n)
        for unit, addresses in wanted.items()
        for n, address in enumerate(dict.fromkeys(one.strip().lower() for one in addresses), 1)
    ]
    if rows:
        with transaction.atomic():
            MailAddress.objects.bulk_create(rows)
            journal.record("unit.first_addresses", by=by, kind="unit", code="several", addresses=len(rows))


def _next_position(rows: Any) -> int:
    """After the last one: counting would give a place twice once one in the middle was taken off."""
    return 1 + (rows.aggregate(last=Max("position"))["last"] or 0)


def _unless_overtaken(write: Callable[[], Contact]) -> Contact:
    """Try again when somebody else took the same place in the same moment."""
    for _try in range(3):
        try:
            with transaction.atomic():
                return write()
        except IntegrityError:
            continue
    raise Stale(_("刚才有别人也在改这个单位的联系人。请再点一次。"))
