"""An agreement in words, the same for everybody who reads it: from its document alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stegvis.journey.agreements.words import RHYTHMS, TOPICS, WAYS
from stegvis.platform.ui.dates import long_day

MINUTES = 60


def hours(minutes: int) -> str:
    """6, 7,5: with the sign of the language."""
    whole = f"{minutes / MINUTES:.2f}".rstrip("0").rstrip(".")
    places = len(whole.partition(".")[2])
    return str(number_format(minutes / MINUTES, decimal_pos=places, use_l10n=True))


def line(said: Mapping[str, Any]) -> str:
    """4 hours a week."""
    count = hours(said["minutes"])
    if said["per"] == "month":
        return _("%(n)s hours a month") % {"n": count}
    return _("%(n)s hours a week") % {"n": count}


def day(iso: str) -> str:
    return long_day(dt.date.fromisoformat(iso)) if iso else ""


def phases(said: Mapping[str, Any]) -> list[dict[str, str]]:
    """How often and how, one row for each part of the plan."""
    found = []
    for one in said["phases"]:
        often = _every(one["every"], one["unit"])
        times = ngettext("%(n)s time", "%(n)s times", one["times"]) % {"n": one["times"]}
        when = times if one["times"] else _("then, the first year out")
        if not one["times"] and len(said["phases"]) == 1:
            when = _("the first year out")
        found.append({"when": when, "often": often, "way": str(WAYS[one["way"]])})
    return found


def _every(every: int, unit: str) -> str:
    if unit == "month":
        return _("every month")
    return _("every week") if every == 1 else _("every other week")


def laid_out(said: Mapping[str, Any], *, told: Iterable[str] | None = None) -> dict[str, Any]:
    """The document for a page or a paper. `told`: the keys of what may be told at this moment; what
    the person has taken back since is left out. None for those of the municipality."""
    kept = said["considerations"]
    if told is not None:
        now = set(told)
        kept = [one for one in kept if one["key"] in now]
    when = said["ordinary_when"]
    return {
        "person": said["person"], "company": said["company"], "site": said["site"],
        "number": said["number"], "since": day(said["since"]), "ends": day(said["ends"]),
        "change_note": said["change_note"],
        "tasks": said["tasks"], "grows_into": said["grows_into"], "times": said["times"],
        "ordinary": _line(said["ordinary"]), "practice": _line(said["practice"]),
        "practice_ends": day(said["practice_ends"]),
        "when": _when(when) if when else "",
        "sub_goals": [{"text": g["text"], "by": day(g["by"])} for g in said["sub_goals"]],
        "considerations": [one["what"] for one in kept],
        "rhythm": RHYTHMS[said["rhythm"]], "phases": phases(said),
        "topics": [str(TOPICS[code]) for code in said["topics"] if code in TOPICS],
        "contact": said["contact"], "guide": said["guide"],
    }  # fmt: skip


def _line(said: Mapping[str, Any] | None) -> dict[str, str] | None:
    return {"hours": line(said), "function": said["function"]} if said else None


def _when(said: Mapping[str, str]) -> str:
    parts = []
    if said["on"]:
        parts.append(_("From %(day)s.") % {"day": day(said["on"])})
    if said["if"]:
        parts.append(_("When: %(what)s.") % {"what": said["if"].rstrip(".")})
    parts.append(_("Talked about on %(day)s.") % {"day": day(said["discussed_on"])})
    return " ".join(parts)
