from django.apps import AppConfig


class BoardsApp(AppConfig):
    name = "stegvis.learning.boards"
    label = "boards"
