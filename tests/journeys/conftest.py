"""The browser and the stage: started once, and only where there is a Chromium."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from typing import Any

import pytest

from stegvis.config.browser import find_chromium
from tests.cast.people import Cast, Colleague
from tests.ground import Copy
from tests.journeys.hands import Hands, visiting
from tests.journeys.stage import Stage, group_of_vera, people_the_stage, served

NO_BROWSER = "no Chromium was found; install one or name it in STEGVIS_CHROMIUM"
Enter = Callable[..., AbstractContextManager[Hands]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/journeys/" in str(item.path):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.skipif(find_chromium() is None, reason=NO_BROWSER))


@pytest.fixture(scope="session")
def stage(
    cast: Cast,
    database_copy: Copy,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Stage]:
    """The cast's towns again, in a database that keeps what the browser does."""
    cluster = database_copy.cluster
    database = f"stegvis_test_stage_{os.getpid()}"
    cluster.drop_database(database)
    cluster.create_database(database, template=database_copy.template)
    log = tmp_path_factory.mktemp("stage") / "server.log"
    with django_db_blocker.unblock(), served(cluster, database, log) as address:
        found = Stage(cast, cluster, database, address)
        with found.backstage():
            people_the_stage(found)
        yield found
    assert "Traceback" not in log.read_text(), log.read_text()[-4000:]
    cluster.drop_database(database)


@pytest.fixture
def enter(chromium: Any, stage: Stage) -> Enter:
    """Lets a colleague of the cast sit down at a browser; see hands.visiting."""
    return partial(visiting, chromium, stage)


@pytest.fixture(scope="session")
def vera(stage: Stage) -> Colleague:
    """A work supervisor with her group, and areas to work in."""
    with stage.backstage():
        return group_of_vera(stage)
