"""No migration holds a table that people work with."""

from __future__ import annotations

import pytest

from stegvis.config.checkout import SOURCE
from tests.matrix import locks

HEAD = "from django.db import migrations, models\noperations = [\n    {},\n]\n"
PLANTED = [
    "migrations.AddIndex(model_name='person', index=models.Index(fields=['x'], name='y'))",
    "migrations.AlterField(model_name='person', name='x', field=models.TextField())",
    "migrations.AddConstraint(model_name='person', constraint=None)",
    "migrations.RenameField('person', 'a', 'b')",
    "migrations.RemoveField('person', 'a')",
    "migrations.RunSQL('CREATE INDEX x ON people_person (born_on)')",
    "migrations.RunSQL('alter table people_person alter x set not null')",
    "migrations.RunSQL('alter table people_person add constraint x check (true)')",
    "migrations.RunSQL('lock table people_person')",
]
LIGHT = [
    "AddIndexConcurrently(model_name='person', index=models.Index(fields=['x'], name='y'))",
    "migrations.AddField('person', 'x', models.TextField(null=True))",
    "migrations.RunSQL('create index concurrently x on people_person (born_on)')",
    "migrations.RunSQL('alter table people_person add constraint x check (true) not valid')",
    "migrations.RemoveField('person', 'a'),  # held for a moment: nobody has asked since 0.2",
]


def test_no_migration_holds_a_table_people_work_with() -> None:
    files = sorted(SOURCE.glob("**/migrations/[0-9]*.py"))
    assert len(files) > 5
    assert [
        fault for file in files for fault in locks.faults(file.read_text(), str(file.name))
    ] == []


@pytest.mark.parametrize("operation", PLANTED)
def test_a_heavy_operation_is_found(operation: str) -> None:
    assert len(locks.faults(HEAD.format(operation), "0002_heavy.py")) == 1
    assert locks.faults(HEAD.format(operation), "0001_initial.py") == []


def test_a_table_made_in_the_same_migration_holds_nobody_and_another_still_does() -> None:
    made = "migrations.CreateModel(name='Leave', fields=[]), "
    own = "migrations.AddConstraint(model_name='leave', constraint=None)"
    assert locks.faults(HEAD.format(made + own), "0002_new.py") == []
    other = own.replace("'leave'", "'person'")
    assert len(locks.faults(HEAD.format(made + other), "0002_new.py")) == 1


@pytest.mark.parametrize("operation", LIGHT)
def test_a_light_operation_passes(operation: str) -> None:
    assert locks.faults(HEAD.format(operation), "0002_light.py") == []
