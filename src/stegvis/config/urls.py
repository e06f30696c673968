"""Every address of the product. What stands here without a policy answers 403 (platform.access)."""

from __future__ import annotations

from django.urls import include, path

from stegvis.config import places, strangers
from stegvis.config.health import healthz

strangers.admit()
places.lay_out()

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("accounts/", include("allauth.urls")),
    path("", include("stegvis.platform.ui.urls")),
    path("", include("stegvis.platform.drafts.urls")),
    path("", include("stegvis.journey.programmes.urls")),
    path("", include("stegvis.journey.workplaces.urls")),
    path("", include("stegvis.journey.employers.urls")),
    path("", include("stegvis.journey.orders.urls")),
    path("", include("stegvis.journey.people.urls")),
    path("", include("stegvis.journey.waivers.urls")),
    path("", include("stegvis.journey.intake.urls")),
    path("", include("stegvis.journey.standing.urls")),
    path("", include("stegvis.journey.screening.urls")),
    path("", include("stegvis.journey.voices.urls")),
    path("", include("stegvis.journey.abilities.urls")),
    path("", include("stegvis.journey.background.urls")),
    path("", include("stegvis.journey.mapping.urls")),
    path("", include("stegvis.journey.motivation.urls")),
    path("", include("stegvis.journey.plans.urls")),
    path("", include("stegvis.journey.placements.urls")),
    path("", include("stegvis.journey.agreements.urls")),
    path("", include("stegvis.journey.hours.urls")),
    path("", include("stegvis.journey.work.urls")),
    path("", include("stegvis.journey.certificates.urls")),
    path("", include("stegvis.journey.week.urls")),
    path("", include("stegvis.journey.attendance.urls")),
    path("", include("stegvis.journey.followups.urls")),
    path("", include("stegvis.journey.mediation.urls")),
    path("", include("stegvis.journey.days.urls")),
    path("", include("stegvis.journey.incidents.urls")),
    path("", include("stegvis.journey.steps.urls")),
    path("", include("stegvis.journey.reports.urls")),
    path("", include("stegvis.learning.boards.urls")),
    path("", include("stegvis.learning.fidelity.urls")),
    path("", include("stegvis.integrations.imports.urls")),
    path("", include("stegvis.portals.reviewer.urls")),
    path("my/", include("stegvis.portals.participant.urls")),
    path("", include("stegvis.portals.referrer.urls")),
    path("", include("stegvis.portals.employer.urls")),
    path("administration/", include("stegvis.portals.administrator.urls")),
    path("", include("stegvis.portals.caseworker.urls")),
]

handler400 = "stegvis.platform.ui.errors.bad_request"
handler403 = "stegvis.platform.ui.errors.forbidden"
handler404 = "stegvis.platform.ui.errors.not_found"
handler500 = "stegvis.platform.ui.errors.broken"
