from django.urls import path

from stegvis.journey.voices import pages

urlpatterns = [
    path("people/<uuid:person>/access/", pages.way_in, name="way_in"),
    path("people/<uuid:person>/access/sheet/", pages.way_in_sheet, name="way_in_sheet"),
    path("people/<uuid:person>/messages/", pages.voices, name="voices"),
    path("devices/", pages.devices, name="devices"),
]
