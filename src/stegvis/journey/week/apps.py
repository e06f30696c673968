from django.apps import AppConfig


class WeekApp(AppConfig):
    name = "stegvis.journey.week"
    label = "week"
