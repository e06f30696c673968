"""The verbs of an import.

    store(tenant, sending) -> Reading     the whole: receive, judge, store in batches (commits)
    try_out(tenant, sending) -> Reading   the same answer, and nothing is written
    receive, carry_out                    the two halves of store, for a page and a job

Batches of some thousand rows are each one transaction with their rows, the rows of the register
and one journal event. When the process is killed, the batches that were acknowledged are there, the
one under way is not, and `carry_out` goes on from there.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import Count
from django.utils import timezone

from stegvis.integrations.imports.judged import (
    Judged,
    Sending,
    here,
    judge,
    judge_kept,
    version_for,
)
from stegvis.integrations.imports.models import ImportContent, ImportFile, ImportRow
from stegvis.integrations.imports.reading.answers import Decision
from stegvis.integrations.imports.reading.judging import without_collecting
from stegvis.integrations.imports.reading.results import (
    CREATED,
    SKIPPED,
    UNCHANGED,
    UPDATED,
    Reading,
    Row,
)
from stegvis.integrations.imports.storing.arrivals import Arrival
from stegvis.integrations.imports.storing.attending import store_attendance
from stegvis.integrations.imports.storing.citizens import store_citizens
from stegvis.integrations.imports.storing.firms import store_workplaces
from stegvis.integrations.imports.storing.ground import Ground
from stegvis.integrations.imports.storing.history import store_history
from stegvis.integrations.imports.storing.kept import keep
from stegvis.integrations.imports.storing.newcomers import store_participants
from stegvis.integrations.imports.storing.ordering import store_orders
from stegvis.integrations.imports.storing.paying import store_hours
from stegvis.integrations.imports.storing.referring import store_referrals
from stegvis.integrations.imports.storing.years import store_years
from stegvis.platform.access.decision import Purpose
from stegvis.platform.access.sealing import mark, seal_bytes
from stegvis.platform.journal.models import Sort
from stegvis.platform.journal.writing import Page, keeping, wrote
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.models import Tenant
from stegvis.platform.tenancy.scope import current, scope

SERVICE = "import"
BATCH = 2_000  # rows to a transaction
_STORE: Mapping[str, Callable[[Sequence[Arrival], Ground], None]] = {
    "participants": store_participants,
    "referrals": store_referrals,
    "step_history": store_history,
    "earlier_interventions": store_years,
    "customer_orders": store_orders,
    "attendance": store_attendance,
    "citizens_dk": store_citizens,
    "ordinary_hours": store_hours,
    "workplaces": store_workplaces,
}
_WHOLE_PERSONS = frozenset(("step_history", "earlier_interventions"))
_RESOLVED = frozenset((CREATED, UPDATED, UNCHANGED))

type Progress = Callable[[int, int], None]
"""Called with rows done and rows in all."""


def try_out(tenant: uuid.UUID, sending: Sending) -> Reading:
    """What storing would answer. Raises Refusal, NoProgramme."""
    with scope(tenant, service=SERVICE):
        return judge(sending).reading


def store(tenant: uuid.UUID, sending: Sending, *, progress: Progress | None = None) -> Reading:
    """Bring a file in, as far as it is ready. The same file twice is one file, and its rows answer
    `unchanged`. Raises Refusal or NoProgramme, with nothing stored."""
    with scope(tenant, service=SERVICE):
        judged = judge(sending)
        with _working("import_received"):
            file = receive(sending, judged.reading)
    known = bool(file.counts) or file.state != ImportFile.State.TRIAL
    return carry_out(
        tenant,
        file.pk,
        judged=None if known else judged,
        allowed=sending.allowed,
        by=sending.by,
        progress=progress,
    )


def receive(sending: Sending, reading: Reading) -> ImportFile:
    """Keep a file that could be read, in the municipality that is open."""
    checksum = hashlib.sha256(sending.data).hexdigest()
    unit = here(sending.unit)
    same = ImportFile.files.filter(unit=unit, kind=sending.kind, checksum=checksum)
    there: ImportFile | None = same.select_for_update().first()
    if there is not None:
        if there.state == ImportFile.State.UNDONE:
            there.state = ImportFile.State.TRIAL
            there.save_if_unchanged("state")
        sealed = seal_bytes(current().tenant, sending.data)
        ImportContent.objects.filter(file=there, sealed__isnull=True).update(sealed=sealed)
        return there
    tenant = current().tenant
    country = Tenant.objects.values_list("country", flat=True).get(pk=tenant)
    version, _ = version_for(sending.programme, country)
    file = ImportFile(
        tenant_id=tenant,
        kind=sending.kind,
        name=shown_name(sending.name),
        sender=sending.sender.strip()[:80],
        unit_id=unit,
        programme=version,
        checksum=checksum,
        day=sending.on,
        mapping=dict(sending.mapping),
        units=dict(sending.units),
        by_id=sending.by,
        submission=sending.submission or uuid7(),
        **described(reading),
    )
    file.save(force_insert=True)
    sealed = seal_bytes(tenant, sending.data)
    ImportContent(tenant_id=tenant, file=file, sealed=sealed).save(force_insert=True)
    wrote("import_received", file=str(file.pk), kind=file.kind, rows=file.size)
    return file


def shown_name(name: str) -> str:
    """A file's name as it may be shown: the last part, without signs nobody sees."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(sign if sign.isprintable() else " " for sign in last)
    return " ".join(kept.split())[:120] or "?"


