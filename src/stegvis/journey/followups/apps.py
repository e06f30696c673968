from django.apps import AppConfig


class FollowupsApp(AppConfig):
    name = "stegvis.journey.followups"
    label = "followups"
