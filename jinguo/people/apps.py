from importlib import import_module

from django.apps import AppConfig


class Room(AppConfig):
    name = "jinguo.people"
    label = "people"

    def ready(self) -> None:
        import_module("jinguo.people.actions")  # registers its due work
