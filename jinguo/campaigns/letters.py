"""The letter that brings a unit its link: who asks, what, until when, the one address, and how to send it back."""

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from jinguo.campaigns.dues import ask_due, sign_due
from jinguo.campaigns.models import Ask, Campaign
from jinguo.federation.models import Link, Office, Unit
from jinguo.lib import clock
from jinguo.ui import dates

LANGUAGE = "zh-hans"  # letters of an office to its units, whatever language the worker's machine speaks


@dataclass(frozen=True)
class Letter:
    """Subject and plain text of one e-mail."""

    subject: str
    body: str


def circulation_letter(
    campaign: Campaign, unit: Unit, *, link: Link, address: str, token: str, asks: list[Ask]
) -> Letter:
    """The letter for one unit.

    Args:
        address: the path behind the link; it holds the secret.
        token: stands in the subject, so that an answer finds its matter.
    """
    office: Office = campaign.office
    with translation.override(LANGUAGE):
        subject = _("请签收：%(title)s") % {"title": f"{campaign.doc_number} {campaign.title}".strip()}
        facts = {
            "campaign": campaign,
            "unit": unit,
            "office": office,
            "sign": sign_due(campaign.sign_due_at, campaign.sign_due_origin),
            "asks": [(ask, ask_due(ask)) for ask in asks],
            "address": f"{settings.URL}{address}",
            "last_day": dates.day_text(clock.local(link.expires_at).date(), clock.today()),
        }
        body = render_to_string("campaigns/mail_circulation.txt", facts)
    return Letter(f"{_shortened(subject)} [{token}]", body)


def _shortened(subject: str) -> str:
    """Mail programs show a line; what is longer is cut here rather than anywhere."""
    return subject if len(subject) <= 100 else subject[:99] + "…"
