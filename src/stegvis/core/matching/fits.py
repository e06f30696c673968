"""How a task's requirements stand to what is known of somebody, term by term.

Four answers: it works now, it can be trained, it must be tried with a supervisor, not now. What is
not known fails nobody. Sex, name and age are no arguments here (INV-28), and nothing is learned
from earlier placings. The shares serve to order one person's tasks and to be looked into; persons
are never ranked by them.

What was seen in work counts before what a paper says, and that before what somebody says of
themselves; of each the latest. It weighs less the older it is, and after `stale` days nothing.
Levels are 0 (not now) to 4 (all alone).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

TOP = 4
HALF_LIFE, STALE = 90, 183  # days; ours
ORDER = ("observed", "document", "self")  # which kind of evidence is asked first
ONE, NOTHING = Decimal(1), Decimal(0)


class Verdict(StrEnum):
    NOW = "now"
    TRAIN = "train"
    TRY = "try"
    NOT_NOW = "not_now"
    NOT_ANALYSED = "not_analysed"  # nobody has said what the task asks


class State(StrEnum):
    ENOUGH = "enough"
    SHORT = "short"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Requirement:
    """`hard`: must be there before; else it is trained by the work itself."""

    function: str
    level: int
    hard: bool = False
    weight: Decimal = ONE
    why: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """`kind`: observed, document or self."""

    function: str
    kind: str
    level: int
    on: date


@dataclass(frozen=True, slots=True)
class Term:
    """One requirement with what answers it. `counts`: how much of its weight is known by now;
    `lost`: what the gap takes from the share, so that 1 less every `lost` is `fit`."""

    requirement: Requirement
    state: State
    evidence: Evidence | None
    gap: int
    counts: Decimal
    lost: Decimal


@dataclass(frozen=True, slots=True)
class Fit:
    """`fit`: of what is known; None where nothing is. `least` and `most`: if all that is not known
    were 0, or as asked, widened to hold `fit`. `coverage`: how much of the weight is known."""

    verdict: Verdict
    terms: tuple[Term, ...]
    fit: Decimal | None
    least: Decimal
    most: Decimal
    coverage: Decimal
    growth: Decimal

    def of(self, state: State, *, hard: bool | None = None) -> tuple[Term, ...]:
        return tuple(
            one for one in self.terms if one.state is state and hard in {None, one.requirement.hard}
        )


@dataclass(frozen=True, slots=True)
class Fading:
    half_life: int = HALF_LIFE
    stale: int = STALE

    def strength(self, seen: date, on: date) -> Decimal:
        """1 on its day, half after a half-life, 0 when stale. To three decimals, so that sums of
        it are exact."""
        age = max(0, (on - seen).days)
        if age > self.stale:
            return NOTHING
        return round(Decimal(0.5 ** (age / self.half_life)), 3)


def known(evidence: Iterable[Evidence], *, on: date, fading: Fading) -> dict[str, Evidence]:
    """The one piece that counts for each function: of the first kind there is, the latest."""
    found: dict[str, Evidence] = {}
    for one in evidence:
        if one.on > on or not fading.strength(one.on, on):
            continue
        held = found.get(one.function)
        if held is None or _rank(one) > _rank(held):
            found[one.function] = one
    return found


def _rank(one: Evidence) -> tuple[int, date, int]:
    return -ORDER.index(one.kind), one.on, -one.level


def fit(
    requirements: Sequence[Requirement],
    evidence: Iterable[Evidence],
    *,
    on: date,
    goals: frozenset[str] = frozenset(),
    fading: Fading | None = None,
) -> Fit:
    """`goals`: the functions the person trains now; they count in `growth` alone."""
    fading = fading or Fading()
    have = known(evidence, on=on, fading=fading)
    weighed = [_Weighed(one, have.get(one.function), on, fading) for one in requirements]
    whole = sum((one.requirement.weight for one in weighed), NOTHING)
    sure = sum((one.counts for one in weighed), NOTHING)
    terms = tuple(one.term(sure) for one in weighed)
    taken = sum((one.taken for one in weighed), NOTHING)
    share = ONE - sum((term.lost for term in terms), NOTHING) if sure else None
    least, most = _range(weighed, taken, whole)
    return Fit(
        verdict=_verdict(terms),
        terms=terms,
        fit=share,
        least=least if share is None else min(least, share),
        most=most if share is None else max(most, share),
        coverage=sure / whole if whole else ONE,
        growth=sum((one.grows(goals) for one in weighed), NOTHING),
    )


@dataclass(frozen=True, slots=True)
class _Weighed:
    requirement: Requirement
    evidence: Evidence | None
    on: date
    fading: Fading

    @property
    def counts(self) -> Decimal:
        if self.evidence is None:
            return NOTHING
        return self.requirement.weight * self.fading.strength(self.evidence.on, self.on)

    @property
    def gap(self) -> int:
        if self.evidence is None:
            return 0
        return max(0, self.requirement.level - self.evidence.level)

    @property
    def taken(self) -> Decimal:
        return self.counts * self.gap / TOP

    def term(self, sure: Decimal) -> Term:
        lost = self.taken / sure if sure else NOTHING
        state = State.SHORT if self.gap else State.ENOUGH
        if self.evidence is None:
            state = State.UNKNOWN
        return Term(self.requirement, state, self.evidence, self.gap, self.counts, lost)

    def grows(self, goals: frozenset[str]) -> Decimal:
        near = self.gap == 1 and self.requirement.function in goals
        return self.requirement.weight if near else NOTHING


def _range(weighed: Sequence[_Weighed], taken: Decimal, whole: Decimal) -> tuple[Decimal, Decimal]:
    if not whole:
        return ONE, ONE
    dark = sum(
        ((one.requirement.weight - one.counts) * one.requirement.level / TOP for one in weighed),
        NOTHING,
    )
    return ONE - (taken + dark) / whole, ONE - taken / whole


def _verdict(terms: Sequence[Term]) -> Verdict:
    if not terms:
        return Verdict.NOT_ANALYSED
    hard = [one for one in terms if one.requirement.hard]
    if any(one.state is State.SHORT for one in hard):
        return Verdict.NOT_NOW
    if any(one.state is State.UNKNOWN for one in hard):
        return Verdict.TRY
    if all(one.state is State.UNKNOWN for one in terms):
        return Verdict.TRY
    if any(one.state is State.SHORT for one in terms):
        return Verdict.TRAIN
    return Verdict.NOW


READING = (Verdict.NOW, Verdict.TRAIN, Verdict.TRY, Verdict.NOT_NOW, Verdict.NOT_ANALYSED)


def in_order(fits: Mapping[str, Fit], *, wanted: frozenset[str] = frozenset()) -> list[str]:
    """One person's tasks in the order to talk about them: those in the direction they want to go
    first, then by verdict, by what can grow, by what is known to fit; then by key."""

    def place(key: str) -> tuple[bool, int, Decimal, Decimal, str]:
        one = fits[key]
        share = one.fit if one.fit is not None else NOTHING
        return key not in wanted, READING.index(one.verdict), -one.growth, -share, key

    return sorted(fits, key=place)


@dataclass(frozen=True, slots=True)
class Limit:
    """A consideration agreed with the person: of this function no more than a level, for now."""

    function: str
    at_most: int


def against(requirements: Iterable[Requirement], limits: Iterable[Limit]) -> tuple[Limit, ...]:
    """The limits that speak against what is asked: something to talk about, never a bar (KN-99)."""
    most: dict[str, int] = {}
    for one in requirements:
        most[one.function] = max(most.get(one.function, 0), one.level)
    return tuple(one for one in limits if most.get(one.function, 0) > one.at_most)
