"""The room in words, and what a municipality begins with."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from stegvis.core.values.texts import pick
from stegvis.journey.workplaces.models import Idea, Service, Task, WorkAnalysis, WorkArea, Workplace

FAULTS = {
    "too_heavy": _("The file is larger than half a megabyte. Choose a smaller one."),
    "unknown": _("This is not a picture of a kind we take: PNG, WebP or SVG."),
    "too_small": _("The picture is too small to be seen. It needs 24 pixels a side at least."),
    "too_large": _("The picture has more than 2048 pixels a side. Choose a smaller one."),
    "unsafe": _("This drawing holds more than shapes, so it cannot be made safe. Save it as PNG."),
    "broken": _("The file could not be read as a picture. Save it anew, or choose another."),
    "symbol_elsewhere": _("That picture belongs to another unit than the workplace."),
    "symbol_there": _("The unit has a picture with those words already."),
    "name_taken": _("There is one with that name already."),
    "not_yours": _("It belongs to another unit."),
    "says_nothing": _("Write something, in the text or as steps."),
    "no_steps": _("Write at least one step."),
    "newer_version": _("A colleague has saved a newer version. Look at it; yours is still here."),
    "own_review": _("Somebody else than whoever wrote it reviews it."),
    "reviewed": _("It has been reviewed already."),
    "answered": _("It has been answered already."),
    "why_not": _("Say why, so that it can be answered."),
    "work_ability": _(
        "Assessing work ability is reserved for licensed professions. "
        "Say that it is not delivered here, and what you can contribute."
    ),
}
FINANCING = {
    Workplace.Financing.UNKNOWN: _("Not known"),
    Workplace.Financing.UNIT: _("The unit's own budget"),
    Workplace.Financing.CUSTOMER: _("Customers pay"),
    Workplace.Financing.OTHER_UNIT: _("Another part of the municipality"),
    Workplace.Financing.GRANT: _("A grant or a project"),
}
MANUAL = {
    WorkArea.Manual.YES: _("Yes"),
    WorkArea.Manual.NO: _("No"),
    WorkArea.Manual.UNKNOWN: _("Not known"),
}
KINDS = {
    Task.Kind.FIXED: _("Fixed task"),
    Task.Kind.IF_POSSIBLE: _("If it is possible"),
    Task.Kind.CRAFT: _("Craft"),
    Task.Kind.OTHER: _("Various"),
}
SOURCES = {
    Task.Source.STANDING: _("Standing"),
    Task.Source.ORDER: _("On order"),
    Task.Source.OWN_IDEA: _("A participant's own idea"),
}
CONTEXTS = {
    WorkAnalysis.Context.INTERNAL: _("Internal: for ourselves"),
    WorkAnalysis.Context.EXTERNAL: _("External: from outside the municipality"),
    WorkAnalysis.Context.CUSTOMER: _("A customer who orders"),
}
NEEDS = {
    Service.Needs.NOBODY: _("We deliver it alone"),
    Service.Needs.PARTNER: _("Only with a partner"),
    Service.Needs.LICENSED: _("Not delivered here: reserved for licensed professions"),
}
IDEA = {
    Idea.State.PROPOSED: _("Waits for an answer"),
    Idea.State.ACCEPTED: _("Accepted"),
    Idea.State.DECLINED: _("Not now"),
    Idea.State.WITHDRAWN: _("Taken back"),
}
LEVELS = {
    1: _("With much help"),
    2: _("With some help"),
    3: _("Mostly alone"),
    4: _("All alone"),
}
"""How far: the scale of function of what is observed. A requirement of 0 asks nothing."""
PICTURES = {
    "hammer": _("Hammer"),
    "scissors": _("Scissors"),
    "wash": _("Washing"),
    "clean": _("Cleaning"),
    "pan": _("Pan"),
    "coffee": _("Coffee"),
    "plant": _("Plant"),
    "truck": _("Car"),
    "phone": _("Telephone"),
    "people": _("Two people"),
    "folder": _("Papers"),
    "book": _("Book"),
    "key": _("Key"),
    "shield": _("Safety"),
    "alert": _("Careful"),
    "clock": _("Clock"),
    "home": _("House"),
    "check": _("Done"),
    "talk": _("Talk"),
    "bulb": _("Idea"),
}
"""The pictograms that suit work, by their files' names."""
MONTHS = (
    _("January"), _("February"), _("March"), _("April"), _("May"), _("June"),
    _("July"), _("August"), _("September"), _("October"), _("November"), _("December"),
)  # fmt: skip


@cache
def starter() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("starter.toml").read_text("utf-8"))


def group_name(code: str, language: str) -> str:
    """What a group of functions is called; one of the municipality's own by its code."""
    texts = starter()["groups"].get(code)
    return pick(texts, language) if texts else code
