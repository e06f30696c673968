"""A/B/A/B: the two sides take turns in blocks, so that what else the machine does hits both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from stegvis.config.bench.serving import Answer, Side, Visit
from stegvis.config.bench.shape import Effort

type Ask = Callable[[int], Visit]


@dataclass(slots=True)
class Measured:
    """One side: CPU milliseconds a request of each block (web, PostgreSQL), and every answer."""

    web: list[float] = field(default_factory=list)
    database: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    last: Answer | None = None

    @property
    def cpu(self) -> float:
        return median(w + d for w, d in zip(self.web, self.database, strict=True))

    def told(self) -> dict[str, Any]:
        ordered = sorted(self.seconds)
        return {
            "cpu_ms": round(self.cpu, 2),
            "web_ms": round(median(self.web), 2),
            "postgres_ms": round(median(self.database), 2),
            "p50_ms": round(1000 * median(ordered), 2),
            "p95_ms": round(1000 * ordered[int(0.95 * (len(ordered) - 1))], 2),
            "bytes": len(self.last.body) if self.last else 0,
        }


def compare(pairs: list[tuple[Side, Ask]], effort: Effort) -> list[Measured]:
    """Warm every side up, then let them take turns. `Ask(n)` is the n-th request of a side, the
    warming up counted in."""
    made = [Measured() for _ in pairs]
    for side, ask in pairs:
        for n in range(effort.warm):
            side.ask(ask(n))
    for block in range(effort.blocks):
        # The order turns too: what follows the other always would always find cold caches.
        order = range(len(pairs)) if block % 2 == 0 else reversed(range(len(pairs)))
        for turn in order:
            side, ask = pairs[turn]
            first = effort.warm + block * effort.requests
            _block(side, ask, range(first, first + effort.requests), made[turn])
    return made


def _block(side: Side, ask: Ask, numbers: range, into: Measured) -> None:
    visits = [ask(n) for n in numbers]
    side.hang_up()
    web, database = side.cpu()
    for visit in visits:
        into.last = side.ask(visit)
        into.seconds.append(into.last.seconds)
    web_after, database_after = side.cpu()
    into.web.append((web_after - web) / len(visits))
    into.database.append((database_after - database) / len(visits))
