from django.apps import AppConfig


class MappingApp(AppConfig):
    name = "stegvis.journey.mapping"
    label = "mapping"
