from django.apps import AppConfig


class IntakeApp(AppConfig):
    name = "stegvis.journey.intake"
    label = "intake"
