"""The room in words, and why an area is left out: ours, and what a municipality has changed."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, override

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from stegvis.core.matching.fits import Verdict
from stegvis.journey.work.models import AreaChoice, WhyLeftOut
from stegvis.journey.workplaces.words import LEVELS

OURS = Path(__file__).with_name("reasons.toml")

WEEKDAYS = {
    1: _("Monday"),
    2: _("Tuesday"),
    3: _("Wednesday"),
    4: _("Thursday"),
    5: _("Friday"),
}
CAN = {
    "alone": _("Can do it alone"),
    "with_support": _("Can do it with support"),
    "not_now": _("Not now"),
}
SIGNS = {
    "alone": ("ok", "check"),
    "with_support": ("sup", "users"),
    "not_now": ("", "minus"),
}
"""The kind and the icon of a tag; the word always stands beside."""
LIKED = {
    "yes": _("Likes it"),
    "so_so": _("So-so"),
    "no": _("Does not like it"),
}
SCOPES = {
    "whole_area": _("The whole area"),
    "tasks": _("Some tasks"),
}
DECISIONS = {
    "extend": _("Extend"),
    "end": _("End"),
}
LACKS = {
    "ends": _("a last day"),
    "description": _("a description of the job"),
}
VERDICTS: Mapping[Verdict, tuple[Any, str, str]] = {
    Verdict.NOW: (_("Can do now"), "ok", "check"),
    Verdict.TRAIN: (_("Can be trained"), "info", "arrow-up"),
    Verdict.TRY: (_("Try it with a supervisor"), "sup", "users"),
    Verdict.NOT_NOW: (_("Not now"), "warn", "hourglass"),
    Verdict.NOT_ANALYSED: (_("Nobody has taken it apart yet"), "", "circle-question-mark"),
}
"""What fits, in the order it is read: words, kind and icon of a tag."""
LEVEL_WORDS: Mapping[int, Any] = {0: _("Not at all"), **LEVELS}
CHOICES = {
    AreaChoice.What.OFFERED: (_("Offered"), "info", "send"),
    AreaChoice.What.CHOSEN: (_("Chosen"), "ok", "check"),
    AreaChoice.What.LEFT_OUT: (_("Left out"), "", "minus"),
}
SEXES = {"f": _("Women"), "m": _("Men"), "u": _("Not recorded")}
WHOSE = {"person": _("The person's own choice"), "staff": _("Decided by staff")}
FAULTS = {
    "nothing_given": _("Choose an area, or at least one task."),
    "ends_before": _("The last day would come before the first."),
    "work_lacks": _(
        "The step asks for a last day and a description of the job. Add what is lacking, or write "
        "why the work is given all the same."
    ),
    "work_over": _("This work has been ended already."),
    "grounds_missing": _("Write why."),
    "not_longer": _("An extension needs a last day that lies further ahead."),
    "ended": _("The person has left the programme."),
    "not_yet": _("The day has not come yet."),
    "before_the_road": _("That is before the road began."),
    "day_backwards": _("A day must end after it begins, and be longer than its break."),
    "hours_outside": _("The week must come to between 2 and 40 hours, breaks left out."),
    "tried_backwards": _("The last day would come before the first."),
    "task_missing": _("Choose a task from the list, or write what it was; not both."),
    "how_missing": _("Say how it went."),
    "exercise_empty": _("Write how the language is trained by it."),
    "none_shown": _("Tick the areas that were shown."),
    "nothing_said": _("Say what has come of it."),
    "reason_missing": _("Choose why it is left out."),
    "why_missing": _("It is not the person's own choice: write why."),
    "speaks_against": _(
        "A known limit speaks against it. You can go on all the same: write why. It is kept."
    ),
    "no_such_function": _("Choose what work is to ask less of, and how much it may ask."),
    "reason_twice": _("There is a reason of that name already."),
}


@dataclass(frozen=True, slots=True)
class Named:
    """A reason as it is shown. `ours`: the municipality has not changed it."""

    code: str
    texts: Mapping[str, str]
    health: bool = False
    ours: bool = True
    closed: bool = False

    @override
    def __str__(self) -> str:
        return self.texts.get((get_language() or "en")[:2]) or self.texts["en"]


@cache
def _ours() -> tuple[Named, ...]:
    rows = tomllib.loads(OURS.read_text("utf-8"))["reason"]
    return tuple(
        Named(row["code"], {one: row[one] for one in ("sv", "da", "en")}, row.get("health", False))
        for row in rows
    )


def why_left_out() -> dict[str, Named]:
    """All reasons by code, those used no more too: old rows keep their words. One query."""
    found = {one.code: one for one in _ours()}
    for row in WhyLeftOut.objects.order_by("code"):
        texts = {"sv": row.sv, "da": row.da, "en": row.en}
        found[row.code] = Named(row.code, texts, row.health, ours=False, closed=row.closed)
    return found
