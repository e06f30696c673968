from django.apps import AppConfig


class PlansApp(AppConfig):
    name = "stegvis.journey.plans"
    label = "plans"
