from django.apps import AppConfig


class EmployerApp(AppConfig):
    name = "stegvis.portals.employer"
    label = "employer"
