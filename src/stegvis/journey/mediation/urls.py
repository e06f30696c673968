from django.urls import path

from stegvis.journey.mediation.pages import person

urlpatterns = [
    path("people/<uuid:person>/mediator/", person.mediator, name="mediator"),
    path("people/<uuid:person>/touch/", person.touch, name="touch"),
]
