from django.urls import path

from stegvis.learning.boards import pages

urlpatterns = [
    path("boards/", pages.boards, name="boards"),
    path("boards/<uuid:board>/", pages.board, name="board"),
    path("boards/<uuid:board>/improvements/", pages.improvements, name="improvements"),
    path(
        "boards/<uuid:board>/improvements/<uuid:improvement>/",
        pages.improvement,
        name="improvement",
    ),
    path("boards/<uuid:board>/show/<int:column>/", pages.show, name="show_board"),
    path("boards/<uuid:board>/council/", pages.council, name="council"),
    path("boards/<uuid:board>/meetings/", pages.meetings, name="meetings"),
    path("boards/<uuid:board>/meetings/<uuid:meeting>/", pages.meeting, name="meeting"),
    path("boards/<uuid:board>/screen/", pages.hang, name="hang"),
    path("wall/", pages.wall, name="wall"),
    path("wall/symbols/<uuid:symbol>/", pages.wall_symbol, name="wall_symbol"),
    path("box/<str:token>/", pages.box, name="box"),
]
