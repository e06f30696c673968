from django.apps import AppConfig


class TenancyApp(AppConfig):
    name = "stegvis.platform.tenancy"
    label = "tenancy"
