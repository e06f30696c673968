"""Places in the order they suit one person, each explained need by need.

The own goal comes first, as a key of its own and never as a weight; then what is known to be too
little comes last, then the least burden, then the fewest kilometres. No share or figure is a
verdict: the interval says how far what is not known could move it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from stegvis.core.matching.fits import TOP
from stegvis.core.matching.pairs import Mark, Need, Pairs, Person, Place, burden, short
from stegvis.core.matching.scoring import Grid

FINE = Decimal("0.0001")


class State(StrEnum):
    FITS = "fits"
    ADAPT = "adapt"  # fits with adaptation: known to be below what can be trained or eased
    NOT_TRIED = "not_tried"
    NOT_NOW = "not_now"  # a hard need is known to fall short


@dataclass(frozen=True, slots=True)
class Because:
    """One need. The burdens of a place's needs add up to its own, exactly."""

    need: Need
    state: State
    mark: Mark | None
    burden: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """`least` and `most`: the share that fits if all that is not known were nothing, or as asked;
    `coverage`: how much of the weight is known. 1 where nothing is asked."""

    person: Person
    place: Place
    own_goal: bool
    wished: bool
    least: Decimal
    most: Decimal
    coverage: Decimal
    burden: int
    km: int
    because: tuple[Because, ...]

    @property
    def hard(self) -> tuple[Because, ...]:
        return tuple(one for one in self.because if one.need.hard)


def ranked(pairs: Pairs, person: int, *, most: int, grid: Grid | None = None) -> list[Ranked]:
    """The first `most` places for the person at that number, of those whose hours and distance suit
    and that the person has not declined. A hard need known to fall short puts a place last."""
    one = pairs.persons[person]
    near = _near(grid or Grid(pairs), person)
    return [_told(one, pairs.places[n]) for n in near[:most]]


def _near(grid: Grid, person: int) -> list[int]:
    import numpy as np

    block = grid.block(person, person + 1)
    may = np.flatnonzero(block.reach[0])
    lacks = ~block.allowed[0][may]
    order = np.lexsort((block.km[0][may], block.burden[0][may], lacks, ~block.goal[0][may]))
    found: list[int] = may[order].tolist()
    return found


def _told(person: Person, place: Place) -> Ranked:
    because = tuple(_because(person, need) for need in place.needs)
    weight = sum(one.need.weight for one in because)
    known = [one for one in because if one.mark is not None]
    dark = [one for one in because if one.mark is None]
    lost = sum(one.burden for one in known)
    darkest = sum(one.need.weight * one.need.level for one in dark)
    return Ranked(
        person=person,
        place=place,
        own_goal=place.id in person.wants
        or (person.goal is not None and place.area == person.goal),
        wished=place.id in person.wishes,
        least=_share(lost + darkest, TOP * weight),
        most=_share(lost, TOP * weight),
        coverage=_share(sum(one.need.weight for one in dark), weight),
        burden=sum(one.burden for one in because),
        km=abs(person.xy[0] - place.xy[0]) + abs(person.xy[1] - place.xy[1]),
        because=because,
    )


def _share(lost: int, of: int) -> Decimal:
    return Decimal(1) if not of else (1 - Decimal(lost) / of).quantize(FINE)


def _because(person: Person, need: Need) -> Because:
    mark = person.abilities.get(need.ability)
    return Because(need, _state(need, mark), mark, burden(need, mark))


def _state(need: Need, mark: Mark | None) -> State:
    if mark is None:
        return State.NOT_TRIED
    if short(need, mark):
        return State.NOT_NOW
    return State.FITS if mark.level >= need.level else State.ADAPT
