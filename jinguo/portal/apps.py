from django.apps import AppConfig


class Room(AppConfig):
    name = "jinguo.portal"
    label = "portal"
