"""The cast as fixtures, for every test of the product.

    def test_…(cast, sign_in):              # with @pytest.mark.django_db
        page = sign_in(cast["asta"]).get(f"/…/{cast.person('own').person}")

The cast is made once per process and then part of the template a transactional test goes back to;
an ordinary test changes it as it likes, in a transaction that is rolled back.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.template import Context, Template
from django.test import override_settings
from django.test.signals import template_rendered
from django.utils.safestring import SafeString

from tests.cast.building import as_member, as_service, build
from tests.cast.people import Cast, Colleague
from tests.cast.visiting import Queries, Visitor
from tests.cast.visiting import sign_in as _sign_in
from tests.ground import Copy, _is_alive

SNAPSHOT = "stegvis_cast_"


@pytest.fixture(scope="session")
def cast(django_db_setup: None, database_copy: Copy, django_db_blocker: Any) -> Iterator[Cast]:
    """Two municipalities and everyone in them; see tests/cast/people.py."""
    cluster = database_copy.cluster
    for name in cluster.databases():
        owner = name.removeprefix(SNAPSHOT)
        if name.startswith(SNAPSHOT) and owner.isdigit() and not _is_alive(int(owner)):
            cluster.drop_database(name)
    with django_db_blocker.unblock():
        made = build()
        connection.close()
    snapshot = f"{SNAPSHOT}{os.getpid()}"
    cluster.drop_database(snapshot)
    cluster.create_database(snapshot, template=database_copy.name)
    database_copy.template = snapshot
    yield made
    cluster.drop_database(snapshot)


@pytest.fixture(scope="session")
def static_files() -> Iterator[None]:
    """Pages name their static files plainly: nobody has collected them before a test."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES=settings.STORAGES | {"staticfiles": plain}):
        yield


@pytest.fixture(scope="session")
def pages_alone(django_test_environment: None) -> Iterator[None]:
    """What a page was made with is kept of the page, not of each of the thousand parts in it."""

    def render(template: Template, context: Context) -> SafeString:
        if context.template is template:
            template_rendered.send(sender=template, template=template, context=context)
        return template.nodelist.render(context)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Template, "_render", render)
        yield


@pytest.fixture
def sign_in(db: None, static_files: None, pages_alone: None) -> Callable[..., Visitor]:
    """`sign_in(cast["asta"])` is a browser in which she has signed in with both factors."""
    return _sign_in


@pytest.fixture
def visitor(db: None, static_files: None, pages_alone: None) -> Visitor:
    """A browser in which nobody has signed in."""
    return Visitor()


@pytest.fixture
def queries(db: None) -> Callable[[], Queries]:
    """Counts the statements of a block; `as made` gives made.count and made.statements."""
    return lambda: Queries(connection)


@pytest.fixture
def at_work(db: None) -> Callable[[Colleague], Any]:
    """For verbs called outside a page: the block is this colleague's work."""
    return as_member


@pytest.fixture
def as_job(db: None) -> Callable[..., Any]:
    """The block is a job's work in a municipality: it sees everyone, as an import does."""
    return as_service
