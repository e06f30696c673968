from django.apps import AppConfig


class EmployersApp(AppConfig):
    name = "stegvis.journey.employers"
    label = "employers"
