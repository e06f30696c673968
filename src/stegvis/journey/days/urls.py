from __future__ import annotations

from django.urls import path

from stegvis.journey.days.pages import briefing, cars, day, lists, report

urlpatterns = [
    path("day/", day.the_day, name="the_day"),
    path("day/lists/", lists.day_lists, name="day_lists"),
    path("day/<uuid:workplace>/<slug:day>/", day.place_day, name="place_day"),
    path("day/<uuid:workplace>/<slug:day>/briefing/", briefing.briefing, name="briefing"),
    path("vehicles/", cars.vehicles, name="vehicles"),
    path("vehicles/<uuid:vehicle>/<slug:day>/", cars.vehicle, name="vehicle"),
    path("attendance-report/<str:week>/", report.attendance_report, name="attendance_report"),
    path("people/<uuid:person>/briefings/", briefing.person_briefings, name="person_briefings"),
]
