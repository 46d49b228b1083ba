"""An office with a notice issued, and its mailbox on the test's own IMAP server."""

from collections.abc import Callable
from datetime import datetime

import pytest

from jinguo.lib import clock
from jinguo.mails.actions.boxes import set_mailbox
from jinguo.mails.actions.keeping import keep_mail
from jinguo.mails.actions.settling import read_mails
from jinguo.mails.models import Mail, Mailbox, Source
from tests.issued import campaign  # noqa: F401
from tests.services.imap import Mailbox as Server
from tests.world import BY, Cast, cast  # noqa: F401


@pytest.fixture
def box(cast: Cast, imap: Server, settings) -> Mailbox:  # noqa: F811
    """The city's mailbox, set up by its officer."""
    settings.MAIL = "smtp"
    return set_mailbox(
        cast.office, by=cast.users["officer"], address=imap.user, host=imap.host, port=imap.port, security="plain",
        user=imap.user, secret=imap.password,
    )  # fmt: skip


@pytest.fixture
def take(cast: Cast) -> Callable[..., Mail]:  # noqa: F811
    """`take(raw)` keeps a mail as if it had been fetched, and reads everything that waits."""

    def keep_and_read(raw: bytes, received_at: datetime | None = None) -> Mail:
        mail = keep_mail(cast.office, raw, received_at=received_at or clock.now(), source=Source.IMAP, by=BY)
        read_mails()
        return Mail.objects.get(pk=mail.pk)

    return keep_and_read
