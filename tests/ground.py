"""The ground all tests stand on: a real PostgreSQL, the app role, row security on.

The tables are made once per content of the migrations, in a template database; every process of
a run works in its own copy of it, which takes about a tenth of a second.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections
from django.test import TransactionTestCase

from stegvis.config.checkout import STATE
from stegvis.config.databases import migrated_template
from stegvis.config.postgres import Cluster

COPY = "stegvis_test_"


class Copy:
    """This process's own database."""

    def __init__(self, cluster: Cluster, template: str) -> None:
        self.cluster = cluster
        self.template = template
        self.name = f"{COPY}{os.getpid()}"

    def renew(self) -> None:
        connections.close_all()
        self.cluster.drop_database(self.name)
        self.cluster.create_database(self.name, template=self.template)

    def remove(self) -> None:
        connections.close_all()
        self.cluster.drop_database(self.name)

    def settle(self) -> None:
        """Point Django at the copy, as the role that may not pass the walls."""
        place = {"NAME": self.name, "USER": "stegvis_app", "HOST": str(self.cluster.socket)}
        place |= {"PORT": "", "PASSWORD": ""}
        connections.databases["default"].update(place)
        connections["default"].settings_dict.update(place)
        os.environ["DATABASE_URL"] = self.cluster.url("stegvis_app", self.name)
        os.environ["STEGVIS_OWNER_DATABASE_URL"] = self.cluster.url("stegvis_owner", self.name)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """The tests' PostgreSQL, careless of crashes; the last process of a run stops it."""
    cluster = Cluster(STATE / "pg-test", durable=False)
    cluster.start()
    _drop_remains(cluster)
    yield cluster
    cluster.stop()


@pytest.fixture(scope="session")
def database_copy(cluster: Cluster) -> Iterator[Copy]:
    copy = Copy(cluster, migrated_template(cluster))
    copy.renew()
    yield copy
    copy.remove()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, database_copy: Copy, django_db_blocker: Any
) -> None:
    """In place of pytest-django's: tests run as the app role, which may not make tables."""
    with django_db_blocker.unblock():
        database_copy.settle()

    def forget(test: TransactionTestCase) -> None:
        # Emptying tables is a right the app role does not have, so such a test gets a new copy.
        database_copy.renew()

    TransactionTestCase._fixture_teardown = forget  # type: ignore[method-assign]


def _drop_remains(cluster: Cluster) -> None:
    """Copies of runs that were killed."""
    for name in cluster.databases():
        owner = name.removeprefix(COPY)
        if name.startswith(COPY) and owner.isdigit() and not _is_alive(int(owner)):
            cluster.drop_database(name)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
