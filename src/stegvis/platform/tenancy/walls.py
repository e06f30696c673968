"""The database's own wall, raised by each migration right after its tables.

`Raise` gives a table its composite keys, row security that also binds the table's owner, its
policies and its grants. The census (tests/matrix/test_census.py) fails for any table without.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, override

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import Model

from stegvis.platform.tenancy.memory import before, beside, widened
from stegvis.platform.tenancy.ties import pointed_at, ties

TENANT = "tenant_id = (select stegvis_tenant())"
# The measured-fast form: the set is built once per statement, not once per row, and looked up by
# hash. `= any(array(…))` reads the array from its beginning for every row: for a manager of 3,000
# that was a second and a half a list. Of a row of whom the page is about it is not built at all.
REACHED = (
    "((select stegvis_service()) or {column} = (select stegvis_about()) "
    "or {column} in (select stegvis_reach()))"
)
VERBS = ("select", "update", "delete")
NAMES = frozenset({"select", "insert", "update", "delete"})


def composite_keys(model: type[Model]) -> list[str]:
    """Those of a model's ties that are not part of its table already, and what they point at."""
    there = {constraint.name for constraint in model._meta.constraints}
    left = [tie for tie in ties(model) if tie.name not in there]
    added = ", ".join(f"add {tie.constraint_sql(model, None)}" for tie in left)
    table = [f'alter table "{model._meta.db_table}" {added}'] if left else []
    return [*pointed_at(left), *table]


def row_security(
    table: str, *, reach: str | None, may: frozenset[str], verbs: tuple[str, ...] = VERBS
) -> list[str]:
    """Forced row security: the tenant's wall always, the person's wall where `reach` names the
    column that says whose row it is, before each of the verbs."""
    made = [
        f'create policy tenant on "{table}" using ({TENANT}) with check ({TENANT})',
        f'grant {", ".join(sorted(may))} on "{table}" to stegvis_app',
    ]
    if reach:
        seen = REACHED.format(column=f'"{reach}"')
        made += [
            f'create policy person_{verb} on "{table}" as restrictive for {verb} using ({seen})'
            for verb in verbs
        ]
    # Last: once policies are in force, PostgreSQL reads them anew after each change of the table.
    return [*made, f'alter table "{table}" enable row level security, force row level security']


def _at_once(schema_editor: BaseDatabaseSchemaEditor, statements: Iterable[str]) -> None:
    """In one message: some three thousand journeys less from an empty database."""
    schema_editor.execute(";\n".join(statements), None)


class OnTheTable(Operation):
    """What the database has about a model's table and the model does not say."""

    reversible = True
    reduces_to_sql = True

    @override
    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        pass


class Raise(OnTheTable):
    """Raise the wall round one model. `reach`: the column that holds the person; `may`: what the
    app role may do there (no deleting unless said; a log takes only select and insert)."""

    def __init__(
        self,
        model: str,
        *,
        reach: str | None = None,
        may: str = "select insert update",
    ) -> None:
        self.model = model
        self.reach = reach
        self.may = may
        if not set(may.split()) <= NAMES:
            raise ValueError(f"unknown right in {may!r}")

    @override
    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        options = {"reach": self.reach, "may": self.may}
        return type(self).__qualname__, [self.model], options

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
        _at_once(schema_editor, [*composite_keys(model), *walls])

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


class Remember(OnTheTable):
    """Keep the earlier states of a model's rows (`tenancy.memory`) behind the same wall. `reach`:
    the column that holds the person. A migration that adds a column says it `again`."""

    def __init__(self, model: str, *, reach: str | None = None, again: bool = False) -> None:
        self.model = model
        self.reach = reach
        self.again = again

    @override
    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        options = {"reach": self.reach, "again": self.again}
        return type(self).__qualname__, [self.model], options

    @override
    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        model = to_state.apps.get_model(app_label, self.model)
        _at_once(schema_editor, widened(model) if self.again else self._anew(model))

    def _anew(self, model: type[Model]) -> Iterator[str]:
        yield from beside(model, reach=self.reach)
        # Nobody may change the past, and whoever takes it away has to read it first.
        may, verbs = frozenset({"select", "insert"}), ("select",)
        yield from row_security(before(model), reach=self.reach, may=may, verbs=verbs)

    @override
    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        if self.again:
            return  # a column more than is filled harms nobody
        model = from_state.apps.get_model(app_label, self.model)
        schema_editor.execute(f'drop function "{model._meta.db_table}_kept"() cascade')
        schema_editor.execute(f'drop table "{before(model)}"')

    @override
    def describe(self) -> str:
        return f"Keep the earlier states of {self.model}"
