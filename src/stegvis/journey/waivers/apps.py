from django.apps import AppConfig


class WaiversApp(AppConfig):
    name = "stegvis.journey.waivers"
    label = "waivers"
