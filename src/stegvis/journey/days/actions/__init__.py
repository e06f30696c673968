"""The verbs of the room."""

from stegvis.journey.days.actions.cars import (
    NewBooking,
    NewCheck,
    book,
    call_off,
    check,
    keep_vehicle,
    licence,
    mend,
    pass_on,
    report,
)
from stegvis.journey.days.actions.lists import add_point, use_point
from stegvis.journey.days.actions.place import brief, note, take_back, tick, unnote

__all__ = [
    "NewBooking", "NewCheck", "add_point", "book", "brief", "call_off", "check", "keep_vehicle",
    "licence", "mend", "note", "pass_on", "report", "take_back", "tick", "unnote", "use_point",
]  # fmt: skip
