"""How much is measured, and what a figure looks like: docs/formats/bench.schema.json."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Effort:
    """`requests` a block, `blocks` a side, `warm` requests before. `small`: other sizes than those
    the goals are about, for trying the benchmark itself."""

    requests: int = 40
    blocks: int = 5
    warm: int = 24
    small: bool = False

    @property
    def asked(self) -> int:
        return self.warm + self.requests * self.blocks


QUICK = Effort(requests=5, blocks=2, warm=4, small=True)


@dataclass(frozen=True, slots=True)
class Goal:
    """`value` is to be at most `most` (or at least `least`)."""

    what: str
    value: float
    most: float | None = None
    least: float | None = None

    def told(self) -> dict[str, Any]:
        bounds = {"most": self.most, "least": self.least}
        kept = (self.most is None or self.value <= self.most) and (
            self.least is None or self.value >= self.least
        )
        return {
            "what": self.what,
            "value": round(self.value, 3),
            **{name: bound for name, bound in bounds.items() if bound is not None},
            "met": kept,
        }


def result(against: str, goals: list[Goal], **measured: Any) -> dict[str, Any]:
    """`against`: the named peer or floor."""
    return {"against": against, "goals": [goal.told() for goal in goals], "measured": measured}
