from importlib import import_module

from django.apps import AppConfig


class Room(AppConfig):
    name = "jinguo.activities"
    label = "activities"

    def ready(self) -> None:
        import_module("jinguo.activities.actions.host")  # registers its due work
        import_module("jinguo.activities.actions.forget")  # likewise
        import_module("jinguo.activities.actions.waiting")  # likewise
