from django.urls import path

from stegvis.journey.motivation import pages

urlpatterns = [
    path("people/<uuid:person>/behaviours/", pages.behaviours, name="behaviours"),
    path("people/<uuid:person>/behaviours/<uuid:behaviour>/", pages.behaviour, name="behaviour"),
]
