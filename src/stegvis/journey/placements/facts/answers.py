"""One opening beside one person: each requirement has an answer with where it is known from, and
there is no sum of them (KN-74)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

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
)
from stegvis.core.matching.ranking import Ranked
from stegvis.core.values.grades import Grade
from stegvis.journey.employers.facts import Crew
from stegvis.journey.employers.models import Opening, OpeningRequirement
from stegvis.journey.mapping.models import JobGoal
from stegvis.journey.placements.models import Adjustment

WORD = 4  # letters of a word that says something
ORDER = ("not_met", "unwanted", "unknown", "trained", "adapted", "met")


@dataclass(frozen=True, slots=True)
class Mark:
    level: int
    on: dt.date


@dataclass(frozen=True, slots=True)
class Done:
    """What is done about a requirement for this person."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One requirement beside the person. `state`: met, adapted, trained, unknown, not_met or
    unwanted. `seen` and `said` are two marks, never one; `at_most`: as agreed with the person."""

    function: str
    name: str
    asks: int
    hard: bool
    weight: int
    why: str
    state: str
    seen: Mark | None
    said: Mark | None
    at_most: int | None
    adjustment: Done | None

    @property
    def lacks(self) -> bool:
        """It must be there and is not, as far as is known; or the person does not want it."""
        return self.state in {"not_met", "unwanted"}


@dataclass(frozen=True, slots=True)
class OpeningFit:
    """`wanted`: the person's own goal where the opening answers it; `grade` and `ambassadors`: of
    the site that day; `ranked`: how it stands among the person's others, where that was asked."""

    opening: Opening
    verdict: Verdict
    fit: Fit
    answers: tuple[Answer, ...]
    wanted: str
    full: bool
    grade: str
    ambassadors: int
    ranked: Ranked | None = None

    @property
    def counts(self) -> Counter[str]:
        return Counter(one.state for one in self.answers)

    @property
    def lacks(self) -> bool:
        return any(one.lacks for one in self.answers)

    @property
    def hard(self) -> tuple[Answer, ...]:
        """What must be there before."""
        return tuple(one for one in self.answers if one.hard)


@dataclass(frozen=True, slots=True)
class Known:
    """Of one person. `marks`: by ability, observed and self; `limits`: as agreed with them."""

    marks: Mapping[str, Mapping[str, Mark]]
    limits: Sequence[Limit]
    goal: Mapping[str, Any] | None


def answered(
    opening: Opening,
    known: Known,
    done: Mapping[str, Done],
    *,
    on: dt.date,
    crew: Crew | None = None,
) -> OpeningFit:
    """`opening` as `open_openings` gives it; `done`: by function, of this person. Without a crew
    nothing is said of the company's grade."""
    told = vars(opening)
    asked: list[OpeningRequirement] = told["asked"]
    asks = [
        Requirement(one.function, one.level, one.hard, Decimal(one.weight), one.why)
        for one in asked
    ]
    made = fit(asks, list(_evidence(asked, known)), on=on)
    said = {one.function: one for one in asked}
    limits = {one.function: one.at_most for one in against(asks, known.limits)}
    answers = [
        _answer(term, said[term.requirement.function], known, limits, done) for term in made.terms
    ]
    grade = crew.grade(on) if crew else Grade.NONE
    return OpeningFit(
        opening=opening,
        verdict=Verdict.NOT_NOW if any(one.lacks for one in answers) else made.verdict,
        fit=made,
        answers=tuple(sorted(answers, key=lambda one: (ORDER.index(one.state), one.name))),
        wanted=_wanted(opening, known.goal),
        full=told["full"],
        grade="" if grade is Grade.NONE else str(grade),
        ambassadors=len(crew.ambassadors(on)) if crew else 0,
    )


def _evidence(asked: Iterable[OpeningRequirement], known: Known) -> Iterable[Evidence]:
    for one in asked:
        for ability in _abilities(one):
            for kind, mark in known.marks.get(ability, {}).items():
                yield Evidence(one.function, kind, mark.level, mark.on)


def _abilities(one: OpeningRequirement) -> Sequence[str]:
    return vars(one)["abilities"] or ()


def _answer(
    term: Term,
    said: OpeningRequirement,
    known: Known,
    limits: Mapping[str, int],
    adjusted: Mapping[str, Done],
) -> Answer:
    asked = term.requirement
    done = adjusted.get(asked.function)
    return Answer(
        function=asked.function,
        name=vars(said)["named"] or asked.function,
        asks=asked.level,
        hard=asked.hard,
        weight=int(asked.weight),
        why=asked.why,
        state=_state(term, done, limited=asked.function in limits),
        seen=_mark(said, "observed", known),
        said=_mark(said, "self", known),
        at_most=limits.get(asked.function),
        adjustment=done,
    )


def _mark(said: OpeningRequirement, kind: str, known: Known) -> Mark | None:
    """The latest of the abilities that answer the function; of one day the lowest."""
    found = [
        sides[kind]
        for ability in _abilities(said)
        if kind in (sides := known.marks.get(ability, {}))
    ]
    return max(found, key=lambda one: (one.on, -one.level), default=None)


def _state(term: Term, done: Done | None, *, limited: bool) -> str:
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
