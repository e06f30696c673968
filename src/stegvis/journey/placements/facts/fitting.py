"""One person, or many, beside the openings: what each asks, what is known, what is done about the
rest.

No sum is a verdict and nobody is ranked (KN-74): each requirement has an answer with where it is
known from. Of the body nothing enters but limits agreed with the person; a room above tells
(LIMITS).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import DateField, F, OuterRef, Prefetch, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from stegvis.core.matching.fits import Limit
from stegvis.core.matching.pairs import Pairs
from stegvis.core.matching.ranking import ranked
from stegvis.journey.abilities.facts import known_marks
from stegvis.journey.employers.facts import crews, openings
from stegvis.journey.employers.models import Opening, OpeningRequirement
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.mapping.models import JobGoal
from stegvis.journey.placements.facts.answers import Done, Known, Mark, OpeningFit, answered
from stegvis.journey.placements.facts.pairing import person_of, place_of
from stegvis.journey.placements.facts.site import Full, Taken
from stegvis.journey.placements.models import Adjustment, Match
from stegvis.journey.workplaces.models import Function

type Limits = Callable[[Collection[uuid.UUID], dt.date], Mapping[uuid.UUID, Sequence[Limit]]]
type Fits = Mapping[uuid.UUID, OpeningFit]
"""By opening, of one person."""

LIMITS: list[Limits] = []
"""Who knows the limits agreed with somebody, by enrolment: filled by config.places."""


def fits_for(enrolment: Enrolment, openings: Sequence[Opening], *, on: dt.date) -> list[OpeningFit]:
    """Every opening beside one person, as the core ranks a person's places: the own goal first,
    then what lacks nothing it must have, then the least burden; by name where they are alike.
    Openings as `open_openings` gives them. Four queries, and one for each that tells of limits."""
    (known,) = known_of([enrolment], on=on).values()
    every = crews({one.site_id for one in openings})
    made = {
        one.pk: answered(one, known, done_about(one), on=on, crew=every[one.site_id])
        for one in openings
    }
    places = tuple(place_of(one) for one in made.values())
    pairs = Pairs("", (person_of(enrolment.pk, made),), places)
    found = [
        replace(made[uuid.UUID(one.place.id)], ranked=one)
        for one in ranked(pairs, 0, most=len(made))
    ]
    return sorted(found, key=lambda one: (not one.wanted, one.lacks))


def fits_of_many(
    enrolments: Sequence[Enrolment], openings: Sequence[Opening], *, on: dt.date
) -> dict[uuid.UUID, Fits]:
    """By enrolment. Enrolments with `goal` and `done` as `goal_said` and `done_said` give them. One
    query, and one for each that tells of limits."""
    known = known_of(enrolments, on=on)
    done = {
        (one.pk, uuid.UUID(each["opening"]), each["function"]): Done(each["kind"], each["words"])
        for one in enrolments
        for each in vars(one)["done"] or ()
    }
    return {
        key: {one.pk: answered(one, each, _of(done, key, one.pk), on=on) for one in openings}
        for key, each in known.items()
    }


def _of(
    done: Mapping[tuple[uuid.UUID, uuid.UUID, str], Done], key: uuid.UUID, opening: uuid.UUID
) -> dict[str, Done]:
    return {what: one for (whose, at, what), one in done.items() if (whose, at) == (key, opening)}


def done_said() -> ArraySubquery:
    """What is done about requirements for somebody, of every opening, as a column."""
    rows = Adjustment.objects.filter(enrolment=OuterRef("pk")).order_by("id")
    said = JSONObject(opening="opening", function="function", kind="kind", words="words")
    return ArraySubquery(rows.values(one=said))


def done_about(opening: Opening) -> dict[str, Done]:
    """What came with it of the one person it was asked for."""
    told = vars(opening)["done"] or ()
    return {one["function"]: Done(one["kind"], one["words"]) for one in told}


def open_openings(*, on: dt.date, enrolment: Enrolment | None = None) -> list[Opening]:
    """Those open that day at sites that are there, with what they ask, how many are there (`taken`)
    and whether they are full, the person's latest match with each (`match`: its key and state) and
    what is done about what they ask (`done`). Two queries."""
    return list(_beside(openings(on), enrolment, on=on))


def _beside(rows: Any, enrolment: Enrolment | None, *, on: dt.date) -> Any:
    mine = Match.matches.filter(opening=OuterRef("pk"), enrolment=enrolment).order_by("-on", "-id")
    done = Adjustment.objects.filter(opening=OuterRef("pk"), enrolment=enrolment).order_by("id")
    said = JSONObject(function="function", kind="kind", words="words")
    return rows.annotate(
        match=Subquery(mine.values(one=JSONObject(key="pk", state="state"))[:1]),
        done=ArraySubquery(done.values(one=said)),
        full=Full(F("pk"), Value(on, output_field=DateField())),
        taken=Coalesce(Taken(F("pk"), Value(on, output_field=DateField())), 0),
    ).prefetch_related(_requirements())


def _requirements() -> Any:
    """What is asked, with the function's name and the abilities that answer it."""
    known = Function.objects.filter(code=OuterRef("function"))
    rows = OpeningRequirement.objects.annotate(
        named=Subquery(known.values("name")[:1]), abilities=Subquery(known.values("abilities")[:1])
    )
    return Prefetch("requirements", rows.order_by("-hard", "function", "id"), to_attr="asked")


def goal_said(enrolment: Any) -> Subquery:
    """The goal that counts, as a column: `enrolment` is an OuterRef."""
    rows = JobGoal.objects.filter(enrolment=enrolment).order_by("-on", "-created_at", "-id")
    one = JSONObject(kind="kind", area="area", text="text")
    return Subquery(rows.values(one=one)[:1])


def _goal(enrolment: Enrolment) -> Mapping[str, Any] | None:
    """As it came with the enrolment, else asked for."""
    known = vars(enrolment)
    if "goal" not in known:
        rows = Enrolment.enrolments.filter(pk=enrolment.pk)
        known["goal"] = rows.values_list(goal_said(OuterRef("pk")), flat=True).get()
    return known["goal"]  # type: ignore[no-any-return]


def lacking(enrolment: Enrolment, opening: Opening, *, on: dt.date) -> tuple[str, ...]:
    """Functions the opening must have and the person has not, as far as is known, and nothing is
    done about."""
    row = _beside(Opening.openings.filter(pk=opening.pk), enrolment, on=on).get()
    (found,) = fits_for(enrolment, [row], on=on)
    return tuple(one.function for one in found.answers if one.lacks)


def known_of(enrolments: Sequence[Enrolment], *, on: dt.date) -> dict[uuid.UUID, Known]:
    """Of each: what was seen and said, the limits agreed, the own goal."""
    keys = [one.pk for one in enrolments]
    marks: dict[uuid.UUID, dict[str, dict[str, Mark]]] = {key: {} for key in keys}
    for key, ability, kind, level, day in known_marks(keys, on=on):
        marks[key].setdefault(ability, {})[kind] = Mark(level, day)
    told = [tell(keys, on) for tell in LIMITS]
    return {
        one.pk: Known(
            marks=marks[one.pk],
            limits=[limit for each in told for limit in each.get(one.pk, ())],
            goal=_goal(one),
        )
        for one in enrolments
    }
