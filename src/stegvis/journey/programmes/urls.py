from django.urls import path

from stegvis.journey.programmes import pages

urlpatterns = [
    path("programmes/", pages.binders, name="binders"),
    path("programmes/<uuid:version>/", pages.binder, name="binder"),
    path(
        "programmes/<uuid:version>/difference/<uuid:other>/",
        pages.difference,
        name="programme_difference",
    ),
]
