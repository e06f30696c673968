from django.urls import path

from stegvis.journey.steps import pages

urlpatterns = [
    path("people/<uuid:person>/steps/new/", pages.decision, name="decide"),
    path("people/<uuid:person>/steps/<uuid:decision>/", pages.decided, name="decision"),
    path("people/<uuid:person>/steps/<uuid:decision>/correct/", pages.correction, name="correct"),
    path("people/<uuid:person>/criteria/<slug:criterion>/", pages.judging, name="judge"),
    path("people/<uuid:person>/version/", pages.changing_version, name="change_version"),
    path("people/<uuid:person>/leave/", pages.leaving, name="leave"),
]
