from __future__ import annotations

from django.urls import URLPattern, path

from stegvis.journey.work.pages import counting, fitting, giving, offers, tab, writing

_OF = "people/<uuid:person>/work"
urlpatterns: list[URLPattern] = [
    path(f"{_OF}/", tab.work, name="work"),
    path(f"{_OF}/hours/", writing.hours, name="work_hours"),
    path(f"{_OF}/tried/", writing.tried, name="try_task"),
    path(f"{_OF}/language/", writing.train, name="train_language"),
    path(f"{_OF}/give/", giving.give, name="give_work"),
    path(f"{_OF}/given/<uuid:given>/", giving.decide, name="decide_work"),
    path(f"{_OF}/offers/", offers.area_offers, name="area_offers"),
    path(f"{_OF}/offers/<uuid:area>/", offers.area_choice, name="area_choice"),
    path(f"{_OF}/fits/", fitting.fitting, name="fitting"),
    path(f"{_OF}/limits/", fitting.limits, name="limits"),
    path("tasks/<uuid:task>/people/", fitting.task_people, name="task_people"),
    path("equal-offers/", counting.equal_offers, name="equal_offers"),
    path("equal-offers/reasons/", counting.left_out_reasons, name="left_out_reasons"),
    path("language-left/", tab.language, name="language_left"),
]
