"""The addresses of this room: at the desk, through a unit's link, in public, behind a private link."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from jinguo.federation.gate import door
from jinguo.federation.policy import SIGN_UP_LINK, UNIT_LINK, VISITOR
from jinguo.stations.views import host, keep, public, sheet

app_name = "stations"
ONE = "stations/<str:station>/"
BOOKINGS = ONE + "bookings/"
# address below the door, the table's word, view, name
BOTH: list[tuple[str, str, Callable[..., Any], str]] = [
    ("stations/", "station.list", keep.station_list, "list"),
    ("stations/new/", "station.create", keep.station_create, "create"),
    (ONE, "station.view", keep.station_page, "page"),
    (ONE + "edit/", "station.edit", keep.station_edit, "edit"),
    (ONE + "end/", "station.void", keep.station_end, "end"),
    (ONE + "odd-days/", "station.edit", keep.odd_days, "odd_days"),
    (ONE + "odd-days/<str:odd>/remove/", "station.edit", keep.odd_days_remove, "odd_days_remove"),
    (BOOKINGS, "signup.list", host.bookings, "bookings"),
    (BOOKINGS + "new/", "signup.create", host.book_for, "book_for"),
    (BOOKINGS + "<str:booking>/mark/", "signup.edit", host.mark, "mark"),
    (BOOKINGS + "<str:booking>/cancel/", "signup.void", host.cancel, "cancel"),
    (BOOKINGS + "<str:booking>/phone/", "signup.view_sensitive", host.reveal, "reveal"),
]

urlpatterns: list[URLPattern] = [
    path(ONE, door("station.view", to=VISITOR)(public.station_page), name="public"),
    path(ONE + "book/", door("signup.create", to=VISITOR)(public.book), name="book"),
    path("s/<str:link>/time/", door("signup.edit", to=SIGN_UP_LINK)(public.change), name="change"),
    path("desk/stations/sheet.xlsx", door("station.list")(sheet.stations_export), name="export"),
    path("desk/stations/import/", door("station.create")(sheet.stations_import), name="import"),
    path("desk/stations/import/<str:station_import>/", door("station.create")(sheet.import_view), name="import_view"),
    path(
        "desk/stations/import/<str:station_import>/write/",
        door("station.create")(sheet.import_write),
        name="import_write",
    ),
    path(
        "desk/stations/import/<str:station_import>/drop/", door("station.create")(sheet.import_drop), name="import_drop"
    ),
    *(path(f"desk/{where}", door(act)(view), name=name) for where, act, view, name in BOTH),
    *(
        path(f"l/<str:link>/{where}", door(act, to=UNIT_LINK)(view), name=f"link_{name}")
        for where, act, view, name in BOTH
    ),
]