def described(reading: Reading) -> dict[str, Any]:
    """What was found out about a file, as it is kept with it."""
    return {
        "size": sum(row.outcome != SKIPPED for row in reading.rows),
        "sheets": [
            {
                "name": sheet.name,
                "header_row": sheet.header_row,
                "columns": [[c.index, c.header, c.field, str(c.confidence)] for c in sheet.columns],
            }
            for sheet in reading.sheets
        ],
        "issues": [
            {"code": i.code, "sheet": i.sheet, "rows": list(i.rows)[:50], "column": i.column}
            for i in reading.issues
        ],
    }


def carry_out(
    tenant: uuid.UUID,
    key: uuid.UUID,
    *,
    judged: Judged | None = None,
    allowed: Collection[uuid.UUID] | None = None,
    only: Collection[tuple[str, int]] | None = None,
    by: uuid.UUID | None = None,
    progress: Progress | None = None,
) -> Reading:
    """Store what is ready of a file that was received, or go on where it was interrupted. `only`:
    no more than these rows, by sheet and number. `by`: the member who asked for it."""
    with scope(tenant, service=SERVICE, member=by):
        file = _locked(key)
        if judged is None:
            judged = judge_kept(file, allowed=allowed)
        past = past_rows(file)
        rows = judged.reading.rows
        left = [row for row in rows if (row.sheet or "", row.number) not in past]
        if only is not None:
            left = [row for row in left if (row.sheet or "", row.number) in only]
        done = len(rows) - len(left)
        file.state, file.done = ImportFile.State.STORING, done
        file.save_if_unchanged("state", "done")
    with without_collecting():
        for batch in _batches(left, file.kind):
            with scope(tenant, service=SERVICE, member=by), _working("import_stored"):
                _store_batch(_locked(key), batch, judged.ground)
            done += len(batch)
            if progress:
                progress(done, len(rows))
    with scope(tenant, service=SERVICE, member=by):
        finish(_locked(key))
    return judged.reading


def _working(what: str) -> Any:
    return keeping(Page(what=what, purpose=Purpose.JOB))


def _locked(key: uuid.UUID) -> ImportFile:
    """The file, held: two hands that store the same file do so one batch after the other."""
    rows = ImportFile.files.select_for_update(of=("self",)).select_related("programme")
    file: ImportFile = rows.get(pk=key)
    return file


def past_rows(file: ImportFile) -> set[tuple[str, int]]:
    """Rows that are in the register, or that nobody needs to look at again."""
    done = ImportRow.rows.of(file).filter(done=True)
    return set(done.order_by("id").values_list("sheet", "number"))


def _batches(rows: Sequence[Row], kind: str) -> Iterator[list[Row]]:
    """A person's history is read as a whole, so it stays in one batch."""
    rows = [row for row in rows if row.skipped != "blank"]
    if kind not in _WHOLE_PERSONS:
        for at in range(0, len(rows), BATCH):
            yield list(rows[at : at + BATCH])
        return
    ordered = sorted(rows, key=lambda row: row.identity)
    batch: list[Row] = []
    for row in ordered:
        if len(batch) >= BATCH and row.identity != batch[-1].identity:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def _store_batch(file: ImportFile, rows: Sequence[Row], ground: Ground) -> None:
    with connection.cursor() as cursor:  # one import at a time writes in a municipality
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s, 7))", [str(file.tenant_id)]
        )
    arrivals = arrived(rows)
    ready = [each for each in arrivals if _is_ready(each.row, file.kind)]
    if ready:
        _STORE[file.kind](ready, ground)
    keep(file, arrivals, stored=True)
    file.done += len(rows)
    file.save_if_unchanged("done")
    persons = {each.person: None for each in arrivals if each.person}
    wrote("rows_imported", persons, sort=Sort.BATCH, file=str(file.pk), rows=len(rows))


def arrived(rows: Iterable[Row]) -> list[Arrival]:
    tenant = current().tenant
    return [
        Arrival(uuid7(), row, mark=mark(tenant, row.identity) if row.identity else None)
        for row in rows
    ]


def _is_ready(row: Row, kind: str) -> bool:
    if row.protected and not row.decided(Decision.SHIELD):
        return False
    named = bool(row.identity) or row.outcome == CREATED or kind == "workplaces"
    return row.outcome in _RESOLVED and named


def count(file: ImportFile) -> None:
    """What the list of imports says of a file."""
    rows = ImportRow.rows.of(file).values("outcome", "queue")
    counted = rows.order_by("outcome", "queue").annotate(n=Count("id"))
    counts: dict[str, int] = {}
    for row in counted:
        name = row["queue"] or row["outcome"]
        counts[name] = counts.get(name, 0) + row["n"]
    file.counts = counts
    file.save_if_unchanged("counts")


def finish(file: ImportFile) -> None:
    """Count, and let the bytes go when no row of it waits any more."""
    count(file)
    file.state, file.stored_at = ImportFile.State.STORED, timezone.now()
    file.save_if_unchanged("state", "stored_at")
    waits = ImportRow.rows.of(file).filter(done=False).exclude(outcome="unchanged")
    if not waits.exists():
        ImportContent.objects.filter(file=file).update(sealed=None)
