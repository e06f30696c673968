from django.apps import AppConfig


class VoicesApp(AppConfig):
    name = "stegvis.journey.voices"
    label = "voices"
