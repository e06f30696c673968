"""The database's own wall, raised by each migration right after its tables.

`Raise` gives a table its composite keys, row security that also binds the table's owner, its
policies and its grants. The census (tests/matrix/test_census.py) fails for any table without.
"""

from __future__ import annotations

from typing import Any, override

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import ForeignKey, Model

TENANT = "tenant_id = (select stegvis_tenant())"
# The measured-fast form: the set is built once per statement, not once per row, and looked up by
# hash. `= any(array(…))` reads the array from its beginning for every row: for a manager of 3,000
# that was a second and a half a list. Of a row of whom the page is about it is not built at all.
REACHED = (
    "((select stegvis_service()) or {column} = (select stegvis_about()) "
    "or {column} in (select stegvis_reach()))"
)
NAMES = frozenset({"select", "insert", "update", "delete"})


def _quote(*names: str) -> str:
    return ", ".join(f'"{name}"' for name in names)


def composite_keys(model: type[Model]) -> list[str]:
    """unique (tenant_id, id) and one (tenant_id, x_id) → (tenant_id, id) per relation inside."""
    table = model._meta.db_table
    tenant = f'alter table "{table}" add constraint "{table}_tenant_fk" '
    made = [tenant + 'foreign key (tenant_id) references "tenancy_tenant" (id)']
    if any(field.name == "id" for field in model._meta.local_fields):
        made.append(f'alter table "{table}" add constraint "{table}_key" unique (tenant_id, id)')
    for field in model._meta.local_fields:
        if not isinstance(field, ForeignKey) or field.name == "tenant":
            continue
        target = field.related_model
        names = {f.name for f in target._meta.local_fields}
        if "tenant" not in names:
            continue
        made.append(
            f'alter table "{table}" add constraint "{table}_{field.column}_fk" '
            f"foreign key ({_quote('tenant_id', field.column)}) "
            f'references "{target._meta.db_table}" (tenant_id, id) '
            "deferrable initially deferred"
        )
    return made


def row_security(table: str, *, reach: str | None, may: frozenset[str]) -> list[str]:
    """Forced row security: the tenant's wall always, the person's wall where `reach` names the
    column that says whose row it is."""
    made = [
        f'alter table "{table}" enable row level security',
        f'alter table "{table}" force row level security',
        f'create policy tenant on "{table}" using ({TENANT}) with check ({TENANT})',
        f'grant {", ".join(sorted(may))} on "{table}" to stegvis_app',
        f'grant select on "{table}" to stegvis_backup',
    ]
    if reach:
        seen = REACHED.format(column=f'"{reach}"')
        made += [
            f'create policy person_{verb} on "{table}" as restrictive for {verb} using ({seen})'
            for verb in ("select", "update", "delete")
        ]
    return made


class Raise(Operation):
    """Raise the wall round one model. `reach`: the column that holds the person; `may`: what the
    app role may do there (no deleting unless said; a log takes only select and insert);
    `remembers`: the table holds earlier states, written by a trigger and tied to nothing."""

    reversible = True
    reduces_to_sql = True

    def __init__(
        self,
        model: str,
        *,
        reach: str | None = None,
        may: str = "select insert update",
        remembers: bool = False,
    ) -> None:
        self.model = model
        self.remembers = remembers
        self.reach = reach
        self.may = may
        if not set(may.split()) <= NAMES:
            raise ValueError(f"unknown right in {may!r}")

    @override
    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        options = {"reach": self.reach, "may": self.may, "remembers": self.remembers}
        return type(self).__qualname__, [self.model], options

    @override
    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        pass

    @override
    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        model = to_state.apps.get_model(app_label, self.model)
        walls = row_security(
            model._meta.db_table, reach=self.reach, may=frozenset(self.may.split())
        )
        keys = [] if self.remembers else composite_keys(model)
        for statement in [*keys, *walls]:
            schema_editor.execute(statement)

    @override
    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """The table goes with its walls."""

    @override
    def describe(self) -> str:
        return f"Raise the wall round {self.model}"
