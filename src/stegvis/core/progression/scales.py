"""How far someone came on a scale: from the first reading to the last, never from the steps."""

from __future__ import annotations

from dataclasses import dataclass

from stegvis.core.programme.model import Ladder
from stegvis.core.progression.road import Road

FAR = 2  # steps that count as far in outcome 5 of JOBBINVEST-ering (JI-38)


@dataclass(frozen=True, slots=True)
class Climb:
    """`steps` may be negative; one reading alone is a climb of none. `early`: there was an early
    placement, which the outcome asks for and which explains nothing by itself."""

    first: int
    last: int
    top: int
    readings: int
    early: bool

    @property
    def steps(self) -> int:
        return self.last - self.first

    @property
    def is_far(self) -> bool:
        """At least two steps up, or at the top in the end; whatever the placement was."""
        return self.steps >= FAR or self.last == self.top

    @property
    def is_far_and_early(self) -> bool:
        return self.is_far and self.early


def climb(road: Road, ladder: Ladder) -> Climb | None:
    """None without a reading: nothing is known, which is not the same as no progress."""
    readings = road.readings.get(ladder.code)
    if not readings:
        return None
    early = any(fact.values.get("early") for fact in road.of("placement"))
    levels = (readings[0].level, readings[-1].level)
    return Climb(*levels, top=len(ladder.steps), readings=len(readings), early=early)
