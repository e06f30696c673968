from django.urls import path

from stegvis.portals.caseworker import assignments, pages

urlpatterns = [
    path("", pages.landing, name="landing"),
    path("my-day/", pages.my_day, name="my_day"),
    path("people/", pages.participants, name="participants"),
    path("people/<uuid:person>/", pages.person, name="person"),
    path("people/<uuid:person>/assignments/", assignments.assignments, name="assignments"),
]
