from django.apps import AppConfig


class ReferrerApp(AppConfig):
    name = "stegvis.portals.referrer"
    label = "referrer"
