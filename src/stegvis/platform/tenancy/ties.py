"""A relation inside a municipality is tied by the pair: (tenant_id, x_id) → (tenant_id, id)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeGuard, override

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import BaseConstraint, Field, ForeignKey, Model

TENANTS = "tenancy_tenant"
POINTED_AT = """do $$ declare pointed text; begin
  foreach pointed in array array[{tables}] loop
    if not exists (select from pg_constraint where conname = pointed || '_key') then
      execute format('alter table %I add constraint %I unique (tenant_id, id)',
                     pointed, pointed || '_key');
    end if;
  end loop;
end $$"""


class Tie(BaseConstraint):
    """A foreign key that can be part of the table it is made with: for one that is added later
    PostgreSQL looks through both tables, be they empty."""

    def __init__(self, *, name: str, columns: str, target: str) -> None:
        super().__init__(name=name)
        self.columns = columns
        self.target = target

    @override
    def constraint_sql(self, model: Any, schema_editor: Any) -> str:
        if self.target == TENANTS:
            return f'constraint "{self.name}" foreign key (tenant_id) references "{TENANTS}" (id)'
        return (
            f'constraint "{self.name}" foreign key ({self.columns}) '
            f'references "{self.target}" (tenant_id, id) deferrable initially deferred'
        )

    @override
    def create_sql(self, model: Any, schema_editor: Any) -> str:
        added = self.constraint_sql(model, schema_editor)
        return f'alter table "{model._meta.db_table}" add {added}'


def ties(model: type[Model]) -> list[Tie]:
    """One per relation inside. A row that must point at another is tied to its municipality by
    that: a key of its own would only lock the municipality's row once more for each new one."""
    table = model._meta.db_table
    inside = [field for field in model._meta.local_fields if _stays_inside(field)]
    found = [
        Tie(
            name=f"{table}_{field.column}_fk",
            columns=f'tenant_id, "{field.column}"',
            target=field.related_model._meta.db_table,
        )
        for field in inside
    ]
    if all(field.null or field.related_model is model for field in inside):
        found.append(Tie(name=f"{table}_tenant_fk", columns="tenant_id", target=TENANTS))
    return found


def _stays_inside(field: Field[Any, Any]) -> TypeGuard[ForeignKey[Any, Any]]:
    if not isinstance(field, ForeignKey) or field.name == "tenant":
        return False
    return any(one.name == "tenant" for one in field.related_model._meta.local_fields)


def pointed_at(found: Iterable[Tie]) -> list[str]:
    """SQL of the unique keys they need: whoever points at a table first makes it."""
    targets = sorted({f"'{tie.target}'" for tie in found if tie.target != TENANTS})
    return [POINTED_AT.format(tables=", ".join(targets))] if targets else []


def tie_from_the_start(
    schema_editor: BaseDatabaseSchemaEditor, models: Sequence[type[Model]]
) -> None:
    """Let the tables of these models, which are about to be made, be made with their ties; those
    among themselves are left for `walls.Raise`, when all are there."""
    made = {model._meta.db_table for model in models}
    found: list[Tie] = []
    for model in models:
        outward = [tie for tie in ties(model) if tie.target not in made]
        model._meta.constraints = [*model._meta.constraints, *outward]
        found += outward
    for statement in pointed_at(found):
        schema_editor.execute(statement, None)
