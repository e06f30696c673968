from django.apps import AppConfig


class ImportsApp(AppConfig):
    name = "stegvis.integrations.imports"
    label = "imports"
