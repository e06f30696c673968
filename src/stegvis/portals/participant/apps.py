from django.apps import AppConfig


class ParticipantApp(AppConfig):
    name = "stegvis.portals.participant"
    label = "participant"
