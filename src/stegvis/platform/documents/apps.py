from django.apps import AppConfig


class DocumentsApp(AppConfig):
    name = "stegvis.platform.documents"
    label = "documents"
