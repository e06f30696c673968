"""A throw-away PostgreSQL, and databases in it with as many invented people as are asked for."""

from __future__ import annotations

import datetime as dt
import json
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from stegvis.config.databases import environment, migrate
from stegvis.config.postgres import Cluster
from stegvis.config.shelf import shelf
from stegvis.core.programme.load import load
from stegvis.core.progression.facts import Fact
from stegvis.core.progression.judgement import judgement, to_json

TEMPLATE = "bench_empty"
PROGRAMME = "jobbtrappa"
KINDS = {"tenant": 1, "unit": 2, "member": 3, "person": 6, "enrolment": 7, "period": 9}


@dataclass(frozen=True, slots=True)
class Size:
    """Of a database: municipalities, people in each, people of a unit and of a case worker."""

    tenants: int
    per_tenant: int
    per_unit: int = 3000
    per_worker: int = 150

    @property
    def people(self) -> int:
        return self.tenants * self.per_tenant


def key(kind: str, number: int) -> uuid.UUID:
    """The key town.sql gives: bench.key."""
    return uuid.UUID(int=KINDS[kind] << 96 | 0x7000_8000 << 48 | number)


class Ground:
    """The cluster of one run, and the environment a process needs to stand on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cluster = Cluster(folder / "pg", durable=True)

    def environment(self, database: str) -> dict[str, str]:
        kept = {"STEGVIS_STATE": str(self.folder), "STEGVIS_SECOND_FACTOR": "1"}
        return environment(self.cluster, database) | kept

    def empty(self, name: str) -> str:
        """A database with our tables and nothing in them."""
        if TEMPLATE not in self.cluster.databases():
            migrate(self.cluster, TEMPLATE)
        self.cluster.create_database(name, template=TEMPLATE)
        return name

    def town(self, name: str, size: Size, *, advice: str = "") -> str:
        """A database of that size. `advice`: what every decision carries, else a real one; a
        million real ones are gigabytes nobody reads here."""
        start = time.monotonic()
        self.empty(name)
        given = {"advice": advice} if advice else {}
        with self.cluster.connect(name) as connection:
            for setting, value in (_settings(size) | given).items():
                connection.execute("select set_config(%s, %s, false)", [f"bench.{setting}", value])
            connection.execute(Path(__file__).with_name("town.sql").read_bytes())
            connection.execute("vacuum analyze")
            connection.execute("checkpoint")
        took = time.monotonic() - start
        say(f"{size.people} people in {size.tenants} municipalities: {took:.0f} s")
        return name

    def connect(self, name: str) -> psycopg.Connection[tuple[object, ...]]:
        return self.cluster.connect(name)


def _settings(size: Size) -> dict[str, str]:
    text = shelf()[PROGRAMME]
    model = load(text, file="model.yaml", others={})
    on = dt.date(2026, 3, 2)
    facts = (
        Fact(on, "referral", {"state": "accepted", "referrer": "AF"}),
        Fact(on, "enrolment", {"agency": "AF"}),
    )
    return {
        "tenants": str(size.tenants),
        "per_tenant": str(size.per_tenant),
        "per_unit": str(size.per_unit),
        "per_worker": str(size.per_worker),
        "programme": text,
        "criterion": next(iter(model.criteria)),
        "advice": json.dumps(to_json(judgement(model, facts, on))),
    }


@contextmanager
def ground() -> Iterator[Ground]:
    """Gone with everything in it when the block is left."""
    from stegvis.config.checkout import STATE

    STATE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=STATE) as folder:
        made = Ground(Path(folder))
        made.cluster.start()
        try:
            yield made
        finally:
            made.cluster.stop()
            made.cluster.erase()


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


__all__ = ["Ground", "Size", "ground", "key", "say"]
