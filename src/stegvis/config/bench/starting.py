"""Starting from nothing: Django's own check, and all migrations on an empty database."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Mapping
from typing import Any

from stegvis.config.bench.ground import Ground
from stegvis.config.bench.programs import Program, take_turns
from stegvis.config.bench.serving import SECRET, SETTINGS
from stegvis.config.bench.shape import Effort, Goal, result

AGAINST = "a bare Django project with the same libraries installed"
NEIGHBOURS = "stegvis.config.bench.floor.neighbours"
_numbers = itertools.count()


def check(ground: Ground, effort: Effort) -> dict[str, Any]:
    return _compare(ground, effort, ["check"], most=1.5)


def migrate(ground: Ground, effort: Effort) -> dict[str, Any]:
    words = ["migrate", "--no-input", "-v0", "--skip-checks"]
    return _compare(ground, effort, words, most=4)


def _compare(ground: Ground, effort: Effort, words: list[str], *, most: float) -> dict[str, Any]:
    command = [sys.executable, "-m", "django", *words]

    def fresh(settings: str) -> Mapping[str, str]:
        name = f"bench_start_{next(_numbers)}"
        ground.cluster.create_database(name)
        env = ground.environment(name) | {"STEGVIS_DB_ROLE": "owner"}
        env |= {"FLOOR_DATABASE": name, "FLOOR_SOCKET": str(ground.cluster.socket)}
        return env | {"STEGVIS_SECRET_KEY": SECRET, "DJANGO_SETTINGS_MODULE": settings}

    programs = [
        Program(command, lambda: fresh(SETTINGS[0])),
        Program(command, lambda: fresh(NEIGHBOURS)),
    ]
    ours, floor = take_turns(ground, programs, rounds=1 if effort.small else 5)
    goal = Goal("CPU time, times the floor's", ours.cpu / floor.cpu, most=most)
    return result(AGAINST, [goal], ours=ours.told(), floor=floor.told())
