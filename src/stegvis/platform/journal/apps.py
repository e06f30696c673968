from django.apps import AppConfig


class JournalApp(AppConfig):
    name = "stegvis.platform.journal"
    label = "journal"
