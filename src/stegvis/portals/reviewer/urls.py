from django.urls import path

from stegvis.portals.reviewer import pages

urlpatterns = [
    path("reads/", pages.reads, name="reads"),
    path("reads/check/", pages.check_chain, name="reads_check"),
    path("people/<uuid:person>/reads/", pages.person_reads, name="person_reads"),
]
