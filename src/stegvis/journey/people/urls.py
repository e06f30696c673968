from django.urls import path

from stegvis.journey.people import pages

urlpatterns = [
    path("people/<uuid:person>/about/", pages.about, name="about"),
    path("protected/", pages.protected, name="protected"),
    path("people/<uuid:person>/known-to/", pages.known_to, name="known_to"),
]
