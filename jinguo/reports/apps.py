from importlib import import_module

from django.apps import AppConfig


class Room(AppConfig):
    name = "jinguo.reports"
    label = "reports"

    def ready(self) -> None:
        import_module("jinguo.reports.actions.forgetting")  # registers its due work
        import_module("jinguo.reports.figures")  # registers the chain's own figures
