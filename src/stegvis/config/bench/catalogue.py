"""The benchmarks by name, in the order they are run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from stegvis.config.bench import imports, marking, matching, pages, scale, starting, weeks
from stegvis.config.bench.ground import Ground
from stegvis.config.bench.shape import Effort

type Bench = Callable[[Ground, Effort], dict[str, Any]]

BENCHES: dict[str, Bench] = {
    "caseload": pages.caseload,
    "unit": pages.unit,
    "person": pages.person,
    "decision": pages.decision,
    "attendance": marking.attendance,
    "scale": scale.scale,
    "import": imports.imports,
    "week-22": weeks.week_22,
    "week-60": weeks.week_60,
    "week-200": weeks.week_200,
    "repair": weeks.repaired,
    "match-score": matching.score,
    "match-1000": matching.of_1000,
    "match-10000": matching.of_10000,
    "check": starting.check,
    "migrate": starting.migrate,
}
