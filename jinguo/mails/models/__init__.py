"""Tables of this room: the office's mailbox, and every mail that came."""

from jinguo.mails.models.mail import Fate, Kind, Mail, MailReturn, Source, State, UnitHow
from jinguo.mails.models.mailbox import Mailbox

__all__ = ["Fate", "Kind", "Mail", "MailReturn", "Mailbox", "Source", "State", "UnitHow"]
