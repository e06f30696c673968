from django.apps import AppConfig


class AgreementsApp(AppConfig):
    name = "stegvis.journey.agreements"
    label = "agreements"
