from django.apps import AppConfig


class BackgroundApp(AppConfig):
    name = "stegvis.journey.background"
    label = "background"
