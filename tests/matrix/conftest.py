"""What the matrix needs besides the cast: the owner's hand, to plant and to tamper, and the towns
in a cluster that keeps what it acknowledged."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from stegvis.config.checkout import ROOT, STATE
from stegvis.config.databases import environment, migrated_template
from stegvis.config.postgres import Cluster
from tests.cast.people import Cast

WRITER = [sys.executable, "-m", "tests.matrix.writer"]
BUILT = f"killed_{os.getpid()}_built"
# One for each worker: whoever is killed here must not be somebody else's server over there.
DURABLE = STATE / f"pg-durable-{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"


def writing_in(cluster: Cluster, database: str) -> dict[str, str]:
    """The environment of a writer."""
    return environment(cluster, database) | {
        "DJANGO_SETTINGS_MODULE": "stegvis.config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }


@pytest.fixture(scope="session")
def built() -> Iterator[tuple[Cluster, dict[str, Any]]]:
    """The durable cluster, the cast's towns in BUILT for each test to copy, and what those who
    write must know of them."""
    cluster = Cluster(DURABLE, durable=True, kept=False)  # a kill spares the machine's memory
    cluster.start()
    try:
        cluster.create_database(BUILT, template=migrated_template(cluster))
        made = subprocess.run(
            [*WRITER, "build"],
            env=writing_in(cluster, BUILT), cwd=ROOT, check=True, capture_output=True, text=True,
        )  # fmt: skip
        yield cluster, json.loads(made.stdout)
    finally:
        cluster.drop_database(BUILT)
        cluster.stop()


@pytest.fixture
def owner(cast: Cast, db: None) -> Iterator[psycopg.Connection[Any]]:
    """A connection as the owner of the tables, with the cast in sight. Nothing it does stays."""
    with psycopg.connect(os.environ["STEGVIS_OWNER_DATABASE_URL"]) as connection:
        yield connection
        connection.rollback()
