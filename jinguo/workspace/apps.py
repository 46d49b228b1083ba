from django.apps import AppConfig


class Room(AppConfig):
    name = "jinguo.workspace"
    label = "workspace"
