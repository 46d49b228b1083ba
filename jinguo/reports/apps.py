from django.apps import AppConfig


class Room(AppConfig):
    name = "jinguo.reports"
    label = "reports"
