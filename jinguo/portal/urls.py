"""The addresses of the public site that belong to no single room."""

from django.urls import path

from jinguo.federation.gate import door
from jinguo.federation.policy import VISITOR
from jinguo.portal.views import calendar, home, pages

app_name = "portal"
seen = door("portal.view", to=VISITOR)
urlpatterns = [
    path("", seen(home.home), name="home"),
    path("calendar/", seen(calendar.calendar), name="calendar"),
    path("activities.ics", seen(calendar.ics), name="ics"),
    path("activities.xml", seen(calendar.rss), name="rss"),
    path("search/", seen(pages.search), name="search"),
    path("homes/", seen(pages.homes), name="homes"),
    path("u/<str:unit>/", seen(pages.unit_page), name="unit"),
    path("u/<str:unit>/activities.ics", seen(pages.unit_ics), name="unit_ics"),
    path("themes/<str:campaign>/", seen(pages.campaign_page), name="campaign"),
    path("privacy/", seen(home.privacy), name="privacy"),
]
