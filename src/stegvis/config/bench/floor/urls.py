"""The floor's addresses; nothing is served here to anyone but the benchmark itself."""

from django.urls import path

from stegvis.config.bench.floor import views

urlpatterns = [
    path("people/", views.own, name="own"),
    path("unit/", views.unit, name="unit"),
    path("people/<uuid:person>/", views.person, name="person"),
    path("attendance/<str:day>/", views.attend, name="attend"),
    path("people/<uuid:person>/decide/", views.decide, name="decide"),
]
