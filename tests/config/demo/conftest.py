"""The two towns: planned once, and once in the database for the tests of a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from stegvis.config.demo.load import load
from stegvis.config.demo.plan import Plan
from stegvis.config.demo.users import TOWNS
from stegvis.platform.tenancy.models import Tenant
from tests.config.demo.towns import TODAY, planned


@pytest.fixture(scope="session")
def plans() -> dict[str, Plan]:
    return {town.slug: planned(town.slug) for town in TOWNS}


@pytest.fixture(scope="module")
def tenants(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Tenant]]:
    """Both municipalities in the tables, for all tests of a file, and gone after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(today=TODAY, seed=1)
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
        yield {tenant.slug: tenant for tenant in Tenant.objects.order_by("slug")}
        transaction.set_rollback(True)
