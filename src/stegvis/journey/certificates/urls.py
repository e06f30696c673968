from __future__ import annotations

from django.urls import URLPattern, path

from stegvis.journey.certificates import pages

_OF = "people/<uuid:person>/trainings"
urlpatterns: list[URLPattern] = [
    path("trainings/", pages.trainings, name="trainings"),
    path(f"{_OF}/", pages.person_trainings, name="person_trainings"),
    path(f"{_OF}/<int:number>/pdf/", pages.diploma_pdf, name="diploma_pdf"),
]
