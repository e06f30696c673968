from django.apps import AppConfig


class CertificatesApp(AppConfig):
    name = "stegvis.journey.certificates"
    label = "certificates"
