from django.apps import AppConfig


class MotivationApp(AppConfig):
    name = "stegvis.journey.motivation"
    label = "motivation"
