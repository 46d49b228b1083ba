from importlib import import_module

from django.apps import AppConfig


class Room(AppConfig):
    name = "jinguo.journal"
    label = "journal"

    def ready(self) -> None:
        import_module("jinguo.journal.actions")  # registers its due work
