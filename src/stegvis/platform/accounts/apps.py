from django.apps import AppConfig


class AccountsApp(AppConfig):
    name = "stegvis.platform.accounts"
    label = "accounts"
