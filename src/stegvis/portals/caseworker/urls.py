from django.urls import path

from stegvis.portals.caseworker import assignments, duties, exempting, leave, overdue, pages

urlpatterns = [
    path("", pages.landing, name="landing"),
    path("my-day/", pages.my_day, name="my_day"),
    path("people/", pages.participants, name="participants"),
    path("people/<uuid:person>/", pages.person, name="person"),
    path("people/<uuid:person>/duties/", duties.duties, name="duties"),
    path("people/<uuid:person>/exempt/<slug:cadence>/", exempting.exempt, name="exempt"),
    path("unit/due/", overdue.overdue, name="overdue"),
    path("leave/", leave.own_leave, name="own_leave"),
    path("people/<uuid:person>/assignments/", assignments.assignments, name="assignments"),
]
