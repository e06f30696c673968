"""Every table of the database has its walls, and each rule of the census can turn red."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.matrix import census

pytestmark = pytest.mark.django_db

WALL = """alter table {0} enable row level security; alter table {0} force row level security;
create policy tenant on {0} using (tenant_id = (select stegvis_tenant()))
  with check (tenant_id = (select stegvis_tenant()));"""
TIED = "tenant_id uuid references tenancy_tenant (id), id uuid primary key, unique (tenant_id, id)"

PLANTED = {
    "a table without a tenant": ("create table crowd (id int)", "crowd has no tenant_id"),
    "a table without row security": (
        f"create table bare ({TIED})",
        "bare has no forced row security",
    ),
    "row security its owner passes": (
        (
            f"create table meek ({TIED}); {WALL.format('meek')}"
            "alter table meek no force row level security"
        ),
        "meek has no forced row security",
    ),
    "a tenant's policy that lets writing pass": (
        (
            "drop policy tenant on tenancy_unit; create policy tenant on tenancy_unit using "
            "(tenant_id = (select stegvis_tenant())) with check (true)"
        ),
        "tenancy_unit has not the tenant's policy",
    ),
    "a second policy that opens wider": (
        "create policy wide on tenancy_unit using (true)",
        "tenancy_unit is opened wider",
    ),
    "a person's table without the person's wall": (
        "drop policy person_select on people_contact",
        "people_contact has not the person's policies",
    ),
    "a person's wall that binds only some": (
        (
            "drop policy person_update on people_contact; create policy person_update on "
            "people_contact as restrictive for update using (true)"
        ),
        "people_contact has not the person's policies",
    ),
    "a plain foreign key": (
        (
            f"create table plain ({TIED}, unit_id uuid references tenancy_unit (id));"
            f"{WALL.format('plain')}"
        ),
        "plain.unit_id is not tied by",
    ),
    "a relation without any key": (
        f"create table loose ({TIED}, unit_id uuid); {WALL.format('loose')}",
        "loose.unit_id is not tied by",
    ),
    "a row that need not belong to any municipality there is": (
        (
            "create table stray (tenant_id uuid, id uuid primary key, unit_id uuid,"
            " foreign key (tenant_id, unit_id) references tenancy_unit (tenant_id, id));"
            f"{WALL.format('stray')}"
        ),
        "stray.tenant_id is not tied by",
    ),
    "a key into a tenant's table from outside": (
        (
            "create table outer_ring (tenant uuid, unit uuid, foreign key (tenant, unit) "
            "references tenancy_unit (tenant_id, id))"
        ),
        "points into a tenant's table from outside",
    ),
    "a relation indexed twice": (
        "create index contact_again on people_contact (person_id)",
        "contact_again is an index of person_id, which another serves",
    ),
    "a unique that crosses tenants": (
        "create unique index told on people_identity (mark)",
        "told is unique across tenants",
    ),
    "a view with its owner's rights": (
        "create view everyone as select * from people_person",
        "the view everyone reads with its owner's rights",
    ),
    "a materialised view": (
        "create materialized view heap as select id from people_person",
        "heap is materialised",
    ),
    "deleting a person": (
        "grant delete on people_person to stegvis_app",
        "the app role may delete rows of people_person",
    ),
    "emptying a table": (
        "grant truncate on people_person to stegvis_app",
        "the app role may do more to people_person",
    ),
    "changing the journal": (
        "grant update on journal_event to stegvis_app",
        "journal_event is only ever added to",
    ),
    "reaching a partition past the walls": (
        "grant select on journal_event_rest to stegvis_app",
        "reaches the partition journal_event_rest",
    ),
    "a function with its owner's rights": (
        (
            "create function all_of_it() returns bigint language sql security definer as "
            "$$ select count(*) from people_person $$"
        ),
        "the function all_of_it runs with its owner's rights",
    ),
    "a definer whose search path is open": (
        "alter function journal_months(int) reset search_path",
        "the function journal_months has no fixed search_path",
    ),
    "a journal without coming months": (
        "drop table journal_event_rest",
        "journal_event has nowhere to put a row",
    ),
}


@pytest.mark.requirement("X-01", "INV-20")
def test_the_census_of_the_database_finds_no_fault(owner: psycopg.Connection[Any]) -> None:
    assert census.faults(owner) == []


@pytest.mark.requirement("X-01")
@pytest.mark.parametrize("what", PLANTED)
def test_the_census_turns_red_for(what: str, owner: psycopg.Connection[Any]) -> None:
    statement, said = PLANTED[what]
    owner.execute(statement)
    assert any(said in fault for fault in census.faults(owner))


def test_the_app_role_is_no_superuser_and_passes_no_wall(owner: psycopg.Connection[Any]) -> None:
    catalogue = census.Catalogue(owner)
    assert set(catalogue.role.values()) == {0}  # counts and booleans alike


def test_every_excuse_has_a_reason() -> None:
    lists = (
        census.WITHOUT_TENANT,
        census.MAY_DELETE,
        census.OTHER_POLICIES,
        census.DEFINERS,
        census.INDEXED_TWICE,
    )
    assert all(len(reason) > 10 for excuses in lists for reason in excuses.values())
