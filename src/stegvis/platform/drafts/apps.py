from django.apps import AppConfig


class DraftsApp(AppConfig):
    name = "stegvis.platform.drafts"
    label = "drafts"
