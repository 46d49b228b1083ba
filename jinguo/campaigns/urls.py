"""The addresses of this room: the officer's here, what a unit does with its copy in `link_urls`."""

from django.urls import include, path

from jinguo.campaigns.views import check, compare, ending, groups, plan, recipients
from jinguo.federation.gate import door

app_name = "campaigns"
_ONE = "desk/campaigns/<str:campaign>/"
_CHECK = "desk/notices/<str:notice>/check/"

urlpatterns = [
    path("", include("jinguo.campaigns.link_urls")),
    path("desk/notices/<str:notice>/plan/", door("campaign.view")(plan.of_notice), name="of_notice"),
    path(_CHECK, door("notice.view")(check.check_notice), name="check"),
    path(_CHECK + "text/", door("notice.view")(check.corrected_text), name="check_text"),
    path(_CHECK + "correct/", door("notice.create")(check.correct), name="check_correct"),
    path(_CHECK + "compare/", door("notice.view")(compare.compare_notice), name="compare"),
    path("desk/campaigns/", door("campaign.list")(plan.list_campaigns), name="list"),
    path(_ONE, door("campaign.view")(plan.view_campaign), name="view"),
    path(_ONE + "clauses/<str:clause>/", door("campaign.edit")(plan.assign), name="clause_assign"),
    path(_ONE + "take-back/", door("campaign.edit")(plan.take_back), name="take_back"),
    path(_ONE + "recipients/", door("campaign.view")(recipients.recipients), name="recipients"),
    path(_ONE + "recipients/choose/", door("campaign.edit")(recipients.choose), name="choose"),
    path(_ONE + "recipients/phrases/", door("campaign.edit")(groups.phrases), name="phrases"),
    path("desk/address-groups/", door("campaign.list")(groups.address_groups), name="address_groups"),
    path(
        "desk/address-groups/<str:address_group>/drop/",
        door("campaign.edit")(groups.address_group_drop),
        name="address_group_drop",
    ),
    path(_ONE + "sign-due/", door("campaign.edit")(recipients.sign_due), name="sign_due"),
    path(_ONE + "end/", door("campaign.edit")(ending.end), name="end"),
    path(_ONE + "resume/", door("campaign.edit")(ending.resume), name="resume"),
    path(_ONE + "issue/", door("notice.issue")(recipients.issue), name="issue"),
]
