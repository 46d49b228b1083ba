from importlib import import_module

from django.apps import AppConfig


class Room(AppConfig):
    name = "jinguo.messages"
    label = "messages"

    def ready(self) -> None:
        import_module("jinguo.messages.actions")  # registers its due work
