from django.apps import AppConfig


class Room(AppConfig):
    name = "jinguo.ops"
    label = "ops"
