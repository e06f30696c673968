"""./run import KIND FILE --tenant SLUG: a municipality's list into its register."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any, override

from django.core.management.base import BaseCommand, CommandError, CommandParser

from stegvis.integrations.imports.actions import store, try_out
from stegvis.integrations.imports.judged import NoProgramme, Sending
from stegvis.integrations.imports.reading import limits
from stegvis.integrations.imports.reading.codes import sentences
from stegvis.integrations.imports.reading.judging import KINDS
from stegvis.integrations.imports.reading.refusal import Refusal
from stegvis.integrations.imports.reading.results import Reading, refused
from stegvis.platform.tenancy.models import Tenant
from stegvis.platform.tenancy.scope import today


class Command(BaseCommand):
    # Nothing a file brings depends on pages or templates, and looking them all over takes longer
    # than a list of some hundred rows.
    requires_system_checks = ()
    help = "Read a municipality's list. What is ready is stored; what is not waits for a person."

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=sorted(KINDS))
        parser.add_argument("file", type=Path)
        parser.add_argument("--tenant", required=True, help="the municipality's slug")
        parser.add_argument("--dry-run", action="store_true", help="answer the same, store nothing")
        parser.add_argument("--today", type=dt.date.fromisoformat, help="the day the file is of")
        parser.add_argument("--mapping", type=Path, help="what a person has decided of its columns")
        parser.add_argument("--programme", default="", help="the programme its steps are of")
        parser.add_argument("--sender", default="", help="who sends it")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    @override
    def handle(self, *args: object, **options: Any) -> None:
        tenant = Tenant.objects.filter(slug=options["tenant"]).first()
        if tenant is None:
            raise CommandError(f"There is no municipality {options['tenant']!r}.")
        sending = Sending(
            data=_bytes(options["file"]),
            name=options["file"].name,
            kind=options["kind"],
            on=options["today"] or today(tenant.timezone),
            programme=options["programme"],
            sender=options["sender"],
            **_mapping(options["mapping"]),
        )
        try:
            if options["dry_run"]:
                reading = try_out(tenant.pk, sending)
            else:
                reading = store(tenant.pk, sending, progress=self._progress)
        except Refusal as refusal:
            if options["json"]:
                self.stdout.write(json.dumps(refused(sending.kind, sending.name, refusal.code)))
            raise CommandError(_said(sending.name, refusal)) from refusal
        except NoProgramme as lacking:
            raise CommandError(f"No programme {str(lacking)!r} is published here.") from lacking
        self._tell(reading, as_json=options["json"])

    def _progress(self, done: int, rows: int) -> None:
        self.stderr.write(f"{done} of {rows} rows")

    def _tell(self, reading: Reading, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(reading.to_json(), ensure_ascii=False))
            return
        for outcome, count in sorted(reading.summary().items()):
            self.stdout.write(f"{count:8} {outcome}")
        for row in reading.held():
            place = f"{row['sheet']} " if row["sheet"] else ""
            self.stdout.write(f"{place}{row['row']}: {', '.join(row['codes'])}")


def _bytes(file: Path) -> bytes:
    try:
        if file.stat().st_size > limits.FILE_BYTES:
            return file.open("rb").read(limits.FILE_BYTES + 1)  # refused as too large
        return file.read_bytes()
    except OSError as fault:
        raise CommandError(f"{file}: cannot be read: {fault.strerror}.") from fault


def _mapping(file: Path | None) -> dict[str, Any]:
    """The mapping as the reading takes it; "units" stands beside it."""
    if file is None:
        return {}
    try:
        value = json.loads(_bytes(file))
    except (ValueError, RecursionError) as fault:
        raise CommandError(f"{file}: this is not JSON.") from fault
    if not isinstance(value, dict):
        raise CommandError(f"{file}: this is not a mapping.")
    units = value.pop("units", {})
    if not isinstance(units, dict) or not all(isinstance(each, str) for each in units.values()):
        raise CommandError(f"{file}: units are a table of names and keys.")
    return {"mapping": value, "units": units}


def _said(name: str, refusal: Refusal) -> str:
    """One sentence with its place."""
    place = [f"{word} {value}" for word, value in _places(refusal) if value]
    where = f" ({', '.join(place)})" if place else ""
    return f"{name}{where}: {sentences().say(refusal.code, {}, 'en')}"


def _places(refusal: Refusal) -> list[tuple[str, Any]]:
    return [("sheet", refusal.sheet), ("row", refusal.row), ("column", refusal.column)]
