"""Django's entry for the ui app. It has no models."""

from django.apps import AppConfig


class Room(AppConfig):
    name = "jinguo.ui"
    label = "ui"
