from django.apps import AppConfig


class MediationApp(AppConfig):
    name = "stegvis.journey.mediation"
    label = "mediation"
