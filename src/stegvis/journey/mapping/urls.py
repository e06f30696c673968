from __future__ import annotations

from django.urls import path

from stegvis.journey.mapping.pages import closing, goal, library, life, overview, papers, told, unit

_PERSON = "people/<uuid:person>"

urlpatterns = [
    path(f"{_PERSON}/mapping/", overview.mapping, name="mapping"),
    path(f"{_PERSON}/mapping/close/", closing.close_mapping, name="close_mapping"),
    path(f"{_PERSON}/mapping/entries/new/", life.new_entry, name="new_entry"),
    path(f"{_PERSON}/mapping/entries/<uuid:life>/", life.life_entry, name="life_entry"),
    path(f"{_PERSON}/mapping/words/new/", life.new_words, name="new_words"),
    path(f"{_PERSON}/mapping/words/<uuid:said>/", life.change_words, name="change_words"),
    path(f"{_PERSON}/mapping/goal/", goal.job_goal, name="job_goal"),
    path(f"{_PERSON}/mapping/told/", told.told, name="told"),
    path(f"{_PERSON}/papers/", papers.papers, name="papers"),
    path(f"{_PERSON}/papers/<slug:paper>/", papers.one_paper, name="paper"),
    path(f"{_PERSON}/credentials/new/", papers.new_credential, name="new_credential"),
    path(f"{_PERSON}/credentials/<uuid:credential>/", papers.credential, name="credential"),
    path("mappings/", unit.mappings, name="mappings"),
    path("methods/", library.methods, name="methods"),
    path("methods/starters/", library.starters, name="starter_methods"),
    path("methods/new/", library.new_method, name="new_method"),
    path("methods/<uuid:card>/", library.method, name="method"),
]
