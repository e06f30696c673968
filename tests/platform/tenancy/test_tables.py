"""Making a room's tables in one go makes the tables Django makes step by step."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid

import psycopg
import pytest
from django.db import migrations, models
from django.db.migrations.state import ProjectState

from stegvis.config.databases import environment
from stegvis.config.postgres import Cluster
from stegvis.platform.tenancy.tables import NewTables

STEP_BY_STEP = """
from django.db.migrations import Migration
from stegvis.platform.tenancy.tables import NewTables
NewTables.apply = Migration.apply
"""
MIGRATE = """
from django.core.management import execute_from_command_line
execute_from_command_line(["", "migrate", "motivation", "--no-input", "-v0", "--skip-checks"])
"""
WHOLE = """
select 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod) || a.attnotnull
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    where a.attnum > 0 and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
union all select 'constraint', conrelid::regclass::text, conname, contype::text
    from pg_constraint where connamespace = 'public'::regnamespace
union all select 'index', tablename, indexname, indexdef
    from pg_indexes where schemaname = 'public'
union all select 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid)
    from pg_trigger where not tgisinternal
union all select 'policy', tablename, policyname, cmd || coalesce(qual, '')
    from pg_policies
"""


@pytest.mark.night
def test_the_tables_are_those_of_one_operation_at_a_time(cluster: Cluster) -> None:
    at_once, one_by_one = (_made(cluster, before) for before in ("", STEP_BY_STEP))
    assert len(at_once) > 500
    assert at_once == one_by_one


def test_it_refuses_what_touches_a_table_made_elsewhere() -> None:
    migration = NewTables("0002_more", "tenancy")
    field = models.BooleanField(default=False)
    migration.operations = [migrations.AddField("unit", "warm", field)]
    with pytest.raises(TypeError, match="Add field warm to unit"):
        migration._is_part(migration.operations[0])


def test_it_renders_its_own_models_and_leaves_the_others_as_they_are() -> None:
    state = ProjectState()
    first, second = NewTables("0001_initial", "tenancy"), NewTables("0002_more", "tenancy")
    first.operations = [
        migrations.CreateModel("Hall", [("id", models.UUIDField(primary_key=True))])
    ]
    hall = models.ForeignKey("tenancy.hall", models.PROTECT, primary_key=True)
    second.operations = [migrations.CreateModel("Door", [("hall", hall)])]
    _ = state.apps
    first._render(state)
    there = state.apps.get_model("tenancy", "Hall")
    second._render(state)
    assert state.apps.get_model("tenancy", "Hall") is there
    assert state.apps.get_model("tenancy", "Door")._meta.get_field("hall").related_model is there


def _made(cluster: Cluster, before: str) -> set[tuple[str, ...]]:
    name = f"stegvis_tables_{uuid.uuid4().hex[:8]}"
    cluster.create_database(name)
    try:
        env = environment(cluster, name) | {"STEGVIS_DB_ROLE": "owner"}
        env |= {"DJANGO_SETTINGS_MODULE": "stegvis.config.settings"}
        env |= {"STEGVIS_SECRET_KEY": os.environ.get("STEGVIS_SECRET_KEY", "x" * 60)}
        code = "import django; django.setup()\n" + before + MIGRATE
        subprocess.run([sys.executable, "-c", code], env=env, check=True)
        with psycopg.connect(cluster.url("stegvis_owner", name)) as connection:
            return set(connection.execute(WHOLE).fetchall())
    finally:
        cluster.drop_database(name)
