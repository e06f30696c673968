from __future__ import annotations

from django.urls import URLPattern, path

from stegvis.journey.abilities.pages import (
    gathering,
    observing,
    paper,
    planning,
    rating,
    tab,
    trying,
    workshop,
)

_OF = "people/<uuid:person>"
urlpatterns: list[URLPattern] = [
    path(f"{_OF}/abilities/", tab.abilities, name="abilities"),
    path(f"{_OF}/abilities/series/", tab.series, name="ability_series"),
    path(f"{_OF}/abilities/rate/", rating.rating, name="ability_rate"),
    path(f"{_OF}/abilities/try/<uuid:rating>/", trying.new_trial, name="order_trial"),
    path(f"{_OF}/abilities/trials/<uuid:trial>/", trying.trial, name="trial"),
    path(f"{_OF}/abilities/summaries/new/", gathering.new_summary, name="new_observation_summary"),
    path(
        f"{_OF}/abilities/summaries/<uuid:gathered>/", gathering.summary, name="observation_summary"
    ),
    path(f"{_OF}/abilities/summaries/<uuid:gathered>/pdf/", paper.summary_pdf, name="summary_pdf"),
    path(f"{_OF}/abilities/adaptations/", gathering.adaptations, name="adaptations"),
    path(f"{_OF}/planning/<slug:plan_form>/", planning.planning, name="planning_document"),
    path(
        f"{_OF}/planning/<slug:plan_form>/<int:nth>/",
        planning.planning_version,
        name="planning_paper",
    ),
    path(
        f"{_OF}/planning/<slug:plan_form>/<int:nth>/pdf/", paper.planning_pdf, name="planning_pdf"
    ),
    path(f"{_OF}/workshop/new/", workshop.new_workshop, name="new_mapping_order"),
    path(f"{_OF}/workshop/<uuid:mapping_order>/", workshop.workshop, name="mapping_order"),
    path(f"{_OF}/steps/place/", workshop.step_place, name="step_place"),
    path("observe/", observing.observe_list, name="observe"),
    path("observe/<uuid:person>/", observing.observe_person, name="observe_person"),
    path("elsewhere/", workshop.elsewhere, name="elsewhere"),
]
