"""One person beside the openings: what each asks, what is known, what is done about the rest.

No sum is shown and nobody is ranked (KN-74): each requirement has an answer with where it is known
from. Of the body nothing enters but limits agreed with the person; a room above tells (LIMITS).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Prefetch, Subquery
from django.db.models.functions import JSONObject

from stegvis.core.matching.fits import (
    Evidence,
    Fit,
    Limit,
    Requirement,
    State,
    Term,
    Verdict,
    against,
    fit,
    in_order,
)
from stegvis.journey.abilities.facts import known_marks
from stegvis.journey.employers.models import Opening, OpeningRequirement
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.mapping.models import JobGoal
from stegvis.journey.placements.facts.site import full
from stegvis.journey.placements.models import Adjustment, Match
from stegvis.journey.workplaces.models import Function

type Limits = Callable[[Collection[uuid.UUID], dt.date], Mapping[uuid.UUID, Sequence[Limit]]]

LIMITS: list[Limits] = []
"""Who knows the limits agreed with somebody, by enrolment: filled by config.places."""
WORD = 4  # letters of a word that says something
ORDER = ("not_met", "unwanted", "unknown", "trained", "adapted", "met")


@dataclass(frozen=True, slots=True)
class Mark:
    level: int
    on: dt.date


@dataclass(frozen=True, slots=True)
class Answer:
    """One requirement beside the person. `state`: met, adapted, trained, unknown, not_met or
    unwanted. `seen` and `said` are two marks, never one; `at_most`: as agreed with the person."""

    function: str
    name: str
    asks: int
    hard: bool
    why: str
    state: str
    seen: Mark | None
    said: Mark | None
    at_most: int | None
    adjustment: Adjustment | None

    @property
    def lacks(self) -> bool:
        """It must be there and is not, as far as is known; or the person does not want it."""
        return self.state in {"not_met", "unwanted"}


@dataclass(frozen=True, slots=True)
class OpeningFit:
    """`wanted`: which of the person's own words the opening answers; empty: none."""

    opening: Opening
    verdict: Verdict
    fit: Fit
    answers: tuple[Answer, ...]
    wanted: str
    full: bool

    @property
    def counts(self) -> Counter[str]:
        return Counter(one.state for one in self.answers)


@dataclass(frozen=True, slots=True)
class _Known:
    marks: Mapping[str, Mapping[str, Mark]]  # by ability: observed, self
    limits: Sequence[Limit]
    adjustments: Mapping[tuple[uuid.UUID, str], Adjustment]
    goal: Mapping[str, Any] | None


def fits_for(enrolment: Enrolment, openings: Sequence[Opening], *, on: dt.date) -> list[OpeningFit]:
    """Every opening beside one person: those in the direction of their own goal first, then by how
    it stands. Openings as `open_openings` gives them. Five queries at most."""
    known = _known(enrolment, openings, on=on)
    taken = full([one.pk for one in openings], on=on)
    made = {str(one.pk): _one(one, known, taken, on=on) for one in openings}
    wanted = frozenset(key for key, one in made.items() if one.wanted)
    order = in_order({key: one.fit for key, one in made.items()}, wanted=wanted)
    return [made[key] for key in order]


def open_openings(*, on: dt.date, enrolment: Enrolment | None = None) -> list[Opening]:
    """Those open that day at sites that are there, with what they ask, and the person's latest
    match with each (`match`: its key and state). Two queries."""
    rows = Opening.openings.standing(on).filter(state=Opening.State.OPEN)
    rows = rows.exclude(site__until__lte=on).exclude(site__company__until__lte=on)
    mine = Match.matches.filter(opening=OuterRef("pk"), enrolment=enrolment).order_by("-on", "-id")
    rows = rows.annotate(match=Subquery(mine.values(one=JSONObject(key="pk", state="state"))[:1]))
    rows = rows.select_related("site__company").prefetch_related(_requirements())
    return list(rows.order_by("name", "id"))


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
    row = Opening.openings.prefetch_related(_requirements()).get(pk=opening.pk)
    (found,) = fits_for(enrolment, [row], on=on)
    return tuple(one.function for one in found.answers if one.lacks)


