from __future__ import annotations

from django.urls import URLPattern, path

from stegvis.journey.work.pages import giving, tab, writing

_OF = "people/<uuid:person>/work"
urlpatterns: list[URLPattern] = [
    path(f"{_OF}/", tab.work, name="work"),
    path(f"{_OF}/hours/", writing.hours, name="work_hours"),
    path(f"{_OF}/tried/", writing.tried, name="try_task"),
    path(f"{_OF}/language/", writing.train, name="train_language"),
    path(f"{_OF}/give/", giving.give, name="give_work"),
    path(f"{_OF}/given/<uuid:given>/", giving.decide, name="decide_work"),
    path("language-left/", tab.language, name="language_left"),
]
