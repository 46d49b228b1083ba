"""The addresses of this room."""

from django.urls import path

from jinguo.federation.gate import door
from jinguo.messages import views

app_name = "messages"
urlpatterns = [
    path("desk/outbox/", door("message.list")(views.outbox), name="outbox"),
    path("desk/outbox/retry/", door("message.edit")(views.retry_all), name="retry_all"),
    path("desk/outbox/<str:message>/retry/", door("message.edit")(views.retry), name="retry"),
]
