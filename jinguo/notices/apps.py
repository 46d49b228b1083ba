from django.apps import AppConfig


class Room(AppConfig):
    name = "jinguo.notices"
    label = "notices"
