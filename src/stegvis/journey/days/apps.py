from django.apps import AppConfig


class DaysApp(AppConfig):
    name = "stegvis.journey.days"
    label = "days"
