from django.apps import AppConfig


class Room(AppConfig):
    name = "jinguo.ui"
    label = "ui"
