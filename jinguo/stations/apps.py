from importlib import import_module

from django.apps import AppConfig


class Room(AppConfig):
    name = "jinguo.stations"
    label = "stations"

    def ready(self) -> None:
        import_module("jinguo.stations.actions.importing")  # registers its due work
