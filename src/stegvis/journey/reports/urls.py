from __future__ import annotations

from django.urls import path

from stegvis.journey.reports import pages

urlpatterns = [
    path("reports/", pages.overview, name="reports_overview"),
    path("documentation/", pages.documentation, name="documentation"),
    path("evaluation/", pages.evaluation, name="evaluation"),
    path("people/<uuid:person>/reports/", pages.reports, name="reports"),
    path("people/<uuid:person>/reports/<uuid:report>/", pages.report, name="report"),
    path("people/<uuid:person>/reports/<uuid:report>/paper/", pages.paper, name="report_paper"),
]
