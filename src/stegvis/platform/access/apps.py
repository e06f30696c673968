from django.apps import AppConfig


class AccessApp(AppConfig):
    name = "stegvis.platform.access"
    label = "access"
