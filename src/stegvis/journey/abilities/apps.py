from django.apps import AppConfig


class AbilitiesApp(AppConfig):
    name = "stegvis.journey.abilities"
    label = "abilities"
