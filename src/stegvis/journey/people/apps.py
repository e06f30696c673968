from django.apps import AppConfig


class PeopleApp(AppConfig):
    name = "stegvis.journey.people"
    label = "people"
