from django.apps import AppConfig


class ProgrammesApp(AppConfig):
    name = "stegvis.journey.programmes"
    label = "programmes"
