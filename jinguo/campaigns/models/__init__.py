"""The confirmed plan and everybody's duty in it: campaign, clause, addressee, circulation, ask, obligation."""

from jinguo.campaigns.models.address_group import AddressGroup, AddressGroupUnit
from jinguo.campaigns.models.asking import ExtensionRequest
from jinguo.campaigns.models.campaign import Addressee, AddresseeUnit, Campaign, Clause
from jinguo.campaigns.models.circulation import Burden, Circulation
from jinguo.campaigns.models.entrance import Device, Entrance, GroupDoor, OneTimeCode
from jinguo.campaigns.models.feed import Feed
from jinguo.campaigns.models.obligation import Ask, Obligation, ProxyReport
from jinguo.campaigns.models.own_event import OwnEvent
from jinguo.campaigns.models.reminding import Call, Digest, Nudge, Step
from jinguo.campaigns.models.slip_run import SlipPart, SlipRun

__all__ = [
    "AddressGroup", "AddressGroupUnit", "Addressee", "AddresseeUnit", "Ask", "Burden", "Call", "Campaign", "Circulation",
    "Clause", "Device", "Digest", "Entrance", "ExtensionRequest", "Feed", "GroupDoor", "Nudge", "Obligation",
    "OneTimeCode", "OwnEvent", "ProxyReport", "SlipPart", "SlipRun", "Step",
]  # fmt: skip
