from importlib import import_module

from django.apps import AppConfig


class Room(AppConfig):
    name = "jinguo.federation"
    label = "federation"

    def ready(self) -> None:
        import_module("jinguo.federation.actions.sign_in")  # registers its due work
        import_module("jinguo.federation.actions.tree_import")
