from django.urls import path

from stegvis.journey.mediation.pages import person, support, unit

urlpatterns = [
    path("people/<uuid:person>/mediator/", person.mediator, name="mediator"),
    path("people/<uuid:person>/touch/", person.touch, name="touch"),
    path("people/<uuid:person>/support/", support.support, name="support"),
    path("people/<uuid:person>/guide/", support.guide, name="guide"),
    path("mediators/", unit.mediators, name="mediators"),
    path("mediators/<uuid:mediator>/", unit.mediator_kept, name="mediator_kept"),
    path("my-reach/", unit.own_reach, name="own_reach"),
    path("sparring/", unit.sparring, name="sparring"),
]
