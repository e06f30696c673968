from __future__ import annotations

from django.urls import path

from stegvis.journey.waivers import pages

urlpatterns = [path("people/<uuid:person>/sharing/", pages.sharing, name="sharing")]
