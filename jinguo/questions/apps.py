from django.apps import AppConfig


class Room(AppConfig):
    name = "jinguo.questions"
    label = "questions"