def _known(enrolment: Enrolment, openings: Sequence[Opening], *, on: dt.date) -> _Known:
    marks: dict[str, dict[str, Mark]] = {}
    for _key, ability, kind, level, day in known_marks([enrolment.pk], on=on):
        marks.setdefault(ability, {})[kind] = Mark(level, day)
    held = [one for tell in LIMITS for one in tell([enrolment.pk], on).get(enrolment.pk, ())]
    done = Adjustment.objects.filter(enrolment=enrolment, opening__in=openings).order_by("id")
    return _Known(
        marks=marks,
        limits=held,
        adjustments={(row.opening_id, row.function): row for row in done},
        goal=_goal(enrolment),
    )


def _one(
    opening: Opening, known: _Known, taken: frozenset[uuid.UUID], *, on: dt.date
) -> OpeningFit:
    asked: list[OpeningRequirement] = vars(opening)["asked"]
    asks = [
        Requirement(one.function, one.level, one.hard, Decimal(one.weight), one.why)
        for one in asked
    ]
    made = fit(asks, list(_evidence(asked, known)), on=on)
    said = {one.function: one for one in asked}
    limits = {one.function: one.at_most for one in against(asks, known.limits)}
    answers = [_answer(term, said[term.requirement.function], known, limits) for term in made.terms]
    return OpeningFit(
        opening=opening,
        verdict=Verdict.NOT_NOW if any(one.lacks for one in answers) else made.verdict,
        fit=made,
        answers=tuple(sorted(answers, key=lambda one: (ORDER.index(one.state), one.name))),
        wanted=_wanted(opening, known.goal),
        full=opening.pk in taken,
    )


def _evidence(asked: Iterable[OpeningRequirement], known: _Known) -> Iterable[Evidence]:
    for one in asked:
        for ability in _abilities(one):
            for kind, mark in known.marks.get(ability, {}).items():
                yield Evidence(one.function, kind, mark.level, mark.on)


def _abilities(one: OpeningRequirement) -> Sequence[str]:
    return vars(one)["abilities"] or ()


def _answer(
    term: Term, said: OpeningRequirement, known: _Known, limits: Mapping[str, int]
) -> Answer:
    asked = term.requirement
    done = known.adjustments.get((said.opening_id, asked.function))
    return Answer(
        function=asked.function,
        name=vars(said)["named"] or asked.function,
        asks=asked.level,
        hard=asked.hard,
        why=asked.why,
        state=_state(term, done, limited=asked.function in limits),
        seen=_mark(said, "observed", known),
        said=_mark(said, "self", known),
        at_most=limits.get(asked.function),
        adjustment=done,
    )


def _mark(said: OpeningRequirement, kind: str, known: _Known) -> Mark | None:
    """The latest of the abilities that answer the function; of one day the lowest."""
    found = [
        sides[kind]
        for ability in _abilities(said)
        if kind in (sides := known.marks.get(ability, {}))
    ]
    return max(found, key=lambda one: (one.on, -one.level), default=None)


def _state(term: Term, done: Adjustment | None, *, limited: bool) -> str:
    kind = done.kind if done else ""
    if kind == Adjustment.Kind.UNWANTED:
        return "unwanted"
    if term.state is State.ENOUGH and not limited:
        return "met"
    if kind in {Adjustment.Kind.ADAPT, Adjustment.Kind.LEAVE_OUT}:
        return "adapted"
    if limited:
        return "not_met"
    if term.state is State.UNKNOWN:
        return "unknown"
    return "not_met" if term.requirement.hard else "trained"


def _wanted(opening: Opening, goal: Mapping[str, Any] | None) -> str:
    """The person's own goal where the opening answers it, or nothing."""
    if not goal or goal["kind"] == JobGoal.STUDIES:
        return ""
    text = str(goal["text"])
    if goal["area"] and goal["area"] == opening.area:
        return text
    said = f"{opening.name} {opening.area} {opening.tasks}".casefold()
    words = "".join(c if c.isalpha() else " " for c in text.casefold()).split()
    return next((text for word in words if len(word) >= WORD and _stem(word) in said), "")


def _stem(word: str) -> str:
    """Its beginning: "städning" answers "städa" and "rengøringsjob" "rengøring"."""
    return word[: max(WORD, len(word) - 3)]
