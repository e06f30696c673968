from __future__ import annotations

from django.urls import URLPattern, path

from stegvis.journey.week.pages import aims, board, leads, own, proposal

urlpatterns: list[URLPattern] = [
    path("week/", board.this_week, name="this_week"),
    path("week/aims/", aims.plan_aims, name="plan_aims"),
    path("week/leads/", leads.leads, name="leads"),
    path("week/<str:week>/", board.week_board, name="week_board"),
    path("week/<str:week>/paper/", board.week_paper, name="week_paper"),
    path("week/<str:week>/proposal/", proposal.week_proposal, name="week_proposal"),
    path("people/<uuid:person>/schedule/", own.schedule, name="schedule"),
    path("people/<uuid:person>/schedule/<str:week>/", own.person_week, name="person_week"),
    path("people/<uuid:person>/apart/", own.apart, name="apart"),
]
