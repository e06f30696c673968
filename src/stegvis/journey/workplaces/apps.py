from django.apps import AppConfig


class WorkplacesApp(AppConfig):
    name = "stegvis.journey.workplaces"
    label = "workplaces"
