"""The addresses of this room. A unit's pages stand at two doors: its link, and its own desk."""

from django.urls import URLPattern, path

from jinguo.federation.gate import door
from jinguo.federation.policy import UNIT_LINK
from jinguo.reports.views import coverage, deeds, desk, duty, figures, proxy, same, sheet, summaries, supplements, unit

app_name = "reports"

# name, below `l/<link>/` and `desk/`, act, view
UNIT_PAGES = (
    ("list", "reports/", "our-reports/", "return.list", unit.my_reports),
    ("new", "reports/new/", "our-reports/new/", "return.create", sheet.new),
    ("show", "reports/<str:report>/", "our-reports/<str:report>/", "return.list", unit.show),
    ("edit", "reports/<str:report>/edit/", "our-reports/<str:report>/edit/", "return.edit", sheet.edit),
    ("withdraw", "reports/<str:report>/withdraw/", "our-reports/<str:report>/withdraw/", "return.edit", unit.withdraw),
    ("discard", "reports/<str:report>/discard/", "our-reports/<str:report>/discard/", "return.edit", unit.discard),
    ("zero", "obligations/<str:obligation>/zero/", "our-obligations/<str:obligation>/zero/", "obligation.report", unit.zero),
)  # fmt: skip

urlpatterns: list[URLPattern] = []
for name, by_link, at_desk, act, view in UNIT_PAGES:
    urlpatterns += [
        path(
            f"l/<str:link>/{by_link}",
            door(act, to=UNIT_LINK)(view),
            name="from_link" if name == "new" else f"link_{name}",
        ),
        path(f"desk/{at_desk}", door(act)(view), name=f"our_{name}"),
    ]

urlpatterns += [
    path("desk/reports/", door("return.list")(desk.tray), name="tray"),
    path("desk/reports/<str:report>/", door("return.view")(desk.review), name="review"),
    path("desk/reports/<str:report>/photos/<str:photo>/", door("return.view")(desk.photo), name="photo"),
    path("desk/reports/<str:report>/accept/", door("return.accept")(desk.accept), name="accept"),
    path("desk/reports/<str:report>/send-back/", door("return.send_back")(desk.send_back), name="send_back"),
    path("desk/reports/<str:report>/undo/", door("return.accept")(desk.undo), name="undo_accept"),
    path("desk/reports/<str:report>/help/", door("return.send_back")(desk.help), name="help"),
    path("desk/reports/<str:report>/same/", door("return.accept")(same.same), name="same"),
    path("desk/reports/<str:report>/adopt/", door("return.accept")(same.adopt), name="adopt"),
    path("desk/obligations/<str:obligation>/", door("obligation.view")(duty.duty), name="duty"),
    path("desk/obligations/<str:obligation>/proxy/", door("obligation.proxy")(proxy.report_for), name="proxy"),
    path("desk/campaigns/<str:campaign>/figures/", door("campaign.view")(figures.figures), name="figures"),
    path("desk/campaigns/<str:campaign>/deeds/", door("campaign.view")(deeds.register), name="deeds"),
    path("desk/campaigns/<str:campaign>/deeds/add/", door("campaign.edit")(deeds.add), name="add_deed"),
    path("desk/campaigns/<str:campaign>/deeds/drop/", door("campaign.edit")(deeds.drop), name="drop_deed"),
    path("desk/campaigns/<str:campaign>/coverage/", door("campaign.view")(coverage.coverage), name="coverage"),
]

_ONE = "desk/summaries/<str:summary>/"
urlpatterns += [
    path("desk/summaries/", door("summary.list")(summaries.summary_list), name="summaries"),
    path("desk/campaigns/<str:campaign>/summary/", door("summary.create")(summaries.start), name="start_summary"),
    path(_ONE, door("summary.view")(summaries.show), name="summary"),
    path(_ONE + "sentences/<int:number>/", door("summary.view")(summaries.sentence), name="sentence"),
    path(_ONE + "renew/", door("summary.edit")(summaries.renew), name="renew"),
    path(_ONE + "submit/", door("summary.edit")(summaries.submit), name="submit"),
    path(_ONE + "give-back/", door("summary.approve")(summaries.give_back), name="give_back"),
    path(_ONE + "approve/", door("summary.approve")(summaries.approve), name="approve"),
    path(_ONE + "docx/", door("summary.export")(summaries.docx), name="docx"),
    path(_ONE + "supplement/", door("summary.edit")(supplements.start), name="start_supplement"),
    path(_ONE + "supplements/<int:number>/", door("summary.view")(supplements.show), name="supplement"),
    path(_ONE + "supplements/<int:number>/drop/", door("summary.edit")(supplements.drop), name="drop_supplement"),
    path(
        _ONE + "supplements/<int:number>/approve/",
        door("summary.approve")(supplements.approve),
        name="approve_supplement",
    ),
    path(_ONE + "supplements/<int:number>/docx/", door("summary.export")(supplements.docx), name="supplement_docx"),
]
