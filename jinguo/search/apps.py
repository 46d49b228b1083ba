from django.apps import AppConfig


class Room(AppConfig):
    name = "jinguo.search"
    label = "search"
