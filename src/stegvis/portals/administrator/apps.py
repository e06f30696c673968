from django.apps import AppConfig


class AdministratorApp(AppConfig):
    name = "stegvis.portals.administrator"
    label = "administrator"
