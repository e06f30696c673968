from __future__ import annotations

from django.urls import URLPattern, path

from stegvis.journey.hours import pages

_OF = "people/<uuid:person>/hours"
urlpatterns: list[URLPattern] = [
    path("first-year/", pages.first_year, name="first_year"),
    path(f"{_OF}/", pages.month_hours, name="month_hours"),
    path(f"{_OF}/enter/", pages.enter_hours, name="enter_hours"),
    path(f"{_OF}/take-over/", pages.take_hours, name="take_hours"),
    path(f"{_OF}/<uuid:entry>/correct/", pages.correct_hours, name="correct_hours"),
    path(f"{_OF}/statement/", pages.hours_statement, name="hours_statement"),
    path(f"{_OF}/self-support/", pages.self_support, name="self_support"),
    path(f"{_OF}/hand-over/", pages.hand_over, name="hand_over"),
    path("people/<uuid:person>/after-care/", pages.after_care, name="after_care"),
]
