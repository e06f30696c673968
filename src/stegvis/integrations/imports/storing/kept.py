"""The rows themselves, kept as they stood. What a row says of a protected person is sealed into a
table of its own; in the open it is a line that is handled separately."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from json.encoder import encode_basestring as json_string
from typing import Any

from django.db import connection

from stegvis.integrations.imports.models import ImportFile, ImportRow, ShieldedRow
from stegvis.integrations.imports.reading.answers import Decision
from stegvis.integrations.imports.reading.results import (
    CREATED,
    HELD,
    PROTECTED,
    SKIPPED,
    UNCHANGED,
    UPDATED,
    Row,
)
from stegvis.integrations.imports.storing.arrivals import Arrival
from stegvis.platform.access.sealing import seal, unseal
from stegvis.platform.tenancy.copying import copy_rows
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.scope import current

_JSON = json.JSONEncoder(ensure_ascii=False).encode
_RESOLVED = frozenset((CREATED, UPDATED, UNCHANGED))
_SAID = ("outcome", "codes", "columns", "queue", "values", "sealed", "mark", "person", "enrolment")
_ABOUT = ("period", "referral", "before", "done")
_REPLACE = "on conflict (tenant_id, file_id, sheet, number) do update set " + ", ".join(
    f'"{name}" = excluded."{name}"' for name in (*_SAID, *_ABOUT)
)
_SHIELD = """on conflict (tenant_id, row_id) do update set codes = excluded.codes,
 columns = excluded.columns, sealed = excluded.sealed, person = excluded.person,
 done = imports_shieldedrow.done or excluded.done"""


def keep(file: ImportFile, arrivals: Sequence[Arrival], *, stored: bool) -> None:
    """Write the rows, or write them anew. `stored`: what is to be stored of them has been."""
    columns = ("id", "file_id", "unit_id", "sheet", "number", *_SAID, *_ABOUT)
    copy_rows(
        ImportRow,
        columns,
        (
            (
                a.key,
                file.pk,
                file.unit_id,
                a.row.sheet or "",
                a.row.number,
                *_open(a, stored=stored),
            )
            for a in arrivals
        ),
        on_conflict="" if stored and not _any_there(file, arrivals) else _REPLACE,
    )
    shielded = [each for each in arrivals if each.row.protected]
    if shielded:
        _keep_shielded(file, shielded, stored=stored)


def _any_there(file: ImportFile, arrivals: Sequence[Arrival]) -> bool:
    """Whether rows may be there already. Asked once a batch, by whoever holds the file: where none
    is, as in every list that is brought at once, the database need not look before each."""
    if not arrivals:
        return False
    numbers = [each.row.number for each in arrivals]
    there = ImportRow.rows.of(file).filter(
        sheet__in={each.row.sheet or "" for each in arrivals},
        number__range=(min(numbers), max(numbers)),
    )
    return bool(there.exists())


def _open(arrival: Arrival, *, stored: bool) -> tuple[Any, ...]:
    row = arrival.row
    if row.protected:
        marks = [code for code in row.codes if code.startswith("protected_")] or ["protected_mark"]
        stands = stored and row.decided(Decision.SHIELD) and row.outcome in _RESOLVED
        done = stands or row.decided(Decision.LEAVE)
        return HELD, marks[:1], [""], PROTECTED, {}, None, None, *[None] * 5, done
    done = row.outcome == SKIPPED or (stored and row.outcome in _RESOLVED)
    return (
        row.outcome,
        row.codes,
        _columns(row),
        "",
        plain_values(row),
        _sealed(row),
        arrival.mark,
        arrival.person,
        arrival.enrolment,
        arrival.period,
        arrival.referral,
        arrival.before or None,
        done,
    )


def _columns(row: Row) -> list[str]:
    return [""] if row.skipped else [each.column[:80] for each in row.issues]


def plain_values(row: Row) -> dict[str, Any]:
    """As JSON, without the number."""
    return {
        name: value.isoformat() if isinstance(value, dt.date) else value
        for name, value in row.values.items()
        if name != "national_id" and not name.startswith("_")
    }


def _sealed(row: Row) -> bytes:
    cells = ", ".join(map(json_string, row.raw()))
    said = f'{{"cells": [{cells}], "number": {json_string(row.identity)}}}'
    return seal(current().tenant, said)


def opened(sealed: bytes) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(unseal(current().tenant, bytes(sealed)))
    return said


def _keep_shielded(file: ImportFile, arrivals: Sequence[Arrival], *, stored: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select sheet, number, id from imports_importrow where file_id = %s and queue = %s",
            [file.pk, PROTECTED],
        )
        keys = {(sheet, number): key for sheet, number, key in cursor}
    tenant = current().tenant
    rows = []
    for each in arrivals:
        said = {
            "values": plain_values(each.row),
            "cells": each.row.raw(),
            "number": each.row.identity,
            "columns": dict(each.row.columns),
        }
        rows.append(
            (
                uuid7(),
                keys[each.row.sheet or "", each.row.number],
                each.row.codes,
                _columns(each.row),
                seal(tenant, _JSON(said)),
                each.person,
                stored and each.row.outcome in _RESOLVED,
            )
        )
    columns = ("id", "row_id", "codes", "columns", "sealed", "person", "done")
    copy_rows(ShieldedRow, columns, rows, on_conflict=_SHIELD)
