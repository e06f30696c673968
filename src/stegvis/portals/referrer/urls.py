from __future__ import annotations

from django.urls import path

from stegvis.portals.referrer import pages

urlpatterns = [
    path("l/<slug:token>/", pages.link, name="referrer_link"),
    path("l/<slug:token>/offer/", pages.offered, name="referrer_offer"),
]
