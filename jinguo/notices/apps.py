from django.apps import AppConfig


class Room(AppConfig):
    name = "jinguo.notices"
    label = "notices"

    def ready(self) -> None:
        from jinguo.notices import actions  # noqa: F401  registers the due work of this room
