"""Many rows at once: COPY into a temporary table, then INSERT … SELECT under row security, because
COPY itself cannot pass it. Ten times and more the speed of single inserts.

    copy_rows     rows of one table
    draft         rows that belong in several tables, sent over once; then, from there,
    lay_out       the part of them that belongs in one
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import JSONField, Model
from django.db.models.fields import NOT_PROVIDED
from django.utils import timezone
from psycopg.types.json import Jsonb

from stegvis.platform.tenancy.copied import copied
from stegvis.platform.tenancy.scope import current


def copy_rows(
    model: type[Model],
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    on_conflict: str = "",
) -> None:
    """Insert rows of the open municipality. `columns` are names of columns, "id" among them; the
    others take the model's defaults, and `submission` the row's key. `on_conflict`: SQL, written
    by us, that says what happens to a row that is there already."""
    name = f"draft_{model._meta.db_table}"
    with connection.cursor() as cursor:
        # Names of our own models, quoted; no value of anybody's is in these statements.
        cursor.execute(
            f"create temporary table {_quoted(name)} on commit drop as "  # noqa: S608
            f"select {_quoted(*columns)} from {_quoted(model._meta.db_table)} with no data"
        )
        wrapped = {f.column for f in model._meta.local_concrete_fields if isinstance(f, JSONField)}
        _send(cursor, name, columns, rows, json={*columns} & wrapped)
    lay_out(model, name, same(*columns), on_conflict=on_conflict)
    forget(name)


def draft(name: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
    """Send rows over, to be laid out in the tables they belong in. `columns`: their types by name.
    The draft is there until `forget`, at most until the transaction ends."""
    typed = ", ".join(f"{_quoted(column)} {kind}" for column, kind in columns.items())
    with connection.cursor() as cursor:
        cursor.execute(f"create temporary table {_quoted(name)} ({typed}) on commit drop")
        _send(cursor, name, list(columns), rows)


def lay_out(
    model: type[Model],
    of: str,
    columns: Mapping[str, str],
    *,
    always: Mapping[str, Any] | None = None,
    where: str = "true",
    on_conflict: str = "",
) -> None:
    """Insert one table's part of a draft's rows. `columns`: the draft's column (or SQL over them,
    written by us) by the table's, "id" among them; `always`: what is the same in every row."""
    constants = _constants(model, columns) | dict(always or {})
    by_column = {
        name: _quoted(each) if each.isidentifier() else each for name, each in columns.items()
    }
    by_column |= dict.fromkeys(constants, "%s")
    if any(field.column == "submission" for field in model._meta.local_concrete_fields):
        by_column.setdefault("submission", by_column["id"])
    source = f"select {', '.join(by_column.values())} from {_quoted(of)} where {where}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into {_quoted(model._meta.db_table)} ({_quoted(*by_column)}) "
            f"{source} {on_conflict}",
            list(constants.values()),
        )


def same(*names: str) -> dict[str, str]:
    """Columns that are called in the draft as in the table."""
    return {name: name for name in names}


def forget(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"drop table {_quoted(name)}")


def _quoted(*names: str) -> str:
    return ", ".join(map(connection.ops.quote_name, names))


def _send(
    cursor: Any,
    name: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    json: Collection[str] = (),
) -> None:
    json_at = {at for at, column in enumerate(columns) if column in json}
    with cursor.copy(f"copy {_quoted(name)} ({_quoted(*columns)}) from stdin") as copy:
        copy.write(copied(list(rows), json=json_at))


def _constants(model: type[Model], given: Collection[str]) -> dict[str, Any]:
    """Values of the columns nobody gives, the same in every row."""
    made: dict[str, Any] = {}
    for field in model._meta.local_concrete_fields:
        name = str(field.column)
        if name in given or name == "submission" or field.db_default is not NOT_PROVIDED:
            continue
        if name == "tenant_id":
            made[name] = current().tenant
        elif getattr(field, "auto_now_add", False):
            made[name] = timezone.now()
        else:
            value = field.get_default()
            made[name] = (
                Jsonb(value) if isinstance(field, JSONField) and value is not None else value
            )
    return made


def change_rows(statement: str, rows: Sequence[Sequence[Any]]) -> None:
    """One prepared statement for many rows, sent together."""
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows)
