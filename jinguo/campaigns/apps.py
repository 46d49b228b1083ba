from django.apps import AppConfig


class Room(AppConfig):
    name = "jinguo.campaigns"
    label = "campaigns"
