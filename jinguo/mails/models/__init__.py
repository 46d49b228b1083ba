"""Tables of this room: the office's mailbox, and every mail that came."""

from jinguo.mails.models.mail import Fate, Kind, Mail, Source, State, UnitHow
from jinguo.mails.models.mailbox import Mailbox

__all__ = ["Fate", "Kind", "Mail", "Mailbox", "Source", "State", "UnitHow"]
