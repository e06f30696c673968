"""What the matrix needs besides the cast: the owner's hand, to plant and to tamper."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from tests.cast.people import Cast


@pytest.fixture
def owner(cast: Cast, db: None) -> Iterator[psycopg.Connection[Any]]:
    """A connection as the owner of the tables, with the cast in sight. Nothing it does stays."""
    with psycopg.connect(os.environ["STEGVIS_OWNER_DATABASE_URL"]) as connection:
        yield connection
        connection.rollback()
