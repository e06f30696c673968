from django.apps import AppConfig


class ReviewerApp(AppConfig):
    name = "stegvis.portals.reviewer"
    label = "reviewer"
