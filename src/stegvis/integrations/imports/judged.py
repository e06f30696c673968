"""A file judged against the register of the municipality that is open."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from stegvis.core.programme.model import Programme
from stegvis.integrations.imports.models import ImportContent, ImportFile, ImportRow, ShieldedRow
from stegvis.integrations.imports.reading.answers import NO_ANSWERS, Answer
from stegvis.integrations.imports.reading.judging import Situation, read_file
from stegvis.integrations.imports.reading.mapping import Mapping as Decided
from stegvis.integrations.imports.reading.results import CREATED, HELD, SKIPPED, Reading, Row
from stegvis.integrations.imports.register import StoredRegister
from stegvis.integrations.imports.step_names import step_names
from stegvis.integrations.imports.storing.ground import Ground, Units
from stegvis.journey.programmes.facts import programme
from stegvis.journey.programmes.models import ProgrammeVersion
from stegvis.platform.access.sealing import unseal, unseal_bytes
from stegvis.platform.tenancy.models import Tenant, Unit
from stegvis.platform.tenancy.scope import current, scope

type Answers = Mapping[tuple[str | None, int], Answer]


class NoProgramme(LookupError):
    """No programme of that key, or none of the country, is published in the municipality."""


@dataclass(frozen=True, slots=True)
class Sending:
    """A file somebody sends in. `unit`: where it came to, None for the municipality's first.
    `allowed`: the units whose rows the sender may bring, None for all."""

    data: bytes
    name: str
    kind: str
    on: dt.date
    mapping: Mapping[str, Any] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    programme: str = ""
    sender: str = ""
    unit: uuid.UUID | None = None
    allowed: Collection[uuid.UUID] | None = None
    by: uuid.UUID | None = None
    submission: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    reading: Reading
    ground: Ground


def version_for(key: str, country: str) -> tuple[ProgrammeVersion, Programme]:
    """The version in force of the programme named; else of the country's programme whose tracks
    the municipality's units speak. Raises NoProgramme."""
    found = [(row, programme(row)) for row in ProgrammeVersion.versions.in_force()]
    if key:
        found = [(row, model) for row, model in found if row.key == key]
    else:
        found = [(row, model) for row, model in found if model.country == country]
    tracks = set(Unit.objects.order_by("id").values_list("track", flat=True)) - {""}
    found.sort(key=lambda pair: (not tracks & pair[1].tracks.keys(), pair[0].key))
    if not found:
        raise NoProgramme(key)
    return found[0]


def here(unit: uuid.UUID | None) -> uuid.UUID:
    """The unit a file comes to when nobody has said one: the first there is."""
    first: uuid.UUID = unit or Unit.objects.order_by("id").values_list("id", flat=True)[0]
    return first


def judge(sending: Sending) -> Judged:
    """Nothing is written. Raises Refusal, NoProgramme."""
    country = _country()
    version, model = version_for(sending.programme, country)
    file = ImportFile(
        kind=sending.kind, unit_id=here(sending.unit), programme=version, day=sending.on
    )
    units = Units.of(file.unit_id, sending.units, sending.allowed)
    register = StoredRegister(model.primary.code, kind=sending.kind)
    reading = read_file(
        sending.data,
        sending.name,
        sending.kind,
        Situation(sending.on, country, step_names(model), register),
        decided=Decided.of(dict(sending.mapping)),
    )
    _situate(reading.rows, units)
    return Judged(reading, Ground.of(file, model, units, country=country))


def judge_kept(file: ImportFile, *, allowed: Collection[uuid.UUID] | None = None) -> Judged:
    """A file that is kept, with what has been answered about its rows. What of it has been stored
    counts as rows of its own, so that the rest is judged as the first time. Raises Refusal."""
    country, model = _country(), programme(file.programme)
    units = Units.of(file.unit_id, file.units, allowed)
    register = StoredRegister(model.primary.code, kind=file.kind, file=file.pk)
    reading = read_file(
        content(file),
        file.name,
        file.kind,
        Situation(file.day, country, step_names(model), register),
        decided=Decided.of(file.mapping),
        answers=answers(file),
    )
    _situate(reading.rows, units)
    return Judged(reading, Ground.of(file, model, units, country=country))


def content(file: ImportFile) -> bytes:
    sealed: Any = ImportContent.objects.get(file=file).sealed
    if sealed is None:
        raise ContentGone
    return unseal_bytes(current().tenant, bytes(sealed))


class ContentGone(LookupError):
    """The file is finished; its bytes are no longer kept."""


def answers(file: ImportFile) -> Answers:
    tenant = current().tenant
    rows = ImportRow.rows.of(file).filter(answer__isnull=False).order_by("id")
    found = list(rows.values_list("sheet", "number", "answer"))
    shielded = ShieldedRow.shielded.filter(row__file=file, answer__isnull=False).order_by("id")
    found += shielded.values_list("row__sheet", "row__number", "answer")
    if not found:
        return NO_ANSWERS
    return {
        (sheet or None, number): Answer.of(json.loads(unseal(tenant, bytes(sealed or b""))))
        for sheet, number, sealed in found
    }


def shielded_marks(marks: Collection[bytes]) -> set[bytes]:
    """Which of the numbers are those of protected persons: asked as the import, answered to code
    that then shows nothing of them."""
    if not marks:
        return set()
    here = current()
    with scope(here.tenant, service="import", on=here.on), connection.cursor() as cursor:
        cursor.execute(
            "select i.mark from people_identity i join access_shield s "
            "on s.tenant_id = i.tenant_id and s.person = i.person_id and s.lifted_on is null "
            "where i.mark = any(%s)",
            [list(marks)],
        )
        return {bytes(mark) for (mark,) in cursor}


def _country() -> str:
    return Tenant.objects.values_list("country", flat=True).get(pk=current().tenant)


def _situate(rows: Collection[Row], units: Units) -> None:
    """What a row's unit means here. A name nobody knows is the unit the file came to, and somebody
    should look; a unit that is not the sender's to fill waits for a person."""
    for row in rows:
        name = row.values.get("unit")
        brings = row.outcome == CREATED or "second_enrolment" in row.codes
        if not name or row.outcome == SKIPPED or not brings:
            continue
        if not units.may(name):
            row.say(row.column("unit"), "unit_elsewhere")
            row.outcome = HELD
        elif not units.knows(name):
            row.say(row.column("unit"), "unit_unknown")
