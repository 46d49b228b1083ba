from django.apps import AppConfig


class Room(AppConfig):
    name = "jinguo.activities"
    label = "activities"
