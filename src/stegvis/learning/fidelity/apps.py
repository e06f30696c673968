from django.apps import AppConfig


class FidelityApp(AppConfig):
    name = "stegvis.learning.fidelity"
    label = "fidelity"
