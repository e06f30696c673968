from django.apps import AppConfig


class ReportsApp(AppConfig):
    name = "stegvis.journey.reports"
    label = "reports"
