from django.apps import AppConfig


class Room(AppConfig):
    name = "jinguo.papers"
    label = "papers"
