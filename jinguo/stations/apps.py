from django.apps import AppConfig


class Room(AppConfig):
    name = "jinguo.stations"
    label = "stations"
