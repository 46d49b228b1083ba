"""Who there is: offices and units, users and posts, and the links that let someone in without an account."""

from jinguo.federation.models.history import ToldApart, UnitChange
from jinguo.federation.models.kept_book import TreeImport
from jinguo.federation.models.link import Link
from jinguo.federation.models.map_place import MapPlace
from jinguo.federation.models.office import Office
from jinguo.federation.models.unit import Alias, ChatGroup, Contact, MailAddress, Unit
from jinguo.federation.models.user import Attempt, Post, User

__all__ = [
    "Alias",
    "Attempt",
    "ChatGroup",
    "Contact",
    "Link",
    "MailAddress",
    "MapPlace",
    "Office",
    "Post",
    "ToldApart",
    "TreeImport",
    "Unit",
    "UnitChange",
    "User",
]
