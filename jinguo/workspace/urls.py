"""The addresses of this room."""

from django.urls import path

from jinguo.federation.gate import door
from jinguo.federation.policy import UNIT_LINK, VISITOR
from jinguo.workspace.views import (
    board,
    duties,
    feeds,
    home,
    layers,
    matters,
    own_events,
    places,
    search,
    unit,
    waits,
    wall,
)

app_name = "workspace"
urlpatterns = [
    path("desk/", door("desk.view")(home.today), name="today"),
    path("desk/search/", door("desk.view")(search.search), name="search"),
    path("desk/board/", door("campaign.list")(board.boards), name="boards"),
    path("desk/board/<str:campaign>/", door("campaign.view")(board.overview), name="board"),
    path("desk/board/<str:campaign>/asks/", door("campaign.view")(board.asks), name="board_asks"),
    path("desk/board/<str:campaign>/waits/", door("campaign.view")(waits.waits), name="board_waits"),
    path("desk/board/<str:campaign>/signing/", door("campaign.view")(board.signing), name="board_signing"),
    path("desk/board/<str:campaign>/reporting/", door("campaign.view")(board.reporting), name="board_reporting"),
    path("desk/board/<str:campaign>/places/", door("campaign.view")(places.places), name="board_places"),
    path("desk/board/<str:campaign>/wall/", door("campaign.view")(wall.wall), name="board_wall"),
    path("desk/board/<str:campaign>/download/", door("campaign.view")(wall.download), name="board_download"),
    path("desk/board/<str:campaign>/layers/", door("campaign.view")(layers.layers), name="board_layers"),
    path("desk/board/<str:campaign>/events/", door("campaign.view")(own_events.events), name="board_events"),
    path(
        "desk/board/<str:campaign>/events/<str:clause>/",
        door("campaign.edit")(own_events.settle),
        name="board_event",
    ),
    path("desk/units/<str:unit>/matters/", door("unit.view")(matters.matters), name="matters"),
    path("desk/received/<str:circulation>/", door("circulation.sign")(unit.received), name="received"),
    path("desk/our-duties/", door("obligation.report")(duties.duties), name="duties"),
    path("desk/our-calendar/<str:unit>/", door("obligation.report")(feeds.settings_page), name="calendar"),
    path("l/<str:link>/calendar/", door("obligation.report", to=UNIT_LINK)(feeds.settings_page), name="link_calendar"),
    path("cal/<str:feed>.ics", door("portal.view", to=VISITOR)(feeds.feed), name="feed"),
    path("l/<str:link>/duties/", door("obligation.list", to=UNIT_LINK)(duties.duties), name="link_duties"),
    path("l/<str:link>/", door("circulation.view", to=UNIT_LINK)(unit.link_page), name="link"),
]
