from django.apps import AppConfig


class FloorApp(AppConfig):
    name = "stegvis.config.bench.floor"
    label = "floor"
