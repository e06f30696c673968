"""What may be told of the figures, to whoever may not know whose they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stegvis.core.outcomes.anonymity import K
from stegvis.core.outcomes.fidelity import LARGE, Tally, Told, middle, tell, told_counts
from stegvis.core.programme.model import Programme
from stegvis.learning.fidelity.facts.counting import Counted, Spread


@dataclass(frozen=True, slots=True)
class Middle:
    """The median of `n` values, None where it would be somebody's own; `kept`: how many are within
    `asked`."""

    median: float | None
    n: int | None
    kept: Told
    asked: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    """`people` None: too few for anything to be told."""

    programme: Programme
    people: int | None
    elements: Mapping[str, Told]
    start: Middle
    search: Middle
    ages: Mapping[str, int | None]
    talks: Middle
    mediators: Told
    answers: Middle
    months: Told
    loads: tuple[int, ...]
    most_load: int
    steps: Mapping[str, int | None]
    groups: Mapping[str, int | None]
    dropped: Told
    hours: Middle
    hours_sum: int | None


def told(of: Counted) -> Figures:
    few = of.people < K
    return Figures(
        programme=of.programme,
        people=None if few else of.people,
        elements={code: _told(one, few=few) for code, one in of.elements.items()},
        start=_middle(of.start, few=few),
        search=_middle(of.search, few=few),
        ages=_parts(of.ages, few=few),
        talks=_middle(of.talks, few=few),
        mediators=_told(of.mediators, few=few),
        answers=_middle(of.answers, few=few),
        months=_told(of.months.kept, few=few or of.months.of < K),
        loads=of.loads,
        most_load=of.most_load,
        steps=_parts(of.steps, few=few),
        groups=_parts(of.groups, few=few),
        dropped=_told(of.dropped, few=few),
        hours=_middle(of.hours, few=few),
        hours_sum=_sum(of.hours, few=few),
    )


def _told(one: Tally, *, few: bool) -> Told:
    return Told() if few else tell(one)


def _middle(of: Spread, *, few: bool) -> Middle:
    """Messages and months are several a person: of fewer than five people nothing is told."""
    few = few or of.of < K
    n = None if few or len(of.values) < K else len(of.values)
    kept = Told() if few else tell(of.kept)
    return Middle(None if few else middle(of.values), n, kept, of.asked)


def _parts(parts: Mapping[str, int], *, few: bool) -> dict[str, int | None]:
    return dict.fromkeys(parts) if few else told_counts(parts)


def _sum(of: Spread, *, few: bool) -> int | None:
    """To whole tens, of ten people or more: one of few might take off what others have."""
    return None if few or of.of < LARGE else round(sum(of.values) / 10) * 10
