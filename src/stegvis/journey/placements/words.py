"""Placements in words. Kinds, reasons and kinds of place are data beside, by country."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from stegvis.core.values.texts import pick
from stegvis.journey.placements.models import Adjustment, DropOut, Match, PlacementLine, Visit
from stegvis.journey.workplaces.words import LEVELS

LISTS = Path(__file__).with_name("kinds.toml")
EXTERNAL = frozenset({"external_employer", "external_municipal"})
LIMITED = ("practice", "subsidised", "benefit_work")  # what Danish law counts at a site


@dataclass(frozen=True, slots=True)
class Term:
    code: str
    texts: dict[str, str]
    countries: tuple[str, ...] = ("SE", "DK")
    pays: str = ""
    sensitive: bool = False

    @property
    def name(self) -> str:
        return pick(self.texts, get_language() or "sv")


@cache
def _terms() -> dict[str, dict[str, Term]]:
    read = tomllib.loads(LISTS.read_text("utf-8"))
    return {which: {raw["code"]: _term(raw) for raw in rows} for which, rows in read.items()}


def _term(raw: dict[str, Any]) -> Term:
    return Term(**{**raw, "countries": tuple(raw.get("countries", ("SE", "DK")))})


def kinds(country: str = "") -> dict[str, Term]:
    """The kinds of placement of a country, or all that are known."""
    return _of("kind", country)


def places(country: str = "") -> dict[str, Term]:
    return _of("place", country)


def reasons() -> dict[str, Term]:
    return _terms()["reason"]


def _of(which: str, country: str) -> dict[str, Term]:
    every = _terms()[which]
    return {code: one for code, one in every.items() if not country or country in one.countries}


def named(terms: dict[str, Term], code: str) -> str:
    """Its name; a code that is no longer on the list stands as it is."""
    return terms[code].name if code in terms else code


VISITS: dict[str, tuple[Any, str]] = {
    Visit.Kind.VISIT: (_("Visit"), "building-2"),
    Visit.Kind.TASTER: (_("Taster"), "footprints"),
    Visit.Kind.START: (_("First day, accompanied"), "users"),
    Visit.Kind.KEEP: (_("Contact so that it lasts"), "phone"),
}
FITS: dict[str, tuple[Any, str, str]] = {
    Visit.Fit.GOOD: (_("Fits well"), "ok", "check"),
    Visit.Fit.PARTLY: (_("Fits in part"), "info", "wrench"),
    Visit.Fit.NO: (_("Does not fit"), "warn", "x"),
}
STATES: dict[str, tuple[Any, str, str]] = {
    Match.State.PROPOSED: (_("Proposed"), "info", "hourglass"),
    Match.State.ACCEPTED: (_("Both have said yes"), "ok", "check-check"),
    Match.State.DECLINED: (_("Said no to"), "", "x"),
    Match.State.SET_ASIDE: (_("Set aside"), "", "minus"),
}
PAYS: dict[str, Any] = {
    PlacementLine.Pay.ORDINARY: _("Ordinary hours"),
    PlacementLine.Pay.SUBSIDISED: _("Subsidised hours"),
    PlacementLine.Pay.PRACTICE: _("Practice"),
}
SIDES: dict[str, Any] = {
    DropOut.Side.PERSON: _("The person"),
    DropOut.Side.COMPANY: _("The company"),
    DropOut.Side.MUNICIPALITY: _("The municipality"),
    DropOut.Side.TOGETHER: _("All together"),
}
ADJUSTMENTS: dict[str, Any] = {
    Adjustment.Kind.ADAPT: _("Adapt it"),
    Adjustment.Kind.LEAVE_OUT: _("Leave the task out"),
    Adjustment.Kind.TRY: _("Try it first"),
    Adjustment.Kind.UNWANTED: _("The person does not want it"),
}
# How a requirement stands to the person: words, the tag's kind, its icon.
ANSWERS = {
    "met": (_("Met"), "ok", "check"),
    "adapted": (_("With adaptation"), "info", "wrench"),
    "trained": (_("Is trained there"), "sup", "arrow-up"),
    "unknown": (_("Not tried"), "warn", "circle-question-mark"),
    "not_met": (_("Not met"), "late", "x"),
    "unwanted": (_("Does not want it"), "late", "x"),
}
LEVEL_WORDS = {0: _("Not at all"), **LEVELS}
PROFILE = {
    "workplaces": _("Workplaces"),
    "tasks": _("Tasks"),
    "functions": _("Functions"),
    "wishes": _("Wishes"),
    "competences": _("Competences and resources"),
}
# Why somebody who waits is not proposed to an opening.
BLOCKS = {
    "not_met": _("must be there and is not, as far as is known"),
    "unwanted": _("the person does not want it"),
    "hours": _("it asks for more hours a week than are planned now"),
    "said_no": _("one of them has said no, or it was set aside"),
}
DECIDED = {"begin": _("It began"), "extend": _("Extended"), "end": _("Ended")}
GRADES = {
    "ambassador": (_("Ambassador company"), "users-round"),
    "example": (_("Example company"), "users-round"),
}
FAULTS = {
    "ended": _("The road has ended. Nothing more can be written on it."),
    "not_yours": _("Where a protected person works is theirs and their case worker's to know."),
    "before_the_road": _("The day is before the enrolment."),
    "not_yet": _("This day has not come yet."),
    "empty_profile": _("Write something under at least one heading."),
    "visit_over": _("It is not planned any more."),
    "visit_not_done": _("What the person thinks is written once they have been there."),
    "own_words": _("The person has said this themselves. Nobody else changes it."),
    "no_such_opening": _("This opening is not there any more. Choose another."),
    "opening_closed": _("This opening is not open now."),
    "no_contact": _("Choose somebody who works at the site."),
    "why_missing": _("Say why."),
    "against_missing": _(
        "Something the work must have is not there, as far as is known. Say why all the same."
    ),
    "match_over": _("It is not open any more."),
    "answered": _("The person has answered this themselves."),
    "matched_before": _("There is a match with this opening already."),
    "aim_missing": _("Say which ordinary hours it aims at: how many, or whether and when."),
    "no_such_kind": _("Choose a kind of placement from the list."),
    "ends_before": _("The last day is before the first."),
    "no_hours": _("Write the hours of at least one line, and in which function."),
    "same_function": _("Ordinary hours and practice are in different functions."),
    "overlaps": _("The person has a placement at this site then already."),
    "placement_over": _("The placement has ended."),
    "grounds_missing": _("Write the grounds."),
    "not_longer": _("The new last day is not later than the old."),
    "begun": _("That it began is written already."),
    "law": _("The law does not allow it."),
    "paragraph_missing": _("Say on which paragraph it is decided."),
    "dropped_before": _("That it was broken off is written already."),
    "no_reason": _("Choose a reason from the list."),
    "no_exception": _("The programme knows no such exception."),
    "excepted_before": _("The exception is set already."),
    "trial_begun": _("A trial is written down before the day it begins."),
    "trial_named": _("There is a trial of that name already."),
    "nobody_chosen": _("Choose at least one who looks for a place."),
    "too_many_chosen": _("Choose at most a hundred people at a time."),
    "no_opening_chosen": _("Write a number of places at one opening at least."),
    "round_over": _("This proposal is not open any more."),
    "line_taken": _("A match is proposed already. Change it there."),
    "no_room": _("There are more people set there by hand than places."),
    "not_a_trial": _("The days do not make a trial."),
}
