from django.apps import AppConfig


class UiApp(AppConfig):
    name = "stegvis.platform.ui"
    label = "ui"
