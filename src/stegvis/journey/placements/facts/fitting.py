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

from django.db.models import Prefetch

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
from stegvis.journey.mapping.facts import job_goal
from stegvis.journey.mapping.models import JobGoal
from stegvis.journey.placements.facts.site import full
from stegvis.journey.placements.models import Adjustment
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
    functions: Mapping[str, Function]
    adjustments: Mapping[tuple[uuid.UUID, str], Adjustment]
    goal: JobGoal | None


def fits_for(enrolment: Enrolment, openings: Sequence[Opening], *, on: dt.date) -> list[OpeningFit]:
    """Every opening beside one person: those in the direction of their own goal first, then by how
    it stands. Openings as `open_openings` gives them. Six queries."""
    known = _known(enrolment, openings, on=on)
    taken = full([one.pk for one in openings], on=on)
    made = {str(one.pk): _one(one, known, taken, on=on) for one in openings}
    wanted = frozenset(key for key, one in made.items() if one.wanted)
    order = in_order({key: one.fit for key, one in made.items()}, wanted=wanted)
    return [made[key] for key in order]


def open_openings(*, on: dt.date) -> list[Opening]:
    """Those open that day at sites that are there, with what they ask. Two queries."""
    asked = OpeningRequirement.objects.order_by("-hard", "function", "id")
    rows = Opening.openings.standing(on).filter(state=Opening.State.OPEN)
    rows = rows.exclude(site__until__lte=on).exclude(site__company__until__lte=on)
    rows = rows.select_related("site__company")
    rows = rows.prefetch_related(Prefetch("requirements", asked, to_attr="asked"))
    return list(rows.order_by("name", "id"))


def lacking(enrolment: Enrolment, opening: Opening, *, on: dt.date) -> tuple[str, ...]:
    """Functions the opening must have and the person has not, as far as is known, and nothing is
    done about."""
    row = Opening.openings.prefetch_related(
        Prefetch("requirements", OpeningRequirement.objects.order_by("id"), to_attr="asked")
    ).get(pk=opening.pk)
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
        functions={row.code: row for row in Function.objects.order_by("id")},
        adjustments={(row.opening_id, row.function): row for row in done},
        goal=job_goal(enrolment),
    )


def _one(
    opening: Opening, known: _Known, taken: frozenset[uuid.UUID], *, on: dt.date
) -> OpeningFit:
    asked: list[OpeningRequirement] = vars(opening)["asked"]
    asks = [
        Requirement(one.function, one.level, one.hard, Decimal(one.weight), one.why)
        for one in asked
    ]
    made = fit(asks, list(_evidence(asks, known)), on=on)
    limits = {one.function: one.at_most for one in against(asks, known.limits)}
    answers = [_answer(term, opening, known, limits) for term in made.terms]
    return OpeningFit(
        opening=opening,
        verdict=Verdict.NOT_NOW if any(one.lacks for one in answers) else made.verdict,
        fit=made,
        answers=tuple(sorted(answers, key=lambda one: (ORDER.index(one.state), one.name))),
        wanted=_wanted(opening, known.goal),
        full=opening.pk in taken,
    )


def _evidence(asks: Iterable[Requirement], known: _Known) -> Iterable[Evidence]:
    for one in asks:
        for ability in _abilities(one.function, known):
            for kind, mark in known.marks.get(ability, {}).items():
                yield Evidence(one.function, kind, mark.level, mark.on)


def _abilities(function: str, known: _Known) -> Sequence[str]:
    row = known.functions.get(function)
    return list(row.abilities) if row else ()


def _answer(term: Term, opening: Opening, known: _Known, limits: Mapping[str, int]) -> Answer:
    asked = term.requirement
    row = known.functions.get(asked.function)
    done = known.adjustments.get((opening.pk, asked.function))
    return Answer(
        function=asked.function,
        name=row.name if row else asked.function,
        asks=asked.level,
        hard=asked.hard,
        why=asked.why,
        state=_state(term, done, limited=asked.function in limits),
        seen=_mark(asked.function, "observed", known),
        said=_mark(asked.function, "self", known),
        at_most=limits.get(asked.function),
        adjustment=done,
    )


def _mark(function: str, kind: str, known: _Known) -> Mark | None:
    """The latest of the abilities that answer the function; of one day the lowest."""
    found = [
        sides[kind]
        for ability in _abilities(function, known)
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


def _wanted(opening: Opening, goal: JobGoal | None) -> str:
    """The word of the person's own goal that the opening answers, or none."""
    if goal is None or goal.kind == JobGoal.STUDIES:
        return ""
    if goal.area and goal.area == opening.area:
        return str(goal.text)
    said = f"{opening.name} {opening.area} {opening.tasks}".casefold()
    words = "".join(c if c.isalpha() else " " for c in goal.text.casefold()).split()
    return next((goal.text for word in words if len(word) >= WORD and _stem(word) in said), "")


def _stem(word: str) -> str:
    """Its beginning: "städning" answers "städa" and "rengøringsjob" "rengøring"."""
    return word[: max(WORD, len(word) - 3)]
