"""The world of the corpus: a notice issued to five units, three asks, letters of ours that mails answer, a trusted server."""

import random
from datetime import UTC, datetime

from jinguo.campaigns.models import Ask, Campaign, Circulation, Obligation
from jinguo.campaigns.models.obligation import AskKind
from jinguo.lib import clock
from jinguo.mails.actions.boxes import set_mailbox
from jinguo.mails.actions.keeping import keep_mail
from jinguo.mails.models import Mail, Source
from jinguo.messages.actions import queue_message
from jinguo.messages.models import Delivery, OutMessage
from tests.data.mails import CORPUS
from tests.data.mails.writing import THREADS, TOKENS, Expected
from tests.issued import UNITS, copy_of, issue
from tests.world import BY, Cast

RECEIVED = datetime(2024, 3, 10, 2, 0, tzinfo=UTC)


def set_stage(cast: Cast) -> Campaign:
    """Everything the corpus speaks of."""
    campaign = issue(cast)
    ask = Ask.objects.create(campaign=campaign, kind=AskKind.DATED, title="活动情况汇总表")
    Obligation.objects.bulk_create(Obligation(ask=ask, unit=cast.units[key]) for key in UNITS)
    for key, message_id in THREADS.items():
        copy = copy_of(campaign, cast.units[key])
        row = queue_message(
            cast.office, key=f"notice:{key}", to=f"{key.replace('.', '-')}@example.org", subject="请签收", body="x",
            about=("circulation", copy.code), token=TOKENS[key],
        )  # fmt: skip
        OutMessage.objects.filter(pk=row.pk).update(message_id=message_id, state=Delivery.SENT)
    Circulation.objects.filter(campaign=campaign).update(queued_at=clock.now())
    set_mailbox(
        cast.office, by=cast.users["officer"], address="quan@example.org", host="imap.example.org", port=993, security="tls",
        user="quan@example.org", secret="secret", trusted="mx.example.org",
    )  # fmt: skip
    return campaign


def keep_corpus(cast: Cast, seed: int | None = None, every: int = 1) -> dict[str, Expected]:
    """Keep every mail (or every n-th), in the corpus's order or shuffled; code of the mail → what is expected.

    The servers took them in the corpus's order, a minute apart.
    """
    numbered = list(enumerate(CORPUS))[::every]
    if seed is not None:
        random.Random(seed).shuffle(numbered)
    found = {}
    for number, expected in numbered:
        at = RECEIVED.replace(hour=2 + number // 60, minute=number % 60)
        found[keep_mail(cast.office, expected.raw, received_at=at, source=Source.IMAP, by=BY).code] = expected
    return found


def outcome() -> list[tuple[object, ...]]:
    """What became of everything, without codes that are drawn anew each time."""
    rows = Mail.objects.order_by("sha256").select_related("unit", "given__current")
    return [
        (
            row.sha256,
            row.state,
            row.kind,
            row.fate,
            str(row.unit),
            row.given and row.given.current.title,
            row.understood_text,
        )
        for row in rows
    ]
