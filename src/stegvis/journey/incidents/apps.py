from django.apps import AppConfig


class IncidentsApp(AppConfig):
    name = "stegvis.journey.incidents"
    label = "incidents"
