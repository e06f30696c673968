"""A migration that only makes tables, run in one go.

Django renders every model that is related to the one an operation touches, after each operation.
Here all are related (through the tenant), so a room's tables cost their number times everybody
else's: nine parts in ten of the time from an empty database. What makes new tables and touches no
others is run with its models rendered once, whole, and nobody else's again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, override

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState, StateApps
from django.db.models import Model
from pgtrigger.migrations import AddTrigger

from stegvis.platform.tenancy.ties import tie_from_the_start
from stegvis.platform.tenancy.walls import Raise, Remember

PART_OF_THE_TABLE = (migrations.AddConstraint, migrations.AddField, migrations.AddIndex)
"""Made with the table, because the table is made as the last of them leaves it."""
ON_THE_TABLE = (migrations.CreateModel, migrations.RunSQL, AddTrigger, Raise, Remember)


@contextmanager
def _cleared_once(apps: StateApps) -> Iterator[None]:
    """Django clears, with every model it renders, a cache that all registries share; each relation
    of the next model then looks through all models of the product to fill it."""
    kept: dict[str, Any] = apps.__dict__
    kept["clear_cache"] = lambda: None
    try:
        yield
    finally:
        del kept["clear_cache"]
        apps.clear_cache()


def _make_indexes(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Django leaves the indexes to the end, and makes each in a message of its own."""
    waiting: list[object] = schema_editor.deferred_sql
    if waiting:
        schema_editor.execute(";\n".join(str(statement) for statement in waiting), None)
        waiting.clear()


class NewTables(migrations.Migration):
    """Base of such a migration. Raises TypeError for what touches a table made elsewhere."""

    @override
    def apply(
        self,
        project_state: ProjectState,
        schema_editor: BaseDatabaseSchemaEditor,
        collect_sql: bool = False,
    ) -> ProjectState:
        if collect_sql:  # sqlmigrate: for reading, an operation at a time
            return super().apply(project_state, schema_editor, collect_sql)
        self._render(project_state)
        tie_from_the_start(schema_editor, self._walled(project_state))
        for operation in self.operations:
            if not self._is_part(operation):
                if not isinstance(operation, migrations.CreateModel):
                    _make_indexes(schema_editor)
                operation.database_forwards(
                    self.app_label, schema_editor, project_state, project_state
                )
        return project_state

    def _render(self, state: ProjectState) -> None:
        # A library that changes a field leaves models Django means to render anew, all of them, at
        # the end. Here they are few.
        state.clear_delayed_apps_cache()
        state.is_delayed = False
        apps = state.apps
        known = set(state.models)
        del state.__dict__["apps"]  # what is not rendered is not rendered anew
        for operation in self.operations:
            operation.state_forwards(self.app_label, state)
        with _cleared_once(apps):
            apps.render_multiple([state.models[key] for key in state.models if key not in known])
        cached: dict[str, Any] = state.__dict__
        cached["apps"] = apps

    def _walled(self, state: ProjectState) -> list[type[Model]]:
        """The models made here that get the wall, and with it their ties."""
        raised = {one.model.lower() for one in self.operations if isinstance(one, Raise)}
        made = [one.name for one in self.operations if isinstance(one, migrations.CreateModel)]
        walled = [name for name in made if name.lower() in raised]
        return [state.apps.get_model(self.app_label, name) for name in walled]

    def _is_part(self, operation: Operation) -> bool:
        if isinstance(operation, PART_OF_THE_TABLE):
            made = {one.name_lower for one in self.operations if isinstance(one, ON_THE_TABLE[0])}
            if operation.model_name.lower() in made:
                return True
        elif isinstance(operation, ON_THE_TABLE):
            return False
        raise TypeError(f"{self}: {operation.describe()} is not about a table made here.")
