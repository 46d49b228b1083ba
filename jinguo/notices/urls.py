"""The addresses of this room."""

from django.urls import path

from jinguo.federation.gate import door
from jinguo.notices.views import adding, answers, items, notices, taking_back

app_name = "notices"
_ONE = "desk/notices/<str:notice>/"
_ITEM = _ONE + "items/<str:item>/"

urlpatterns = [
    path("desk/notices/", door("notice.list")(notices.list_notices), name="list"),
    path("desk/notices/new/", door("notice.create")(notices.new_notice), name="new"),
    path(_ONE, door("notice.view")(notices.view_notice), name="view"),
    path(_ONE + "file/", door("notice.view")(notices.download_notice), name="file"),
    path(_ONE + "reread/", door("notice.create")(notices.reread_notice), name="reread"),
    path(_ONE + "void/", door("notice.void")(notices.void_notice), name="void"),
    path(_ONE + "confirm-all/", door("notice.confirm")(items.confirm_all), name="confirm_all"),
    path(_ONE + "answer/", door("notice.confirm")(answers.answer), name="answer"),
    path(_ONE + "seen/", door("notice.confirm")(answers.mark_seen), name="seen"),
    path(_ONE + "items/new/", door("notice.confirm")(adding.add), name="item_add"),
    path(_ONE + "as-notice/", door("notice.confirm")(answers.as_notice), name="as_notice"),
    path(_ONE + "undo/", door("notice.confirm")(taking_back.take_back), name="take_back"),
    path(_ITEM + "confirm/", door("notice.confirm")(items.confirm), name="item_confirm"),
    path(_ITEM + "edit/", door("notice.confirm")(items.edit), name="item_edit"),
    path(_ITEM + "reject/", door("notice.confirm")(items.reject), name="item_reject"),
    path(_ITEM + "undo/", door("notice.confirm")(items.undo), name="item_undo"),
    path(_ITEM + "flip/", door("notice.confirm")(items.flip), name="item_flip"),
    path(_ITEM + "split/", door("notice.confirm")(items.split), name="item_split"),
    path(_ITEM + "merge/", door("notice.confirm")(items.merge), name="item_merge"),
]
