"""The addresses of this room."""

from django.urls import path

from jinguo.federation.gate import door
from jinguo.federation.policy import VISITOR
from jinguo.ops import views

app_name = "ops"
urlpatterns = [
    path("health/", door("portal.view", to=VISITOR)(views.health), name="health"),
    path("desk/system/", door("system.view")(views.system), name="system"),
    path("demo/mailbox/", door("portal.view", to=VISITOR)(views.mailbox), name="mailbox"),
]
