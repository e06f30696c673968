from django.urls import path

from stegvis.journey.screening import pages

urlpatterns = [path("people/<uuid:person>/screening/", pages.screening, name="screening")]
