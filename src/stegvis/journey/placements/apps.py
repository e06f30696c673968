from django.apps import AppConfig


class PlacementsApp(AppConfig):
    name = "stegvis.journey.placements"
    label = "placements"
