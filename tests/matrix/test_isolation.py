"""The database's own wall, tried by hand: between municipalities and outside any."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from stegvis.journey.people.models import Person
from stegvis.platform.tenancy.models import Unit
from stegvis.platform.tenancy.scope import OutsideScope, current, scope
from tests.cast.people import Cast
from tests.matrix.census import Catalogue

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("X-01", "INV-20")]
SETTING = "select set_config('stegvis.{}', %s, true)"


def _tenant_tables(owner: psycopg.Connection[Any]) -> list[str]:
    return [str(table["name"]) for table in Catalogue(owner).tenant_tables]


def _counts(tables: list[str]) -> dict[str, int]:
    with connection.cursor() as cursor:
        counts = ", ".join(f"(select count(*) from {table})" for table in tables)  # noqa: S608
        cursor.execute(f"select {counts}")
        return dict(zip(tables, cursor.fetchone(), strict=True))


def test_without_a_municipality_every_table_is_empty(
    cast: Cast, owner: psycopg.Connection[Any]
) -> None:
    tables = _tenant_tables(owner)
    assert {table for table, n in _counts(tables).items() if n} == set()
    with scope(cast.ekdala.tenant, service="test"):
        filled = {table for table, n in _counts(tables).items() if n}
    assert {"people_person", "intake_referral", "steps_stepdecision", "journal_event"} <= filled
    assert {table for table, n in _counts(tables).items() if n} == set()


def test_a_municipality_sees_no_row_of_another(cast: Cast, owner: psycopg.Connection[Any]) -> None:
    tables = _tenant_tables(owner)
    for town in (cast.ekdala, cast.birkeso):
        with scope(town.tenant, service="test"), connection.cursor() as cursor:
            seen = " union ".join(f"select tenant_id from {table}" for table in tables)  # noqa: S608
            cursor.execute(seen)
            assert cursor.fetchall() == [(town.tenant,)]


def test_a_service_without_a_municipality_sees_nothing(
    cast: Cast, owner: psycopg.Connection[Any]
) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SETTING.format("service"), ["import"])
        assert set(_counts(_tenant_tables(owner)).values()) == {0}


def test_a_member_of_one_municipality_opens_nobody_of_another(cast: Cast) -> None:
    inge = cast["inge"]
    with scope(cast.ekdala.tenant, member=inge.member):
        assert not Person.people.exists()


@contextmanager
def _unguarded() -> Iterator[Any]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local row_security = off")
        yield cursor


def test_row_security_cannot_be_switched_off(cast: Cast) -> None:
    with (
        scope(cast.ekdala.tenant, service="test"),
        pytest.raises(DatabaseError, match="row-level security"),
        _unguarded() as cursor,
    ):
        cursor.execute("select count(*) from people_person")


@pytest.mark.parametrize(
    "statement",
    [
        "set role stegvis_owner",
        "truncate people_person",
        "delete from people_person",
        "alter table people_person disable row level security",
        "drop policy tenant on people_person",
        "create or replace function stegvis_service() returns boolean language sql as 'select 1=1'",
        "update journal_event set what = ''",
        "delete from journal_event",
        "select count(*) from journal_event_rest",
    ],
)
def test_the_app_role_is_refused(cast: Cast, statement: str) -> None:
    with (
        scope(cast.ekdala.tenant, service="test"),
        pytest.raises(DatabaseError, match=r"permission denied|must be (owner|member)"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_row_cannot_be_moved_or_written_into_another_municipality(
    cast: Cast, owner: psycopg.Connection[Any]
) -> None:
    """As the owner of the tables even: row security is forced."""
    moved = 0
    for table in _tenant_tables(owner):
        with owner.transaction(force_rollback=True):
            owner.execute(SETTING.format("tenant"), [str(cast.ekdala.tenant)])
            owner.execute(SETTING.format("service"), ["test"])
            if not owner.execute(f"select 1 from {table} limit 1").fetchone():  # noqa: S608
                continue
            with (
                pytest.raises(psycopg.Error, match=r"row-level security|no partition"),
                owner.transaction(),
            ):
                owner.execute(f"update {table} set tenant_id = %s", [cast.birkeso.tenant])  # noqa: S608
            moved += 1
    assert moved > 15


def test_a_key_into_another_municipality_is_refused_by_the_database(
    cast: Cast, owner: psycopg.Connection[Any]
) -> None:
    """Every relation of every table that has a row: pointed at the neighbour's row, which is
    there, and at one that is not. Both are refused alike, so nothing is learnt."""
    tried = set()
    for key in Catalogue(owner).keys:
        if key["kind"] != "f" or len(key["columns"]) != 2:
            continue
        table, column, target = key["table"], key["columns"][1], key["target"]
        theirs = _any_id(owner, cast.birkeso.tenant, target)
        row = _any_id(owner, cast.ekdala.tenant, table, filled=column)
        if theirs is None or row is None:
            continue
        said = {_refusal(owner, cast, (table, column, row), to) for to in (theirs, uuid.uuid4())}
        assert said == {f'violates foreign key constraint "{key["name"]}"'}
        tried.add((table, column))
    assert ("intake_assignment", "person_id") in tried
    assert ("steps_stepdecision", "enrolment_id") in tried
    assert len(tried) >= 28


def _any_id(
    owner: psycopg.Connection[Any], tenant: uuid.UUID, table: str, *, filled: str = "id"
) -> uuid.UUID | None:
    query = f"select id from {table} where {filled} is not null order by id limit 1"  # noqa: S608
    with owner.transaction(force_rollback=True):
        owner.execute(SETTING.format("tenant"), [str(tenant)])
        owner.execute(SETTING.format("service"), ["test"])
        row = owner.execute(query).fetchone()
    return row[0] if row else None


def _refusal(
    owner: psycopg.Connection[Any], cast: Cast, at: tuple[str, str, uuid.UUID], to: uuid.UUID
) -> str:
    table, column, row = at
    with owner.transaction(force_rollback=True):
        owner.execute(SETTING.format("tenant"), [str(cast.ekdala.tenant)])
        owner.execute(SETTING.format("service"), ["test"])
        # Not deferred and without triggers' own opinions: the key alone is asked.
        owner.execute("set constraints all immediate")
        try:
            owner.execute(f"update {table} set {column} = %s where id = %s", [to, row])  # noqa: S608
        except psycopg.errors.ForeignKeyViolation as refused:
            return (
                str(refused).split("\n", maxsplit=1)[0].partition('table "')[2].partition('" ')[2]
            )
    return "nothing was refused"


@pytest.mark.django_db(transaction=True)
def test_the_context_is_gone_after_commit_and_after_an_error(cast: Cast) -> None:
    def left() -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(
                "select coalesce(current_setting('stegvis.tenant', true), ''), "
                "coalesce(current_setting('stegvis.member', true), ''), "
                "coalesce(current_setting('stegvis.service', true), '')"
            )
            return list(cursor.fetchone())

    with scope(cast.ekdala.tenant, member=cast["asta"].member):
        assert Unit.objects.count() == 2
    assert (left(), Unit.objects.count()) == (["", "", ""], 0)
    with pytest.raises(ZeroDivisionError), scope(cast.ekdala.tenant, service="test"):
        raise ZeroDivisionError
    assert (left(), Unit.objects.count()) == (["", "", ""], 0)
    with pytest.raises(OutsideScope):
        current()


def test_a_scope_inside_a_scope_gives_the_outer_one_back(cast: Cast) -> None:
    with scope(cast.ekdala.tenant, member=cast["asta"].member):
        before = Person.people.count()
        with scope(cast.birkeso.tenant, service="test"):
            assert current().tenant == cast.birkeso.tenant
            assert set(Person.people.order_by("pk").values_list("tenant", flat=True)) == {
                cast.birkeso.tenant
            }
        assert current().tenant == cast.ekdala.tenant
        assert Person.people.count() == before == 4
