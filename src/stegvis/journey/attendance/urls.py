from __future__ import annotations

from django.urls import path

from stegvis.journey.attendance.pages import person, reasons, sheet, tablet, unit

urlpatterns = [
    path("attendance/", sheet.today, name="attendance"),
    path("attendance/worker.js", tablet.worker, name="attendance_worker"),
    path("attendance/without-network/", tablet.shell, name="attendance_shell"),
    path("attendance/open/", unit.left_open, name="attendance_open"),
    path("attendance/two-tablets/", unit.two_tablets, name="attendance_disputed"),
    path("attendance/unit/", unit.unit_map, name="attendance_unit"),
    path("attendance/reasons/", reasons.reasons_page, name="absence_reasons"),
    path("attendance/<slug:day>/<slug:occasion>/", sheet.sheet, name="attendance_sheet"),
    path("attendance/<slug:day>/<slug:occasion>/state/", sheet.state, name="attendance_state"),
    path("people/<uuid:person>/attendance/", person.person_attendance, name="person_attendance"),
]
