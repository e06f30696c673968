from django.apps import AppConfig


class StandingApp(AppConfig):
    name = "stegvis.journey.standing"
    label = "standing"
