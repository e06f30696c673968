from __future__ import annotations

from django.urls import URLPattern, path

from stegvis.journey.placements.pages import fitting, lists, out, placing, rounds, writing

_OF = "people/<uuid:person>/placements"
urlpatterns: list[URLPattern] = [
    path(f"{_OF}/", out.placements, name="placements"),
    path(f"{_OF}/profile/", writing.match_profile, name="match_profile"),
    path(f"{_OF}/profile/pdf/", writing.match_profile_pdf, name="match_profile_pdf"),
    path(f"{_OF}/openings/", fitting.openings, name="openings_for"),
    path(f"{_OF}/openings/<uuid:opening>/", fitting.opening_fit, name="opening_fit"),
    path(f"{_OF}/visits/", writing.plan_visit, name="plan_visit"),
    path(f"{_OF}/visits/<uuid:visited>/", writing.visit_seen, name="visit_seen"),
    path(f"{_OF}/matches/<uuid:match>/", writing.match, name="match"),
    path(f"{_OF}/first/", writing.first_measures, name="first_measures"),
    path(f"{_OF}/place/", placing.place, name="place"),
    path(f"{_OF}/<uuid:placement>/", placing.placement, name="placement"),
    path(f"{_OF}/<uuid:placement>/broken-off/", placing.drop_out, name="drop_out"),
    path(
        f"{_OF}/exceptions/<uuid:dropped>/", placing.drop_out_exception, name="drop_out_exception"
    ),
    path("needing-place/", lists.needing_place, name="needing_place"),
    path("matching/", rounds.match_rounds, name="match_rounds"),
    path("matching/proposal/", rounds.match_round, name="match_round"),
    path("early-trials/", lists.early_trials, name="early_trials"),
]
