"""The lists we begin with (ours), and the words of the room. Codes in the rows, words here."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

OURS: dict[str, dict[str, Any]] = {
    "opening": {
        "unlock": _("Unlock"),
        "alarm_off": _("Alarm off"),
        "prepare": _("Prepare the day's work"),
    },
    "closing": {
        "machines": _("Machines and stove switched off"),
        "tidy": _("Tools in their places"),
        "windows": _("Windows and doors closed"),
        "alarm_on": _("Alarm on and locked"),
    },
    "safety": {
        "lifting": _("Lifting and carrying"),
        "machines": _("Machines and hand tools"),
        "protection": _("Protective equipment"),
        "chemicals": _("Chemicals"),
        "traffic": _("Working near traffic"),
        "fire": _("Fire and the way out"),
    },
    # V-24
    "out": {
        "oil": _("Oil"),
        "washer": _("Washer fluid"),
        "fuel": _("Fuel"),
        "lights": _("Lights"),
        "clean": _("Clean and fresh"),
    },
    "back": {"wash": _("Washing")},
}
LISTS: dict[str, Any] = {
    "opening": _("When we open"),
    "closing": _("When we close"),
    "safety": _("Safety topics"),
    "out": _("Vehicles, before they leave"),
    "back": _("Vehicles, when they are back"),
}
WAYS: dict[str, Any] = {"out": _("Before it leaves"), "back": _("When it is back")}
ANSWERS: dict[str, tuple[Any, Any]] = {
    "out": (_("In order"), _("Defect")),
    "back": (_("It is not needed"), _("It is needed")),
}
PARTS: dict[str, Any] = {"day": _("All day"), "am": _("Morning"), "pm": _("Afternoon")}
FAULTS: dict[str, Any] = {
    "not_listed": _("That is not on the list any more."),
    "other_day": _("A day is written down that day or in the week after."),
    "nothing_said": _("Write something first."),
    "briefing_empty": _("Write what was gone through, or choose a topic."),
    "nobody_there": _("Choose who took part."),
    "points_left": _("Say of each point how it is."),
    "checked_already": _("It has been checked already that day. Report what is new as a fault."),
    "taken_then": _("The vehicle is used already at that time."),
    "may_not_drive": _(
        "No driving licence of class %(licence)s that holds that day has been seen for %(name)s."
    ),
    "day_over": _("That day is over."),
    "named_before": _("There is one of that name already."),
    "break_backwards": _("A break ends after it begins, and two cannot begin at once."),
    "licence_over": _("Choose the classes and the last day as they stand on the licence."),
}
