"""The addresses of this room."""

from django.urls import path

from jinguo.federation.gate import door
from jinguo.messages.views import channels, outbox

app_name = "messages"
urlpatterns = [
    path("desk/outbox/", door("message.list")(outbox.outbox), name="outbox"),
    path("desk/outbox/retry/", door("message.edit")(outbox.retry_all), name="retry_all"),
    path("desk/outbox/<str:message>/retry/", door("message.edit")(outbox.retry), name="retry"),
    path("desk/channels/", door("message.edit")(channels.channels), name="channels"),
    path("desk/channels/robots/", door("message.edit")(channels.add_robot), name="add_robot"),
    path("desk/channels/robots/<str:robot>/try/", door("message.edit")(channels.try_robot), name="try_robot"),
    path("desk/channels/robots/<str:robot>/end/", door("message.edit")(channels.end_robot), name="end_robot"),
    path("desk/channels/gateway/", door("message.edit")(channels.gateway), name="gateway"),
]
