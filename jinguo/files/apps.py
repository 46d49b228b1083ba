from importlib import import_module

from django.apps import AppConfig


class Room(AppConfig):
    name = "jinguo.files"
    label = "files"

    def ready(self) -> None:
        import_module("jinguo.files.actions")  # registers its due work
