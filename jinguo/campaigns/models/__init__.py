"""The confirmed plan and everybody's duty in it: campaign, clause, addressee, circulation, ask, obligation."""

from jinguo.campaigns.models.address_group import AddressGroup, AddressGroupUnit
from jinguo.campaigns.models.campaign import Addressee, AddresseeUnit, Campaign, Clause
from jinguo.campaigns.models.circulation import Burden, Circulation
from jinguo.campaigns.models.obligation import Ask, Obligation

__all__ = [
    "AddressGroup",
    "AddressGroupUnit",
    "Addressee",
    "AddresseeUnit",
    "Ask",
    "Burden",
    "Campaign",
    "Circulation",
    "Clause",
    "Obligation",
]
