from django.urls import path

from stegvis.platform.drafts import pages

urlpatterns = [path("drafts/", pages.drafts, name="drafts")]
