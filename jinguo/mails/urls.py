"""The addresses of this room."""

from django.urls import path

from jinguo.federation.gate import door
from jinguo.mails.views import box, cases, parting, tray

app_name = "mails"

_ONE = "desk/mails/<str:mail>/"
_CASE = "desk/case-mails/<str:case_mail>/"
urlpatterns = [
    path("desk/mails/", door("mail.list")(tray.tray), name="tray"),
    path(_ONE, door("mail.view")(tray.show), name="show"),
    path(_ONE + "raw/", door("mail.view")(tray.raw), name="raw"),
    path(_ONE + "parts/<int:number>/", door("mail.view")(tray.part), name="part"),
    path(_ONE + "claim/", door("mail.edit")(tray.claim), name="claim"),
    path(_ONE + "look/", door("mail.edit")(tray.look_at), name="look_at"),
    path(_ONE + "another/", door("mail.edit")(tray.another), name="another"),
    path(_ONE + "part/", door("mail.edit")(parting.part), name="part_several"),
    path(_ONE + "join/", door("mail.edit")(parting.join), name="join_several"),
    path(_ONE + "close/", door("mail.edit")(tray.close), name="close"),
    path(_ONE + "answer/", door("mail.edit")(tray.answer), name="answer"),
    path(_ONE + "case/", door("mail.edit")(tray.to_case_worker), name="to_case_worker"),
    path(_ONE + "hold/", door("mail.edit")(tray.hold), name="hold"),
    path("desk/mailbox/", door("mail.edit")(box.box), name="box"),
    path("desk/mailbox/set/", door("mail.edit")(box.set_box), name="set_box"),
    path("desk/mailbox/try/", door("mail.edit")(box.try_box), name="try_box"),
    path("desk/mailbox/end/", door("mail.edit")(box.end_box), name="end_box"),
    path("desk/mailbox/drop/", door("mail.edit")(box.drop), name="drop"),
    path("desk/case-mails/", door("case_mail.list")(cases.case_list), name="cases"),
    path(_CASE, door("case_mail.view")(cases.open_case), name="case"),
    path(_CASE + "release/", door("case_mail.edit")(cases.release), name="release"),
]
