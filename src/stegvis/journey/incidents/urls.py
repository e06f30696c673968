from __future__ import annotations

from django.urls import URLPattern, path

from stegvis.journey.incidents.pages import listing, one, paper

_OF = "people/<uuid:person>"
urlpatterns: list[URLPattern] = [
    path("incidents/", listing.incidents, name="incidents"),
    path("incidents/new/", listing.new_incident, name="new_incident"),
    path("incidents/tests/", listing.suspicions, name="suspicions"),
    path("incidents/kinds/", listing.incident_kinds, name="incident_kinds"),
    path(f"{_OF}/incidents/", one.person_incidents, name="person_incidents"),
    path(f"{_OF}/incidents/<uuid:incident>/", one.incident, name="incident"),
    path(f"{_OF}/incidents/<uuid:incident>/notice/pdf/", paper.notice_pdf, name="notice_pdf"),
    path(f"{_OF}/warnings/<int:number>/pdf/", paper.warning_pdf, name="warning_pdf"),
    path(f"{_OF}/first-aid/", one.first_aid, name="first_aid"),
]
