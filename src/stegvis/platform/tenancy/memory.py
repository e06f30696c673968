"""What a row was before: a table beside the row's own, filled by triggers of the database.

The table is no model (docs/decisions/0006): nothing in the product relates to the past, and a
third of all models would be copies of others. Migrations make it with `walls.Remember`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from django.db.models import Model

REMEMBERED: set[type[Model]] = set()
KEPT = """kept_at timestamptz not null default clock_timestamp(),
  kept_on text not null check (kept_on in ('update', 'delete')),
  kept_by uuid default nullif(current_setting('stegvis.member', true), '')::uuid"""


def remembered[M: type[Model]](model: M) -> M:
    """Keep every earlier state of a row, and who changed it, whatever way the change came.

    The row as it was is stored on update and delete, so a first insert costs nothing and a bulk
    load is not slowed; the present state is the row itself. A test holds the database to it.
    """
    REMEMBERED.add(model)
    return model


def before(model: type[Model]) -> str:
    """The table of a model's earlier states."""
    return f"{model._meta.db_table}before"


def earlier[R: Model](model: type[R], **of: object) -> list[R]:
    """Rows as they stood before each change, the latest first, each with `kept_at` (until when it
    stood so), `kept_on` (what ended it: update or delete) and `kept_by` (the member, or None).
    `of`: columns and their values. To be looked at: saving one would bring the past back."""
    wanted = " and ".join(f'"{column}" = %s' for column in of)
    query = f'select * from "{before(model)}" where {wanted} order by kept_at desc'  # noqa: S608
    return list(model._base_manager.raw(query, list(of.values())))


def beside(model: type[Model], *, reach: str | None) -> Iterator[str]:
    """SQL of the table and of what fills it. Nothing in it is unique or tied: the past does not
    hold the present back. Looked up by person, or by the row (`reach` names the column)."""
    table, past = model._meta.db_table, before(model)
    yield f'create table "{past}" (like "{table}", {KEPT})'
    yield f'create index "{past}_of" on "{past}" ("{reach or "id"}")'
    yield _filling(model)
    changed = "after update", "when (old.* is distinct from new.*)"
    for name, (when, only) in {"kept_update": changed, "kept_delete": ("after delete", "")}.items():
        yield (
            f'create trigger {name} {when} on "{table}" for each row {only} '
            f'execute function "{table}_kept"()'
        )


def widened(model: type[Model]) -> Iterator[str]:
    """SQL that adds what columns the model has got since, and fills them from now on."""
    for field in model._meta.local_fields:
        kind = f'"{field.column}" {field.db_type(connection)}'
        yield f'alter table "{before(model)}" add column if not exists {kind}'
    yield _filling(model)


def _filling(model: type[Model]) -> str:
    table = model._meta.db_table
    names = [field.column for field in model._meta.local_fields]
    into = ", ".join(f'"{name}"' for name in names)
    old = ", ".join(f'old."{name}"' for name in names)
    return f"""create or replace function "{table}_kept"() returns trigger language plpgsql as $$
begin
  insert into "{before(model)}" (kept_on, {into}) values (lower(tg_op), {old});
  return null;
end $$"""  # noqa: S608 names of ours
