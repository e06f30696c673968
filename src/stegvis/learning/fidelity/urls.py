from django.urls import path

from stegvis.learning.fidelity import pages

urlpatterns = [
    path("people/<uuid:person>/elements/", pages.elements, name="elements"),
    path("fidelity/", pages.fidelity, name="fidelity"),
    path("fidelity/people/", pages.fidelity_people, name="fidelity_people"),
    path("fidelity/extract/", pages.fidelity_extract, name="fidelity_extract"),
]
