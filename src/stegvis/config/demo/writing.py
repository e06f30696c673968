"""A plan into the tables: COPY into a temporary table and INSERT … SELECT under row security (COPY
itself cannot pass it), one journal event per table that lists its rows."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import Field, JSONField, Model
from psycopg.types.json import Jsonb

from stegvis.config.demo.plan import Plan, Row
from stegvis.core.values.identity import Number, NumberKind
from stegvis.platform.access.sealing import mark, seal, seal_bytes
from stegvis.platform.accounts.doors import token_of
from stegvis.platform.journal.models import Sort
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.scope import current

# A row of these says in the journal whom it is about.
ABOUT = ("person_id", "person")


def write(plan: Plan, users: Mapping[str, int]) -> None:
    """All rows of the plan, in the open municipality. `users`: keys by e-mail address."""
    for row in plan.of("accounts.Member"):
        row["user_id"] = users[row["email"]]
    for row in plan.of("people.Identity"):
        row.update(_sealed(row))
    for row in plan.of("reports.Dispatch"):
        row["sealed"] = seal_bytes(current().tenant, row["paper"])
    for row in plan.of("boards.Board"):
        row["box"] = token_of(current().tenant, row["salt"])
    for label, rows in plan.rows.items():
        model = apps.get_model(label)
        _copy(model, rows)
        persons = {row[name]: None for row in rows for name in ABOUT if name in row}
        keys = [str(row["id"]) for row in rows]
        wrote("demo_written", persons, sort=Sort.BATCH, table=model._meta.db_table, rows=keys)


def _sealed(row: Row) -> dict[str, Any]:
    tenant, digits = current().tenant, row["digits"]
    number = Number(row["country"], NumberKind(row["kind"]), digits)
    return {"sealed": seal(tenant, digits), "mark": mark(tenant, digits), "hint": number.hint}


def _copy(model: type[Model], rows: list[Row]) -> None:
    fields = list(model._meta.local_concrete_fields)
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    table, draft = quote(model._meta.db_table), quote(f"demo_{model._meta.db_table}")
    with connection.cursor() as cursor:
        # Names of our own models, quoted; no value of anybody's is in these statements.
        cursor.execute(
            f"create temporary table {draft} on commit drop as "  # noqa: S608
            f"select {columns} from {table} with no data"
        )
        with cursor.copy(f"copy {draft} ({columns}) from stdin") as copy:
            for row in rows:
                copy.write_row(list(_values(fields, row)))
        cursor.execute(f"insert into {table} ({columns}) select {columns} from {draft}")  # noqa: S608
        cursor.execute(f"drop table {draft}")


def _values(fields: list[Field[Any, Any]], row: Row) -> Iterator[Any]:
    tenant = current().tenant
    for field in fields:
        if field.attname == "tenant_id":
            yield tenant
        elif field.attname == "submission":
            yield uuid.uuid5(row["id"], "submission")
        else:
            value = row[field.attname] if field.attname in row else field.get_default()
            yield _plain(field, value)


def _plain(field: Field[Any, Any], value: Any) -> Any:
    if isinstance(field, JSONField) and value is not None:
        return Jsonb(value)
    if isinstance(field, ArrayField):
        return list(value or ())
    return value
