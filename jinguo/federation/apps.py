from django.apps import AppConfig


class Room(AppConfig):
    name = "jinguo.federation"
    label = "federation"
