from django.apps import AppConfig


class ScreeningApp(AppConfig):
    name = "stegvis.journey.screening"
    label = "screening"
