from django.apps import AppConfig


class WorkApp(AppConfig):
    name = "stegvis.journey.work"
    label = "work"
