from django.apps import AppConfig


class AttendanceApp(AppConfig):
    name = "stegvis.journey.attendance"
    label = "attendance"
