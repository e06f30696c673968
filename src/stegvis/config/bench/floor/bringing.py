"""python -m stegvis.config.bench.floor.bringing FILE: a list brought in the usual Django way.
openpyxl reads, a plain check judges, bulk_create writes, batch by batch. Nothing is sealed,
compared with the register, or told to the journal."""

from __future__ import annotations

import sys
from itertools import batched
from typing import Any, ClassVar

import django

django.setup()

from django.contrib.postgres.fields import ArrayField  # noqa: E402 after the settings
from django.db import connection, models, transaction  # noqa: E402

from stegvis.config.bench.floor.models import Plain, Sent  # noqa: E402
from stegvis.config.bench.lists import COLUMNS, laid_out, plain  # noqa: E402
from stegvis.config.bench.places import place_of  # noqa: E402

BATCH = 2_000


class ListedPerson(Plain):
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    sort_key = models.CharField(max_length=160)
    search = models.CharField(max_length=170)
    born_on = models.DateField(null=True)
    sex = models.CharField(max_length=1)
    language = models.CharField(max_length=40)
    needs_interpreter = models.BooleanField()

    class Meta:
        app_label = "floor"
        managed = False
        db_table = "people_person"


class ListedIdentity(Plain):
    person_id = models.UUIDField()
    country = models.CharField(max_length=2)
    kind = models.CharField(max_length=16)
    sealed = models.BinaryField()
    mark = models.BinaryField()
    hint = models.CharField(max_length=12)
    since = models.DateField()

    class Meta:
        app_label = "floor"
        managed = False
        db_table = "people_identity"


class ListedContact(Plain):
    person_id = models.UUIDField()
    phone = models.CharField(max_length=40)
    email = models.CharField(max_length=120)
    address = models.CharField(max_length=200)
    preferred = models.CharField(max_length=80)

    class Meta:
        app_label = "floor"
        managed = False
        db_table = "people_contact"


class ListedEnrolment(Sent):
    person_id = models.UUIDField()
    unit_id = models.UUIDField()
    programme_id = models.UUIDField()
    agency = models.CharField(max_length=12)
    eligibility = models.TextField()
    since = models.DateField()
    exit_reason = models.CharField(max_length=30)
    exit_note = models.TextField()
    imported = models.BooleanField()

    class Meta:
        app_label = "floor"
        managed = False
        db_table = "intake_enrolment"


class OfEnrolment(Sent):
    person_id = models.UUIDField()
    enrolment_id = models.UUIDField()

    class Meta:
        app_label = "floor"
        abstract = True


class ListedPeriod(OfEnrolment):
    ladder = models.CharField(max_length=40)
    step = models.CharField(max_length=40)
    ordinal = models.SmallIntegerField()
    attempt = models.SmallIntegerField()
    since = models.DateField()
    support = models.CharField(max_length=16)
    purpose = models.CharField(max_length=16)
    note = models.TextField()
    imported = models.BooleanField()

    class Meta:
        app_label = "floor"
        managed = False
        db_table = "standing_stepperiod"


class ListedIncome(OfEnrolment):
    moment = models.CharField(max_length=5)
    source = models.CharField(max_length=30)
    on = models.DateField()

    class Meta:
        app_label = "floor"
        managed = False
        db_table = "intake_income"


class ListedAssignment(OfEnrolment):
    member_id = models.UUIDField()
    part = models.CharField(max_length=16)
    since = models.DateField()
    because = models.CharField(max_length=200)

    class Meta:
        app_label = "floor"
        managed = False
        db_table = "intake_assignment"


class ListedRelation(Plain):
    person = models.UUIDField()
    kind = models.CharField(max_length=16)
    member_id = models.UUIDField(null=True)
    unit_id = models.UUIDField(null=True)
    since = models.DateField()
    because = models.CharField(max_length=200)

    class Meta:
        app_label = "floor"
        managed = False
        db_table = "access_relation"


class ListedRow(Plain):
    file_id = models.UUIDField()
    unit_id = models.UUIDField()
    sheet = models.CharField(max_length=80)
    number = models.IntegerField()
    outcome = models.CharField(max_length=10)
    codes: ClassVar = ArrayField(models.CharField(max_length=40))
    columns: ClassVar = ArrayField(models.CharField(max_length=80))
    queue = models.CharField(max_length=10)
    values = models.JSONField()
    sealed = models.BinaryField()
    mark = models.BinaryField(null=True)
    person = models.UUIDField(null=True)
    enrolment = models.UUIDField(null=True)
    period = models.UUIDField(null=True)
    done = models.BooleanField()

    class Meta:
        app_label = "floor"
        managed = False
        db_table = "imports_importrow"


MODELS: dict[str, Any] = {
    model._meta.db_table: model
    for model in (
        ListedPerson, ListedIdentity, ListedContact, ListedEnrolment, ListedPeriod, ListedIncome,
        ListedAssignment, ListedRelation, ListedRow,
    )
}  # fmt: skip


def bring(file: str) -> None:
    import openpyxl

    sheet = openpyxl.load_workbook(file, read_only=True).worksheets[0]
    place = place_of(connection)
    for rows in batched(plain(sheet.iter_rows(min_row=2, values_only=True)), BATCH):
        made: dict[str, list[models.Model]] = {table: [] for table in COLUMNS}
        for row in rows:
            for table, record in laid_out(row, place):
                fields = dict(zip(COLUMNS[table], record, strict=True))
                made[table].append(MODELS[table](**fields))
        with transaction.atomic():
            for table, records in made.items():
                MODELS[table].objects.bulk_create(records)


if __name__ == "__main__":
    bring(sys.argv[1])
