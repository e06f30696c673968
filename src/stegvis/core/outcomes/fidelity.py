"""How many of those of whom it can be asked have what was to be delivered, and what may be told.

Four kinds of people: those who have it, those who lack it, those of whom nobody knows, and those of
whom it cannot be asked yet. The last are in no denominator (methods 1.3); those not known stay in
it and are said beside it, so that a share is told between the two answers they may give.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from stegvis.core.outcomes.anonymity import K
from stegvis.core.outcomes.shares import Share, told
from stegvis.core.progression.elements import Element, Fidelity

LARGE = 2 * K
"""Of fewer no share is told, and not that all or nobody has it: it would be told of each."""


@dataclass(frozen=True, slots=True)
class Tally:
    met: int = 0
    lacking: int = 0
    unknown: int = 0
    not_due: int = 0

    @property
    def due(self) -> int:
        return self.met + self.lacking + self.unknown

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.met + other.met,
            self.lacking + other.lacking,
            self.unknown + other.unknown,
            self.not_due + other.not_due,
        )


@dataclass(frozen=True, slots=True)
class Told:
    """What may be told of a tally: `n` of `of`, `unknown` of these not known, `not_due` apart; None
    where it may not."""

    n: int | None = None
    of: int | None = None
    unknown: int | None = None
    not_due: int | None = None

    @property
    def percent(self) -> tuple[int, int] | None:
        """Between which whole per cent the share lies, were those not known to lack it or to have
        it; None of few, and where it is not known of how many nobody knows."""
        if self.n is None or self.of is None or self.unknown is None or self.of < LARGE:
            return None
        return _share(self.n, self.of), _share(self.n + self.unknown, self.of)

    @property
    def between(self) -> tuple[int, int] | None:
        """The widest of Wilson's 95 % intervals of the two."""
        if self.percent is None or self.n is None or self.of is None or self.unknown is None:
            return None
        least, most = Share(self.n, self.of).between, Share(self.n + self.unknown, self.of).between
        return (least[0], most[1]) if least and most else None


def _share(n: int, of: int) -> int:
    return (200 * n + of) // (2 * of)


def kind_of(element: Element) -> str:
    """The name of the tally's number that an element of one case is counted in."""
    if element.state is Fidelity.MET:
        return "met"
    if element.state is Fidelity.NOT_YET_DUE:
        return "not_due"
    return "lacking" if element.known else "unknown"


def tally(kinds: Iterable[str]) -> Tally:
    found = {"met": 0, "lacking": 0, "unknown": 0, "not_due": 0}
    for kind in kinds:
        found[kind] += 1
    return Tally(**found)


def tallies(cases: Iterable[Sequence[Element]]) -> dict[str, Tally]:
    """Each element's tally over cases, one judgement a person."""
    kinds: dict[str, list[str]] = {}
    for elements in cases:
        for element in elements:
            kinds.setdefault(element.code, []).append(kind_of(element))
    return {code: tally(several) for code, several in kinds.items()}


def tell(one: Tally, *, k: int = K) -> Told:
    """What of a tally may be told where it is known of how many people it is in all. As finely as
    may be: with those not known apart; else together with those who lack it; else how many it can
    be asked of; else nothing."""
    if one.due == 0 and 0 < one.not_due < 2 * k:
        return Told()  # that it can be asked of nobody would be told of each of a few
    fine = {"met": one.met, "lacking": one.lacking, "unknown": one.unknown, "not_due": one.not_due}
    if len(told(fine, k=k)) == len(fine) and not _of_each(one.met, one.due, k):
        return Told(one.met, one.due, one.unknown, one.not_due)
    rest = one.due - one.met
    coarse = {"met": one.met, "rest": rest, "not_due": one.not_due}
    if len(told(coarse, k=k)) == len(coarse) and not _of_each(one.met, one.due, k):
        return Told(one.met, one.due, None, one.not_due)
    halves = {"due": one.due, "not_due": one.not_due}
    if len(told(halves, k=k)) == len(halves):
        return Told(None, one.due, None, one.not_due)
    return Told()


def _of_each(n: int, of: int, k: int) -> bool:
    """Whether it would be told of each of a few."""
    return 0 < of < 2 * k and n in (0, of)


def told_counts(parts: Mapping[str, int], *, k: int = K) -> dict[str, int | None]:
    """Parts of a whole that is known; where one holds everybody of a few, none is told."""
    whole = sum(parts.values())
    if whole < k or (whole < 2 * k and whole in parts.values()):
        return dict.fromkeys(parts, 0 if whole == 0 else None)
    open_ = told(parts, k=k)
    return {key: n if key in open_ else None for key, n in parts.items()}


def middle(values: Sequence[float], *, k: int = K) -> float | None:
    """The median of so many that it is nobody's own."""
    return float(median(values)) if len(values) >= k else None
