"""The face's own addresses, and one place to stand for every page of the rail."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def nowhere(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.path)


urlpatterns = [
    path("somewhere", nowhere, name="somewhere"),
    path("deltagare/", nowhere, name="participants"),
    path("accounts/", include("allauth.urls")),
    path("", include("stegvis.platform.ui.urls")),
]
