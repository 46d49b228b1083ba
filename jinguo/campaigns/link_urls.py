"""What a unit does with its copy of a notice, behind its link and at its own desk; and the officer's page of one copy."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, path

from jinguo.campaigns.views import circulation, extensions, forwarding, group, link, phone, proxy, slips, spread
from jinguo.federation.gate import door
from jinguo.federation.policy import UNIT_LINK, VISITOR

ACTS = [
    ("sign", link.sign, "circulation.sign"),
    ("seen", link.seen, "circulation.sign"),
    ("send-back", link.send_back, "circulation.send_back"),
    ("take-again", link.take_again, "circulation.send_back"),
    ("burden", link.burden, "circulation.send_back"),
    ("original", link.original, "circulation.view"),
    ("above", link.above, "circulation.view"),
    ("forward", forwarding.forward, "circulation.forward"),
]


def _two_doors(name: str, view: Callable[..., HttpResponse], act: str) -> list[URLPattern]:
    """The same act behind the link and at the desk: `campaigns:link_sign`, `campaigns:received_sign`."""
    word = name.replace("-", "_")
    return [
        path(f"l/<str:link>/{name}/", door(act, to=UNIT_LINK)(view), name=f"link_{word}"),
        path(f"desk/received/<str:circulation>/{name}/", door(act)(view), name=f"received_{word}"),
    ]


_SLIPS = "desk/campaigns/<str:campaign>/slips/<str:slip_run>/"
_COPY = "desk/circulations/<str:circulation>/"

urlpatterns = [
    path("desk/received/<str:circulation>/local/", door("circulation.forward")(forwarding.begin), name="begin_local"),
    path("desk/received/<str:circulation>/below/", door("circulation.forward")(forwarding.below), name="below"),
    path("desk/campaigns/<str:campaign>/local/", door("campaign.view")(forwarding.local), name="local"),
    path("desk/campaigns/<str:campaign>/local/drop/", door("campaign.edit")(forwarding.drop), name="local_drop"),
    path(f"{_COPY}layer/", door("circulation.view")(forwarding.layer), name="layer"),
    path(f"{_COPY}sign-for/", door("obligation.proxy")(proxy.sign_for), name="sign_for"),
    *[pattern for act in ACTS for pattern in _two_doors(*act)],
    path(
        "desk/circulations/<str:circulation>/",
        door("circulation.view")(circulation.circulation_page),
        name="circulation",
    ),
    path(
        "desk/circulations/<str:circulation>/phone/",
        door("circulation.assign")(circulation.sign_by_phone),
        name="circulation_phone",
    ),
    path(
        "desk/circulations/<str:circulation>/reissue/",
        door("circulation.assign")(circulation.reissue),
        name="circulation_reissue",
    ),
    path(
        "desk/circulations/<str:circulation>/revoke/",
        door("circulation.assign")(circulation.revoke),
        name="circulation_revoke",
    ),
    path("desk/burdens/<str:burden>/heard/", door("circulation.assign")(circulation.hear), name="burden_heard"),
    path(
        "l/<str:link>/obligations/<str:obligation>/extension/",
        door("obligation.report", to=UNIT_LINK)(extensions.ask),
        name="link_extension",
    ),
    path(
        "desk/our-obligations/<str:obligation>/extension/",
        door("obligation.report")(extensions.ask),
        name="extension",
    ),
    path("desk/extensions/<str:extension>/", door("obligation.edit")(extensions.answer), name="extension_answer"),
    path("desk/phone/", door("circulation.assign")(phone.phone_list), name="phone_list"),
    path("desk/circulations/<str:circulation>/call/", door("circulation.assign")(phone.log_call), name="call"),
    path("desk/circulations/<str:circulation>/nudge/", door("circulation.assign")(phone.nudge), name="nudge"),
    path(
        "desk/circulations/<str:circulation>/take-signature-back/",
        door("circulation.assign")(spread.take_signature_back),
        name="take_signature_back",
    ),
    path("desk/campaigns/<str:campaign>/spread/", door("campaign.view")(spread.page), name="spread"),
    path("desk/campaigns/<str:campaign>/spread/door/", door("campaign.edit")(spread.open_door), name="group_door"),
    path("desk/campaigns/<str:campaign>/spread/letters/", door("notice.issue")(spread.letters_now), name="letters_now"),
    path(
        "desk/campaigns/<str:campaign>/spread/<str:robot>/",
        door("campaign.edit")(spread.post),
        name="announce",
    ),
    path("desk/campaigns/<str:campaign>/sheets/", door("campaign.edit")(spread.sheets), name="sheets"),
    path("desk/campaigns/<str:campaign>/sheets/pdf/", door("campaign.edit")(slips.make), name="sheets_pdf"),
    path(_SLIPS, door("campaign.edit")(slips.waiting), name="slips"),
    path(_SLIPS + "file/", door("campaign.edit")(slips.download), name="slips_file"),
    path("l/<str:link>/short-code/", door("circulation.sign", to=UNIT_LINK)(link.short_code), name="link_short_code"),
    path("c/", door("portal.view", to=VISITOR)(group.typed_code), name="typed_code"),
    path("g/<str:group>/", door("portal.view", to=VISITOR)(group.find), name="group"),
    path("g/<str:group>/<str:circulation>/", door("portal.view", to=VISITOR)(group.unit), name="group_unit"),
]
