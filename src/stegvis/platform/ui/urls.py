"""Addresses of the face itself."""

from django.urls import path

from stegvis.platform.ui import pages

urlpatterns = [
    path("language", pages.choose_language, name="language"),
    path("theme", pages.choose_theme, name="theme"),
    path("gallery", pages.gallery, name="gallery"),
]
