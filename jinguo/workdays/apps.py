from django.apps import AppConfig


class Room(AppConfig):
    name = "jinguo.workdays"
    label = "workdays"
