"""The addresses of the public site that belong to no single room."""

from django.urls import path

from jinguo.federation.gate import door
from jinguo.federation.policy import VISITOR
from jinguo.portal import views

app_name = "portal"
urlpatterns = [
    path("", door("portal.view", to=VISITOR)(views.home), name="home"),
    path("privacy/", door("portal.view", to=VISITOR)(views.privacy), name="privacy"),
]
