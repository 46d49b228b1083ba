"""The addresses of this room: at the desk, through a unit's link, in public, behind a private link."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from jinguo.activities.views import (
    afterwards,
    again,
    arrive,
    checklist,
    day,
    guests,
    host,
    host_board,
    host_day,
    host_doors,
    host_sessions,
    join,
    papers,
    photos,
    presses,
    private,
    public,
    seats,
    sheet,
    unit,
)
from jinguo.federation.gate import STAFF, door
from jinguo.federation.policy import HOST_LINK, SIGN_UP_LINK, UNIT_LINK, VISITOR

app_name = "activities"

ONE = "activities/<str:activity>/"
DAY = ONE + "sessions/<str:session>/desk/"
SHEET = ONE + "questions/"
SEATS = ONE + "sessions/<str:session>/seats/"
# address below the door, the table's word, view, name at the desk, name through a link
BOTH: list[tuple[str, str, Callable[..., Any], str, str]] = [
    ("activities/", "activity.list", unit.activity_list, "list", "link_list"),
    ("activities/new/", "activity.create", unit.activity_create, "create", "create_from_link"),
    (ONE, "activity.view", unit.activity_page, "page", "link_page"),
    (ONE + "edit/", "activity.edit", unit.activity_edit, "edit", "link_edit"),
    (ONE + "check/", "activity.publish", unit.activity_check, "check", "link_check"),
    (ONE + "publish/", "activity.publish", unit.activity_publish, "publish", "link_publish"),
    (ONE + "cancel/", "activity.void", unit.activity_cancel, "cancel", "link_cancel"),
    (ONE + "finish/", "activity.run", unit.activity_finish, "finish", "link_finish"),
    (ONE + "again/", "activity.create", again.again, "again", "link_again"),
    (ONE + "more/", "activity.edit", again.more, "more", "link_more"),
    (
        ONE + "sessions/<str:session>/remove/",
        "activity.edit",
        again.session_remove,
        "session_remove",
        "link_session_remove",
    ),
    (ONE + "sessions/<str:session>/time/", "activity.edit", again.session_time, "session_time", "link_session_time"),
    (ONE + "sessions/<str:session>/off/", "activity.void", again.session_off, "session_off", "link_session_off"),
    (ONE + "poster.<str:form>", "activity.view", papers.poster, "poster", "link_poster"),
    (ONE + "photos/<str:photo>/", "activity.view", photos.photo, "photo", "link_photo"),
    (ONE + "story/", "activity.run", afterwards.story, "story", "link_story"),
    (ONE + "checklist/", "activity.edit", checklist.checklist, "checklist", "link_checklist"),
    (SHEET, "activity.edit", sheet.sheet, "sheet", "link_sheet"),
    (SHEET + "new/", "activity.edit", sheet.question_add, "question_add", "link_question_add"),
    (SHEET + "<str:question>/", "activity.edit", sheet.question_edit, "question_edit", "link_question_edit"),
    (SHEET + "<str:question>/move/", "activity.edit", sheet.question_move, "question_move", "link_question_move"),
    (
        SHEET + "<str:question>/retire/",
        "activity.edit",
        sheet.question_retire,
        "question_retire",
        "link_question_retire",
    ),
    (SEATS, "activity.edit", seats.seats, "seats", "link_seats"),
    (SEATS + "gates/", "activity.edit", seats.gates, "gates", "link_gates"),
    (SEATS + "new/", "activity.edit", seats.pool_add, "pool_add", "link_pool_add"),
    (SEATS + "<str:pool>/", "activity.edit", seats.pool_edit, "pool_edit", "link_pool_edit"),
    (SEATS + "<str:pool>/open/", "activity.edit", seats.pool_open, "pool_open", "link_pool_open"),
    (SEATS + "<str:pool>/remove/", "activity.edit", seats.pool_remove, "pool_remove", "link_pool_remove"),
    (DAY, "activity.run", day.day, "day", "link_day"),
    (DAY + "names.<str:form>", "signup.export", day.export, "export", "link_export"),
    (DAY + "papers/<str:paper>.<str:form>", "signup.export", papers.named, "paper", "link_paper"),
    (DAY + "presses/", "activity.run", presses.presses, "presses", "link_presses"),
    (DAY + "worker.js", "activity.run", presses.worker, "worker", "link_worker"),
    (DAY + "<str:signup>/mark/", "signup.edit", day.mark, "mark", "link_mark"),
    (DAY + "guests/new/", "signup.create", guests.add_guest, "add_guest", "link_add_guest"),
    (DAY + "<str:signup>/guest/", "signup.view", guests.guest, "guest", "link_guest"),
    (DAY + "<str:signup>/seats/", "signup.edit", guests.seat_guest, "seat_guest", "link_seat_guest"),
    (DAY + "<str:signup>/move/", "signup.edit", guests.move_guest, "move_guest", "link_move_guest"),
    (DAY + "<str:signup>/accept/", "signup.edit", guests.accept_guest, "accept_guest", "link_accept_guest"),
    (DAY + "<str:signup>/cancel/", "signup.void", guests.remove_guest, "remove_guest", "link_remove_guest"),
    (DAY + "<str:signup>/phone/", "signup.view_sensitive", guests.reveal, "reveal", "link_reveal"),
    (
        DAY + "<str:signup>/files/<str:answer>/",
        "signup.view_sensitive",
        guests.answer_file,
        "answer_file",
        "link_answer_file",
    ),
    (DAY + "walk-ins/", "activity.run", day.walk_in, "walk_in", "link_walk_in"),
    (DAY + "walk-ins/<str:walk_in>/undo/", "activity.run", day.walk_in_undo, "walk_in_undo", "link_walk_in_undo"),
    (DAY + "goods/", "activity.run", afterwards.hand_out, "hand_out", "link_hand_out"),
    (DAY + "goods/<str:goods>/undo/", "activity.run", afterwards.hand_out_undo, "hand_out_undo", "link_hand_out_undo"),
    (DAY + "headcount/", "activity.run", day.headcount, "headcount", "link_headcount"),
    (DAY + "photos/", "activity.run", day.photos, "photos", "link_photos"),
    (DAY + "photos/<str:photo>/remove/", "activity.run", day.photo_remove, "photo_remove", "link_photo_remove"),
]

VILLAGE = "<str:village>/"
SITTING = VILLAGE + "<str:held>/<str:sitting>/"
# The host's page of a village or a home: address, view, name; each at the desk, by the link of the unit above, by its own.
HOSTS: list[tuple[str, Callable[..., Any], str]] = [
    ("", host_doors.start, "start"),
    (VILLAGE, host.page, "page"),
    (VILLAGE + "say/", host.say, "say"),
    (VILLAGE + "new/", host.new, "new"),
    (VILLAGE + "board.<str:form>", host_board.board, "board"),
    (SITTING, host_day.held, "held"),
    (SITTING + "edit/", host.edit, "edit"),
    (SITTING + "publish/", host.publish, "publish"),
    (SITTING + "cancel/", host.cancel, "cancel"),
    (SITTING + "time/", host_sessions.time, "time"),
    (SITTING + "off/", host_sessions.off, "off"),
    (SITTING + "again/", host_sessions.again, "again"),
    (SITTING + "more/", host_sessions.more, "more"),
    (SITTING + "count/", host_day.count, "count"),
    (SITTING + "finish/", host_day.finish, "finish"),
    (SITTING + "photos/", host_day.photo_add, "photo_add"),
    (SITTING + "photos/<str:photo>/", host_day.photo, "photo"),
    (SITTING + "photos/<str:photo>/remove/", host_day.photo_remove, "photo_remove"),
]


def _hosts(lead: str, name: str, to: str) -> list[URLPattern]:
    """The host's pages behind one door; choosing a village is a list, all else acts for it."""
    return [
        path(lead + where, door("host.act" if where else "host.list", to=to)(view), name=f"{name}_{last}")
        for where, view, last in HOSTS
    ]


