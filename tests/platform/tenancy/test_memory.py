"""Every earlier state of a row is kept, whole, behind the same wall, and cannot be changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from importlib import import_module
from typing import Any

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from stegvis.journey.people.models import Contact
from stegvis.platform.tenancy.memory import KEPT, REMEMBERED, before, beside, earlier, widened
from tests.cast.people import Cast

pytestmark = pytest.mark.django_db
Work = Callable[..., AbstractContextManager[None]]

COLUMNS = """
select c.relname, array(select attname || ' ' || format_type(atttypid, atttypmod)
    from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped
     and attname <> all(array['kept_at', 'kept_on', 'kept_by']) order by attname)
  from pg_class c where relkind = 'r' and relnamespace = 'public'::regnamespace"""
FILLED = """
select t.tgrelid::regclass::text, array_agg(tgname::text order by tgname), min(prosrc)
  from pg_trigger t join pg_proc p on p.oid = tgfoid
 where proname = tgrelid::regclass::text || '_kept' and tgenabled = 'O' group by 1"""

AS_IT_WAS = """
drop function people_contact_kept() cascade;
alter table people_contactbefore no force row level security;
alter table people_contactbefore add pgh_id serial primary key;
alter table people_contactbefore rename kept_at to pgh_created_at;
alter table people_contactbefore rename kept_on to pgh_label;
alter table people_contactbefore rename kept_by to pgh_by;
alter table people_contactbefore alter pgh_created_at drop default;
alter index people_contactbefore_of rename to people_contactbefore_1;
create function pgtrigger_update_update_1() returns trigger language plpgsql as
 $$ begin insert into "people_contactbefore" (phone) values (old.phone); return null; end $$;
create trigger pgtrigger_update_update_1 after update on people_contact
 for each row execute function pgtrigger_update_update_1();
insert into people_contactbefore (tenant_id, id, version, person_id, phone, email, address,
  preferred, pgh_label, pgh_created_at)
 values (gen_random_uuid(), gen_random_uuid(), 1, gen_random_uuid(), '1', '', '', '', 'update',
         now())"""


@pytest.fixture
def owner(cast: Cast) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(os.environ["STEGVIS_OWNER_DATABASE_URL"]) as made:
        yield made
        made.rollback()


def _faults(owner: psycopg.Connection[Any]) -> set[str]:
    """Remembered models whose table of earlier states is not as wide as they, or not filled."""
    columns = dict(owner.execute(COLUMNS).fetchall())
    filled = {table: (names, text) for table, names, text in owner.execute(FILLED).fetchall()}
    wrong = {past for past in columns if past.endswith("before")}
    wrong -= {before(model) for model in REMEMBERED}
    for model in REMEMBERED:
        table = model._meta.db_table
        names, text = filled.get(table, ([], ""))
        lacking = [f for f in model._meta.local_fields if f'old."{f.column}"' not in text]
        whole = columns.get(before(model)) == columns[table]
        if lacking or not whole or names != ["kept_delete", "kept_update"]:
            wrong.add(table)
    return wrong


@pytest.mark.requirement("INV-20")
def test_all_that_is_remembered_is_remembered_whole(owner: psycopg.Connection[Any]) -> None:
    assert len(REMEMBERED) > 100
    assert _faults(owner) == set()


@pytest.mark.parametrize(
    "statement",
    [
        "alter table people_contact add column fax text",
        "alter table people_contact disable trigger kept_update",
        "drop trigger kept_delete on people_contact",
        "alter table people_contactbefore drop column phone",
    ],
)
def test_a_table_whose_past_is_not_whole_is_found(
    statement: str, owner: psycopg.Connection[Any]
) -> None:
    owner.execute(statement.encode())
    assert _faults(owner) == {"people_contact"}


def test_a_past_nobody_remembers_is_found(owner: psycopg.Connection[Any]) -> None:
    owner.execute("create table people_namebefore (id int)")
    assert _faults(owner) == {"people_namebefore"}


def test_a_column_more_is_remembered_from_the_migration_that_says_so(
    owner: psycopg.Connection[Any],
) -> None:
    owner.execute("alter table people_contactbefore drop column phone")
    for statement in widened(Contact):
        owner.execute(statement.encode())
    assert _faults(owner) == set()


def test_a_table_of_the_library_s_that_stood_here_before_becomes_ours(
    owner: psycopg.Connection[Any],
) -> None:
    owner.execute(AS_IT_WAS)
    assert "people_contact" in _faults(owner)
    owner.execute(import_module("stegvis.config.migrations.0003_earlier_states").OURS)
    assert _faults(owner) == set()
    found = owner.execute("select kept_on, phone from people_contactbefore").fetchall()
    assert found == [("update", "1")]
    functions = "select count(*) from pg_proc where proname = 'pgtrigger_update_update_1'"
    assert owner.execute(functions).fetchone() == (0,)


def test_what_a_row_was_is_kept_with_who_ended_it_and_until_when(
    cast: Cast, at_work: Work, as_job: Work
) -> None:
    own = cast.person("own").person
    with at_work(cast["asta"]):
        Contact.objects.filter(person=own).update(phone="1")
        Contact.objects.filter(person=own).update(phone="1")
        Contact.objects.filter(person=own).update(phone="2")
    with as_job(cast.ekdala.tenant):
        now: list[Any] = earlier(Contact, person_id=own)
    assert [row.phone for row in now][:1] == ["1"]
    assert len(now) == 2, "what changes nothing is not kept"
    assert {row.kept_by for row in now} == {cast["asta"].member}
    assert {row.kept_on for row in now} == {"update"}
    assert now[0].kept_at >= now[1].kept_at


@pytest.mark.requirement("INV-20")
@pytest.mark.parametrize(
    "verb", ["update people_contactbefore set phone = '3'", "delete from people_contactbefore"]
)
def test_the_past_cannot_be_changed(verb: str, cast: Cast, at_work: Work) -> None:
    refused = pytest.raises(ProgrammingError, match="permission denied")
    with at_work(cast["asta"]), refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb)


@pytest.mark.requirement("X-01")
@pytest.mark.parametrize("who", ["birger", "inge"])
def test_the_past_is_hidden_from_whom_the_present_is(who: str, cast: Cast, at_work: Work) -> None:
    own = cast.person("own").person
    with at_work(cast["asta"]):
        Contact.objects.filter(person=own).update(phone="1")
        assert earlier(Contact, person_id=own)
    with at_work(cast[who]):
        assert earlier(Contact, person_id=own) == []


def test_the_columns_of_its_own_are_told_apart_from_every_row_s() -> None:
    own = {line.split()[0] for line in KEPT.split(",\n")}
    for model in REMEMBERED:
        assert not own & {field.column for field in model._meta.local_fields}
        assert list(beside(model, reach=None))
