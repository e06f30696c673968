from django.apps import AppConfig


class StepsApp(AppConfig):
    name = "stegvis.journey.steps"
    label = "steps"
