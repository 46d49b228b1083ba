"""What stands on every slip (签收单) of a campaign; papers speak Chinese whatever language the officer reads."""

from django.utils import translation
from django.utils.translation import gettext as _

from jinguo.campaigns.dues import sign_due
from jinguo.campaigns.letters import LANGUAGE
from jinguo.campaigns.models import Campaign
from jinguo.campaigns.slips import Words


def slip_words(campaign: Campaign) -> Words:
    """The notice, until when to sign, the lines to fill in, and who sent it."""
    with translation.override(LANGUAGE):
        number = f"（{campaign.doc_number}）" if campaign.doc_number else ""
        due = sign_due(campaign.sign_due_at, campaign.sign_due_origin)
        office = campaign.office
        return Words(
            title=_("签收单"), heading=_("签收单"), notice=f"{campaign.title}{number}",
            due=_("签收：%(due)s") % {"due": due.text}, signer=_("签收人"), when=_("时间"), scan=_("扫码签收，只给本单位"),
            office=" · ".join(part for part in (office.unit.name, office.phone) if part),
        )  # fmt: skip
