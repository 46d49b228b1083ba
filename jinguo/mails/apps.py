from importlib import import_module

from django.apps import AppConfig


class Room(AppConfig):
    name = "jinguo.mails"
    label = "mails"

    def ready(self) -> None:
        for module in ("fetching", "settling", "forgetting"):
            import_module(f"jinguo.mails.actions.{module}")  # registers its due work