POINTS = "desk/campaigns/<str:campaign>/checklist/"

# What visitors ask for stands first: it is asked for most.
urlpatterns: list[URLPattern] = [
    path("a/<str:activity>/", door("activity.view", to=VISITOR)(public.activity_page), name="public"),
    path("a/<str:activity>/sign-up/", door("signup.create", to=VISITOR)(join.sign_up), name="sign_up"),
    path("a/<str:activity>/share.png", door("activity.view", to=VISITOR)(papers.share), name="share"),
    path("a/<str:activity>/useful/", door("signup.create", to=VISITOR)(afterwards.useful), name="useful"),
    path("a/<str:activity>/order/", door("activity.view", to=VISITOR)(public.order), name="order"),
    path(
        "a/<str:activity>/<str:session>.ics",
        door("activity.view", to=VISITOR)(public.calendar),
        name="session_calendar",
    ),
    path("p/<str:door>/", door("signup.create", to=VISITOR)(join.unit_page), name="unit_page"),
    path("p/<str:door>/sign-up/", door("signup.create", to=VISITOR)(join.unit_sign_up), name="unit_sign_up"),
    path("s/<str:link>/", door("signup.view", to=SIGN_UP_LINK)(private.sign_up_page), name="sign_up_page"),
    path("s/<str:link>/accept/", door("signup.edit", to=SIGN_UP_LINK)(private.accept), name="accept"),
    path("s/<str:link>/seats/", door("signup.edit", to=SIGN_UP_LINK)(private.seats), name="guest_seats"),
    path("s/<str:link>/move/", door("signup.edit", to=SIGN_UP_LINK)(private.move), name="guest_move"),
    path("s/<str:link>/useful/", door("signup.edit", to=SIGN_UP_LINK)(private.useful), name="guest_useful"),
    path("s/<str:link>/leave/", door("signup.void", to=SIGN_UP_LINK)(private.leave), name="leave"),
    path("s/<str:link>/calendar.ics", door("signup.view", to=SIGN_UP_LINK)(private.calendar), name="calendar"),
    path("c/<str:session>/worker.js", door("portal.view", to=VISITOR)(presses.worker), name="arrive_worker"),
    path("c/<str:session>/<str:token>/", door("portal.view", to=VISITOR)(arrive.arrive), name="arrive"),
    path("photos/<str:photo>/", door("activity.view", to=VISITOR)(photos.photo), name="photo_public"),
    path(POINTS, door("campaign.view")(checklist.points), name="points"),
    path(POINTS + "new/", door("campaign.edit")(checklist.point_add), name="point_add"),
    path(POINTS + "<str:point>/", door("campaign.edit")(checklist.point_edit), name="point_edit"),
    path(POINTS + "<str:point>/drop/", door("campaign.edit")(checklist.point_drop), name="point_drop"),
    *(path(f"desk/{where}", door(act)(view), name=name) for where, act, view, name, _linked in BOTH),
    *(
        path(f"l/<str:link>/{where}", door(act, to=UNIT_LINK)(view), name=linked)
        for where, act, view, _name, linked in BOTH
    ),
    path("desk/hosts/<str:village>/link/", door("host.give")(host_doors.door), name="host_door"),
    *_hosts("desk/hosts/", "host", STAFF),
    *_hosts("l/<str:link>/hosts/", "link_host", UNIT_LINK),
    *_hosts("h/<str:link>/", "own_host", HOST_LINK),
]
