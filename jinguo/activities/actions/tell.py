"""Telling guests: a row in the outbox by the way each has chosen, in the transaction of what happened."""

from django.conf import settings
from django.utils import translation

from jinguo.activities.letters import Happening, subject_of, text_of
from jinguo.activities.models import SignUp
from jinguo.activities.models.sign_up import Reach
from jinguo.activities.rules import awake
from jinguo.federation.actions.links import address_of
from jinguo.lib import clock
from jinguo.messages.actions import queue_message
from jinguo.messages.models import Channel, OutMessage
from jinguo.messages.queries import carrier

# The answer to what she did or asked for just now: also at night.
PROMPT = {Happening.CONFIRMED, Happening.WAITING, Happening.CHANGED, Happening.SEATS, Happening.REMOVED}


def tell(sign_up: SignUp, happening: Happening, *, about: str = "") -> OutMessage | None:
    """Queue one message to one guest; None when she looks for herself or no office above can send.

    Args:
        sign_up: read with pool, session, activity, office and person.
        about: what tells this message from another of the same happening, e.g. the new start.
    """
    if sign_up.reach == Reach.NONE or not sign_up.link_secret_sealed:
        return None
    channel = Channel.SMS if sign_up.reach == Reach.SMS else Channel.EMAIL
    office = carrier(sign_up.pool.session.activity.office, channel)
    to = sign_up.person.phone if channel == Channel.SMS else sign_up.email
    if office is None or not to:
        return None
    address = settings.URL + address_of(sign_up.link_secret, "activities:sign_up_page")
    moment = clock.now()
    with translation.override(settings.LANGUAGE_CODE):  # what is sent is Chinese, whoever's press caused it
        subject = subject_of(sign_up, happening) if channel == Channel.EMAIL else ""
        body = text_of(sign_up, happening, address)
    return queue_message(
        office, key=f"signup:{sign_up.code}:{happening}{about and ':'}{about}", to=to, subject=subject, body=body,
        about=("sign_up", sign_up.code), channel=channel, next_at=moment if happening in PROMPT else awake(moment),
    )  # fmt: skip
