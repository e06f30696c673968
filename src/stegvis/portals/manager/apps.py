from django.apps import AppConfig


class ManagerApp(AppConfig):
    name = "stegvis.portals.manager"
    label = "manager"
