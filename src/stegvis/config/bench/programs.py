"""What a whole program costs: its own CPU time, and that of the PostgreSQL it kept busy."""

from __future__ import annotations

import resource
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from stegvis.config.bench.accounting import reaped
from stegvis.config.bench.ground import Ground
from stegvis.config.faults import Unusable
from stegvis.config.postgres.postmaster import postmaster_pid


@dataclass(frozen=True, slots=True)
class Program:
    """`prepare` is run before each round, outside the figure; it gives the round's environment."""

    command: list[str]
    prepare: Callable[[], Mapping[str, str]]


@dataclass(slots=True)
class Cost:
    seconds: list[float] = field(default_factory=list)
    said: str = ""

    @property
    def cpu(self) -> float:
        return median(self.seconds)

    def told(self) -> dict[str, Any]:
        return {"cpu_s": round(self.cpu, 2), "rounds": [round(one, 2) for one in self.seconds]}


def take_turns(ground: Ground, programs: list[Program], *, rounds: int) -> list[Cost]:
    """A/B/A/B, each program once a round."""
    costs = [Cost() for _ in programs]
    for _ in range(rounds):
        for program, cost in zip(programs, costs, strict=True):
            env = program.prepare()
            before = _spent(ground)
            done = subprocess.run(
                program.command, env=env, capture_output=True, text=True, check=False
            )
            cost.seconds.append(_spent(ground) - before)
            cost.said = done.stdout
            if done.returncode:
                raise Unusable(f"{' '.join(program.command[1:])}:\n{done.stderr.strip()[-2000:]}")
    return costs


def _spent(ground: Ground) -> float:
    """Seconds of all children that have ended: ours, and the postmaster's."""
    own = resource.getrusage(resource.RUSAGE_CHILDREN)
    postmaster = postmaster_pid(ground.cluster.data)
    database = reaped(postmaster) / 1000 if postmaster else 0.0
    return own.ru_utime + own.ru_stime + database
