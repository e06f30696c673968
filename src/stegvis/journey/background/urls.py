from django.urls import path

from stegvis.journey.background import pages

urlpatterns = [
    path("people/<uuid:person>/background/", pages.background, name="background"),
    path("people/<uuid:person>/contact-surfaces/", pages.contacts, name="contact_surfaces"),
    path("people/<uuid:person>/ahead/", pages.ahead, name="ahead"),
    path("people/<uuid:person>/tests/", pages.tests, name="tests"),
    path("people/<uuid:person>/resource-team/", pages.team, name="team"),
    path("people/<uuid:person>/background/<slug:what>/new/", pages.new_note, name="new_note"),
    path(
        "people/<uuid:person>/background/<slug:what>/<uuid:past>/",
        pages.change_note,
        name="change_note",
    ),
    path("resource-team/", pages.team_requests, name="team_requests"),
    path("test-times/", pages.test_times, name="test_times"),
    path("retention/", pages.retention, name="retention"),
]
