"""An office whose mailbox is the test's own SMTP server, and a way to put a message into its outbox."""

from collections.abc import Callable

import pytest

from jinguo.federation.models import Office
from jinguo.federation.models.office import Security
from jinguo.messages.actions import queue_message
from jinguo.messages.models import OutMessage
from tests.world import cast  # noqa: F401


@pytest.fixture
def office(cast, smtp, settings) -> Office:  # noqa: F811
    """The city's office, sending for real to the sink."""
    settings.MAIL = "smtp"
    Office.objects.filter(pk=cast.office.pk).update(
        mail_host=smtp.host, mail_port=smtp.port, mail_security=Security.PLAIN, mail_from="quan@example.org"
    )
    cast.office.refresh_from_db()
    return cast.office


@pytest.fixture
def queue(office) -> Callable[..., OutMessage]:
    """`queue("a@example.org")` puts one message into the outbox."""

    def put(to: str = "edu@example.org", subject: str = "请签收：泉妇发〔2024〕1号", **more: str) -> OutMessage:
        key = more.pop("key", f"test:{OutMessage.objects.count()}")
        body = more.pop("body", "市教育局妇委会：\n\n请签收。\n.一行以点开头\n")
        return queue_message(
            office, key=key, to=to, subject=subject, body=body, about=("circulation", "abcdefghjkmn"), **more
        )

    return put
