from django.urls import path

from stegvis.portals.employer import pages

urlpatterns = [path("w/<slug:token>/", pages.company, name="company_link")]
