"""Addresses of the ui app, under the namespace `ui`."""

from django.urls import path

from jinguo.ui import views

app_name = "ui"

urlpatterns = [
    path("language/", views.language, name="language"),
    path("theme/", views.theme, name="theme"),
]
