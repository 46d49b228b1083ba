from importlib import import_module

from django.apps import AppConfig


class Room(AppConfig):
    name = "jinguo.campaigns"
    label = "campaigns"

    def ready(self) -> None:
        import_module("jinguo.campaigns.actions.delivery")  # register their due work
        import_module("jinguo.campaigns.actions.reminders")
        import_module("jinguo.campaigns.actions.slips")
