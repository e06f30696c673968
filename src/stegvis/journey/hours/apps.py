from django.apps import AppConfig


class HoursApp(AppConfig):
    name = "stegvis.journey.hours"
    label = "hours"
