from django.urls import path

from stegvis.portals.participant import entering, pages, sharing

urlpatterns = [
    path("", pages.my_today, name="my_today"),
    path("in/", entering.my_door, name="my_door"),
    path("in/pictures/", entering.my_pictures, name="my_pictures"),
    path("in/<str:token>/", entering.my_link, name="my_link"),
    path("leave/", entering.my_leave, name="my_leave"),
    path("late/", pages.my_say, {"kind": "late"}, name="my_late"),
    path("ill/", pages.my_say, {"kind": "sick"}, name="my_sick"),
    path("call/", pages.my_say, {"kind": "call"}, name="my_call"),
    path("told/", pages.my_told, name="my_told"),
    path("mood/", pages.my_mood, name="my_mood"),
    path("write/", pages.my_write, name="my_write"),
    path("plan/", pages.my_plan, name="my_plan"),
    path("place/", pages.my_place, name="my_place"),
    path("folder/", pages.my_folder, name="my_folder"),
    path("shared/", sharing.my_shared, name="my_shared"),
    path("reads/", pages.my_reads, name="my_reads"),
]
