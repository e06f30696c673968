from django.apps import AppConfig


class CaseworkerApp(AppConfig):
    name = "stegvis.portals.caseworker"
    label = "caseworker"
