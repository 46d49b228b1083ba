"""The paper of a notice that passes another on, written anew from its clauses whenever they change."""

from datetime import date

from jinguo.campaigns import local_paper
from jinguo.campaigns.models import Campaign
from jinguo.journal import actions as journal
from jinguo.notices.actions.local import Paper, rewrite_notice


def paper_of(campaign: Campaign, *, signed_on: date | None = None) -> Paper:
    """What the paper says now."""
    clauses, asks = list(campaign.clauses.order_by("position")), list(campaign.asks.order_by("pk"))
    words = local_paper.words_of(campaign, clauses, asks)
    return Paper(
        title=campaign.title,
        doc_number=campaign.doc_number,
        data=local_paper.docx_of(campaign, words, signed_on=signed_on),
        text=local_paper.text_of(campaign, words, signed_on=signed_on),
    )


def put_paper(campaign: Campaign, *, by: journal.Actor, signed_on: date | None = None) -> None:
    """Let the notice's file and text say what its clauses say. Inside the caller's transaction."""
    rewrite_notice(campaign.notice, paper_of(campaign, signed_on=signed_on), by=by)
