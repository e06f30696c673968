"""The room in words, and the list of reasons: ours, and what a municipality has changed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, override

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from stegvis.journey.attendance.models import Reason, Status, What

OURS = Path(__file__).with_name("reasons.toml")

STATUSES: Mapping[str, Any] = {
    Status.PRESENT: _("Here"),
    Status.LATE: _("Late"),
    Status.SICK: _("Sick"),
    Status.ABSENT: _("Absent"),
    Status.SENT_HOME: _("Sent home"),
    Status.UNKNOWN: _("Do not know"),
}
SIGNS = {
    Status.PRESENT: "check",
    Status.LATE: "clock-alert",
    Status.SICK: "phone-off",
    Status.ABSENT: "minus",
    Status.SENT_HOME: "log-out",
    Status.UNKNOWN: "circle-question-mark",
}
WHATS: Mapping[str, Any] = {
    What.WORK: _("Work"),
    What.BREAKFAST: _("Breakfast"),
    What.EXERCISE: _("Exercise"),
    What.SEMINAR: _("Seminar"),
    What.STUDY_VISIT: _("Study visit"),
}
HOW = {
    "supervisor": _("marked in the list"),
    "person": _("said by the person"),
    "imported": _("from a file"),
}
FAULTS = {
    "not_in_the_list": _("Not in your list for that day any more."),
    "code_unknown": _("The mark is not known here. Load the page anew."),
    "day_ahead": _("That day has not come yet."),
    "day_far_back": _("That day is too far back to be marked here."),
    "reason_twice": _("There is a reason of that name already."),
}


@dataclass(frozen=True, slots=True)
class Named:
    """A reason as it is shown. `ours`: the municipality has not changed it."""

    code: str
    mark: int
    texts: Mapping[str, str]
    leave: bool
    ours: bool = True
    closed: bool = False

    @override
    def __str__(self) -> str:
        return self.texts.get((get_language() or "en")[:2]) or self.texts["en"]


@cache
def ours() -> tuple[Named, ...]:
    rows = tomllib.loads(OURS.read_text("utf-8"))["reason"]
    return tuple(
        Named(
            row["code"],
            row["mark"],
            {one: row[one] for one in ("sv", "da", "en")},
            row["leave"],
            closed=row.get("closed", False),
        )
        for row in rows
    )


def reasons(rows: Iterable[Reason] | None = None) -> dict[str, Named]:
    """All reasons by code, those that are used no more too: old days keep their words. One query
    where the rows are not given."""
    found = {one.code: one for one in ours()}
    for row in Reason.objects.all() if rows is None else rows:
        texts = {"sv": row.sv, "da": row.da, "en": row.en}
        found[row.code] = Named(row.code, row.mark, texts, row.leave, ours=False, closed=row.closed)
    return dict(sorted(found.items(), key=lambda one: (not one[1].leave, one[1].mark)))


def said(status: str, minutes: int | None, reason: str, known: Mapping[str, Named]) -> str:
    """A mark in words: "Late 15 minutes", "Away: care of a child"."""
    if status == Status.LATE and minutes:
        return ngettext("Late %(n)s minute", "Late %(n)s minutes", minutes) % {"n": minutes}
    if status == Status.ABSENT and reason in known:
        return _now("Absent: %(why)s") % {"why": str(known[reason])}
    return str(STATUSES[status])
