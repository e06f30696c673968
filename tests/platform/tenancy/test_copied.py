"""What is sent over in bulk arrives as it was."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from stegvis.platform.tenancy.copied import copied, json_text
from stegvis.platform.tenancy.copying import draft, forget
from tests.cast.people import Cast

TEXTS = some.text(some.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
VALUES = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats(allow_nan=False) | some.text(),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(), inner, max_size=3),
)


class Colour(StrEnum):
    RED = "rö\td"


@pytest.fixture
def here(cast: Cast, as_job: Callable[..., AbstractContextManager[None]]) -> Iterator[None]:
    with as_job(cast.ekdala.tenant):
        yield


def _there_and_back(kinds: list[str], rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    names = [f"c{at}" for at in range(len(kinds))]
    numbered = [(at, *row) for at, row in enumerate(rows)]
    draft("sent", {"at": "int", **dict(zip(names, kinds, strict=True))}, numbered)
    with connection.cursor() as cursor:
        cursor.execute(f"select {', '.join(names)} from sent order by at")  # noqa: S608 ours
        found = cursor.fetchall()
    forget("sent")
    return list(found)


def _unpacked(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


@pytest.mark.django_db
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.lists(some.tuples(TEXTS, TEXTS | some.none(), some.lists(TEXTS, max_size=3))))
def test_any_text_arrives_as_it_was(here: None, rows: list[tuple[Any, ...]]) -> None:
    assert _there_and_back(["text", "text", "text[]"], rows) == rows


@pytest.mark.django_db
def test_every_kind_of_value_arrives_as_it_was(here: None) -> None:
    key, day = uuid.uuid4(), dt.date(2026, 2, 28)
    now = dt.datetime(2026, 2, 28, 7, 30, tzinfo=dt.UTC)
    kinds = ["uuid", "date", "timestamptz", "time", "bytea", "boolean", "int", "numeric", "float8"]
    full = (key, day, now, dt.time(8, 15), b"\0\\x", False, 7, Decimal("37.50"), 0.1)
    rows = [full, (uuid.uuid4(), *full[1:]), (None,) * len(kinds)]
    assert [tuple(map(_unpacked, row)) for row in _there_and_back(kinds, rows)] == rows
    assert _there_and_back(["text", "text"], [(Colour.RED, None)]) == [("rö\td", None)]


def test_the_same_thing_in_every_row_is_written_in_every_row() -> None:
    key = uuid.UUID(int=7)
    assert copied([(key, "a"), (key, "b")]) == f"{key.hex}\ta\n{key.hex}\tb\n"
    assert copied([]) == ""


@given(VALUES)
def test_json_says_what_the_value_said(value: Any) -> None:
    assert json.loads(json_text(value)) == value


def test_json_keeps_apart_what_is_empty_and_what_is_nothing() -> None:
    assert copied([({},), (None,), ({"a\n": "\\"},)], json={0}).splitlines() == [
        "{}",
        "\\N",
        r'{"a\\n": "\\\\"}',
    ]


def test_a_kind_no_column_is_made_of_is_refused() -> None:
    with pytest.raises(TypeError, match="a object is no value of a column"):
        copied([(object(),)])
