"""The verbs of the workbench: try a file out where people can see it, hear their answers, take a
file back. Nothing here writes in the register but `undo` and what a decision about a protected
person asks for."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Collection, Mapping
from typing import Any

from django.db import connection

from stegvis.integrations.imports.actions import (
    arrived,
    carry_out,
    count,
    past_rows,
    receive,
)
from stegvis.integrations.imports.judged import Judged, Sending, judge, judge_kept
from stegvis.integrations.imports.models import (
    ImportContent,
    ImportFile,
    ImportRow,
    Kind,
    SavedMapping,
    ShieldedRow,
)
from stegvis.integrations.imports.reading.answers import Answer, Decision
from stegvis.integrations.imports.storing.kept import keep
from stegvis.journey.hours.actions import tell_again_many
from stegvis.journey.hours.models import HoursEntry
from stegvis.journey.intake.models import Enrolment
from stegvis.platform.access.sealing import seal
from stegvis.platform.journal.models import Sort
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.scope import current


class Touched(Exception):
    """Somebody has worked with what the file brought: it can no longer be taken back."""


def take_in(sending: Sending) -> ImportFile:
    """Keep a file and lay its rows out to be looked at. Nothing of it is in the register. Raises
    Refusal, NoProgramme."""
    judged = judge(sending)
    file = receive(sending, judged.reading)
    if file.state == ImportFile.State.TRIAL:
        lay_out(file, judged)
    return file


def lay_out(file: ImportFile, judged: Judged) -> None:
    """Write the rows as they are judged now; those that are in the register already stay."""
    past = past_rows(file)
    rows = [row for row in judged.reading.rows if row.skipped != "blank"]
    left = [row for row in rows if (row.sheet or "", row.number) not in past]
    keep(file, arrived(left), stored=False)
    there = {(row.sheet or "", row.number) for row in rows}
    gone = [
        key
        for key, sheet, number in ImportRow.rows.of(file)
        .order_by("id")
        .values_list("id", "sheet", "number")
        if (sheet, number) not in there
    ]
    if gone:  # read by other headers, they are no records any more
        ImportRow.rows.filter(pk__in=gone).update(
            outcome="skipped", codes=[], columns=[], values={}, done=True
        )
    count(file)


def judge_again(file: ImportFile, allowed: Collection[uuid.UUID] | None) -> None:
    """After an answer or another mapping. Raises Refusal."""
    lay_out(file, judge_kept(file, allowed=allowed))


def map_columns(
    file: ImportFile,
    mapping: Mapping[str, Any],
    units: Mapping[str, str],
    *,
    allowed: Collection[uuid.UUID] | None,
) -> None:
    """Read the columns as a person says, now and in the sender's next files. Raises Refusal."""
    file.mapping, file.units = dict(mapping), dict(units)
    file.save_if_unchanged("mapping", "units")
    judge_again(file, allowed)
    wrote("import_mapped", file=str(file.pk))
    if not file.sender:
        return
    kept, _ = SavedMapping.objects.get_or_create(
        tenant_id=current().tenant, kind=file.kind, sender=file.sender
    )
    kept.mapping, kept.units, kept.programme = file.mapping, file.units, file.programme.key
    kept.save_if_unchanged("mapping", "units", "programme")


def answer(
    file: ImportFile,
    answers: Mapping[uuid.UUID, Answer],
    *,
    by: uuid.UUID,
    allowed: Collection[uuid.UUID] | None,
) -> None:
    """Keep what a person has said of rows that wait, and judge the file anew. Raises Refusal."""
    tenant = current().tenant
    rows = ImportRow.rows.of(file).held().filter(pk__in=list(answers), done=False)
    for row in rows.order_by("id"):
        said = json.dumps(answers[row.pk].to_json(), ensure_ascii=False)
        row.answer, row.answered_by_id = seal(tenant, said), by
        row.save_if_unchanged("answer", "answered_by")
    judge_again(file, allowed)
    wrote("import_answered", file=str(file.pk), rows=[str(key) for key in answers])


def decide_shielded(row: ShieldedRow, decision: Decision, *, by: uuid.UUID) -> None:
    """The one who is responsible has decided: stored as protected, left out, or no mark at all."""
    tenant = current().tenant
    said = json.dumps(Answer(decision=decision).to_json())
    row.answer, row.answered_by_id = seal(tenant, said), by
    row.done = decision is not Decision.SHIELD  # a row to be stored is done when it is
    row.save_if_unchanged("answer", "answered_by", "done")
    file: ImportFile = ImportFile.files.select_related("programme").get(pk=row.row.file_id)
    place = {(row.row.sheet, row.row.number)}
    if decision is Decision.SHIELD:
        state = file.state
        carry_out(tenant, file.pk, only=place, by=by)
        if state == ImportFile.State.TRIAL:
            file.refresh_from_db()
            file.state, file.stored_at = state, None
            file.save_if_unchanged("state", "stored_at")
    else:
        judge_again(file, None)
    wrote("protected_row_decided", row=str(row.row_id), decision=str(decision))


def _paid(file: ImportFile) -> set[tuple[Enrolment, dt.date]]:
    """The months its slips of pay are of: they count anew without them."""
    if file.kind != Kind.HOURS:
        return set()
    keys = ImportRow.rows.of(file).filter(outcome="created", done=True).values("period")
    rows = HoursEntry.entries.filter(pk__in=keys).select_related("enrolment").order_by("id")
    return {(row.enrolment, row.month) for row in rows}


def _taken_back(file: ImportFile) -> list[uuid.UUID]:
    """By the database, which alone may delete. The persons it was about."""
    of_firms = file.kind == Kind.WORKPLACES
    with connection.cursor() as cursor:
        cursor.execute(
            "select imports_undo_firms(%s)" if of_firms else "select imports_undo(%s)", [file.pk]
        )
        found = cursor.fetchone()
    if not found or found[0] is None or found[0] is False:
        raise Touched
    return [] if of_firms else list(found[0])


def undo(file: ImportFile) -> None:
    """Take back what a file brought, wholly or not at all. Raises Touched."""
    paid = _paid(file)
    persons = _taken_back(file)
    if paid:
        tell_again_many(paid)
    nothing: dict[str, Any] = {
        "sealed": None,
        "answer": None,
        "mark": None,
        "before": None,
        "values": {},
    }
    about = dict.fromkeys(("person", "enrolment", "period", "referral"))
    ImportRow.rows.of(file).update(done=False, **nothing, **about)
    empty = seal(current().tenant, "{}")
    ShieldedRow.shielded.filter(row__file=file).update(sealed=empty, answer=None, done=False)
    forget(file)
    file.state, file.stored_at, file.done = ImportFile.State.UNDONE, None, 0
    file.save_if_unchanged("state", "stored_at", "done")
    wrote("import_undone", persons, sort=Sort.BATCH, file=str(file.pk))


def forget(file: ImportFile) -> None:
    """Let the bytes go: the rows that wait can no longer be read again."""
    ImportContent.objects.filter(file=file).update(sealed=None)
