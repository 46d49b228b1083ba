"""The addresses of this room."""

from django.urls import include, path

app_name = "campaigns"
urlpatterns = [path("", include("jinguo.campaigns.link_urls"))]
