"""What the group link lets a unit find: itself by name, and which registered contacts a code can go to."""

from dataclasses import dataclass

from django.db.models import QuerySet

from jinguo.campaigns.models import Campaign, Circulation, Device
from jinguo.campaigns.queries.circulation import in_being
from jinguo.federation.models import Link
from jinguo.federation.queries import bears
from jinguo.lib import clock, crypto
from jinguo.messages.models import Channel
from jinguo.messages.queries import carrier

MOST = 12
DIGIT_TRIES = 10  # of one unit's copy in all; then only a code or the telephone
LEAST = 2  # characters before anything is found: the list is not for reading through


@dataclass(frozen=True)
class Contactable:
    """One registered contact a code can go to. `name` says which, never the address or number itself."""

    key: str
    number: int
    address: str = ""
    phone: str = ""


def units_named(campaign: Campaign, words: str) -> list[Circulation]:
    """Copies whose units are called so; none for fewer than `LEAST` characters."""
    words = "".join(words.split())
    if len(words) < LEAST:
        return []
    # An heir is found by the names of those it took in.
    here = campaign.circulations.filter(bears(words, "unit__"), in_being(clock.today()))
    return list(here.select_related("unit").order_by("unit__path")[:MOST])


def copy_in(campaign: Campaign, code: str) -> Circulation | None:
    """One unit's copy within this campaign."""
    rows: QuerySet[Circulation] = campaign.circulations.filter(code=code)
    return rows.select_related("unit", "campaign__office__unit", "campaign__notice").first()


def contactables(copy: Circulation) -> list[Contactable]:
    """Where a one-time code can be sent: registered mail, and mobiles where the office, or one above it, has a gateway."""
    addresses = copy.unit.mail_addresses.order_by("position").values_list("address", flat=True)
    found = [Contactable(f"e{number}", number, address=address) for number, address in enumerate(addresses, 1)]
    if carrier(copy.campaign.office, Channel.SMS) is not None:
        mobiles = [contact.mobile for contact in copy.unit.contacts.order_by("position") if contact.mobile]
        found += [Contactable(f"m{number}", number, phone=mobile) for number, mobile in enumerate(mobiles, 1)]
    return found


def digits_over(copy: Circulation) -> bool:
    """Whether so many digits were tried that this copy takes no more."""
    return copy.digits_tried >= DIGIT_TRIES


def device_standing(link: Link, device: str) -> tuple[bool, bool]:
    """(seen in this browser before, seen in another one before)."""
    marks = set(Device.objects.filter(link=link).values_list("device_hash", flat=True))
    mine = crypto.ring().hash(device, "device") if device else ""
    return mine in marks, bool(marks - {mine})
