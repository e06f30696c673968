from django.urls import path

from stegvis.journey.standing import pages

urlpatterns = [path("people/<uuid:person>/standing/", pages.standing, name="standing")]
