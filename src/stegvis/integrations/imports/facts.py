"""What the workbench shows of a file: what is ready, and what waits for which kind of answer."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet

from stegvis.integrations.imports.judged import shielded_marks
from stegvis.integrations.imports.models import (
    STORED,
    UNDO_DAYS,
    ImportFile,
    ImportRow,
    Kind,
    SavedMapping,
    ShieldedRow,
)
from stegvis.integrations.imports.reading.answers import Answer, Decision
from stegvis.integrations.imports.reading.codes import LEVELS, Level
from stegvis.integrations.imports.reading.columns import SEVERAL, HeaderWords
from stegvis.integrations.imports.reading.values.names import name_key
from stegvis.integrations.imports.storing.kept import opened
from stegvis.integrations.imports.words import (
    CONFLICTS,
    DECISIONS,
    DECISIONS_OF_COMPANY,
    MENDS,
    OF_REGISTER,
    field_name,
    said,
)
from stegvis.journey.people.models import Contact, Identity, Person
from stegvis.platform.access.sealing import unseal
from stegvis.platform.tenancy.scope import current

WAITING = 25  # rows that wait on one page
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell a person may put right. `name` is the form's name for it."""

    field: str
    label: str
    name: str
    text: str
    mended: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody of the register whom the row may be about, whom the reader may see."""

    person: uuid.UUID
    name: str
    hint: str


@dataclass(slots=True)
class Waiting:
    """A row that waits, with what it waits for."""

    row: uuid.UUID
    number: int
    sheet: str
    sort: str  # mend, decide or clash
    name: str
    sentences: list[str]
    cells: list[Cell]
    decisions: list[tuple[Decision, Any]]
    chosen: Decision | None
    candidates: list[Candidate] = field(default_factory=list)
    sides: list[tuple[str, str, str]] = field(default_factory=list)  # field, here, in the file
    persons: set[uuid.UUID] = field(default_factory=set)  # of the register, shown here


@dataclass(frozen=True, slots=True)
class Tally:
    """Rows by what is to happen with them."""

    ready: int
    stored: int
    same: int
    mend: int
    decide: int
    clash: int
    protected: int

    @property
    def waiting(self) -> int:
        return self.mend + self.decide + self.clash + self.protected


def tally(file: ImportFile) -> Tally:
    rows = ImportRow.rows.of(file).exclude(outcome="skipped")
    counted = rows.values("outcome", "queue", "done").order_by("outcome", "queue", "done")
    by: Counter[tuple[str, str, bool]] = Counter()
    for row in counted.annotate(n=Count("id")):
        by[row["outcome"], row["queue"], row["done"]] += row["n"]
    kinds = Counter(_sort_of(codes) for codes in rows.held().values_list("codes", flat=True))
    return Tally(
        ready=sum(by[outcome, "", False] for outcome in STORED),
        stored=sum(by[outcome, "", True] for outcome in STORED),
        same=by["unchanged", "", False] + by["unchanged", "", True],
        mend=kinds["mend"],
        decide=kinds["decide"],
        clash=kinds["clash"],
        protected=sum(n for (_, queue, done), n in by.items() if queue and not done),
    )


def _sort_of(codes: Sequence[str]) -> str:
    holds = [code for code in codes if LEVELS.get(code) is Level.HOLD]
    if CONFLICTS & set(holds):
        return "clash"
    if OF_REGISTER & set(holds):
        return "decide"
    return "mend" if any(code in MENDS for code in holds) else "decide"


def waiting(file: ImportFile, *, page: int = 1) -> tuple[list[Waiting], int]:
    """The rows of one page that wait, in the order of the file, and how many pages there are."""
    rows = list(ImportRow.rows.of(file).held().order_by("sheet", "number")[: 40 * WAITING])
    sheets = [sheet["name"] or "" for sheet in file.sheets]
    places = {name: at for at, name in enumerate(sheets)}
    rows.sort(key=lambda row: (places.get(row.sheet, len(places)), row.number))
    rows = _not_shielded(rows)
    pages = max(1, -(-len(rows) // WAITING))
    shown = rows[(min(page, pages) - 1) * WAITING :][:WAITING]
    return [_waiting(row, file) for row in shown], pages


def _not_shielded(rows: list[ImportRow]) -> list[ImportRow]:
    """Without those about somebody who has been protected since: they wait for another person."""
    marks = {bytes(row.mark): row for row in rows if row.mark}
    hidden = shielded_marks(marks)
    return [row for row in rows if not row.mark or bytes(row.mark) not in hidden]


def _waiting(row: ImportRow, file: ImportFile) -> Waiting:
    kept = opened(bytes(row.sealed or b""))
    answer = _answer(row.answer)
    holds = [
        (code, column)
        for code, column in zip(row.codes, row.columns, strict=True)
        if LEVELS.get(code) is Level.HOLD
    ]
    sort = _sort_of([code for code, _ in holds])
    made = Waiting(
        row.pk,
        row.number,
        row.sheet,
        sort,
        row.values.get("name") or row.values.get("company") or "",
        list(dict.fromkeys(said(code) for code, _ in holds)),
        list(_cells(row, file, holds, kept["cells"], answer)),
        [(each, _label(each, row)) for each in _decisions(sort, {code for code, _ in holds})],
        answer.decision,
    )
    if sort == "decide":
        _know(made, row, {code for code, _ in holds})
    elif sort == "clash":
        _confront(made, row)
    return made


def _answer(sealed: Any) -> Answer:
    if sealed is None:
        return Answer()
    return Answer.of(json.loads(unseal(current().tenant, bytes(sealed))))


def _label(decision: Decision, row: ImportRow) -> Any:
    words = DECISIONS_OF_COMPANY if "maybe_same_company" in row.codes else DECISIONS
    return words[decision]


def _decisions(sort: str, codes: set[str]) -> list[Decision]:
    if sort == "mend":
        return [Decision.ASK, Decision.LEAVE]
    if sort == "clash":
        return [Decision.KEEP, Decision.TAKE, Decision.ASK, Decision.LEAVE]
    if {"maybe_same_person", "maybe_same_company"} & codes:
        return [Decision.SAME, Decision.APART, Decision.ASK, Decision.LEAVE]
    if "dup_name_differs" in codes:
        return [Decision.SAME, Decision.ASK, Decision.LEAVE]
    return [Decision.ASK, Decision.LEAVE]


def _cells(
    row: ImportRow,
    file: ImportFile,
    holds: Iterable[tuple[str, str]],
    texts: Sequence[str],
    answer: Answer,
) -> Iterable[Cell]:
    sheet = next((each for each in file.sheets if (each["name"] or "") == row.sheet), None)
    columns = sheet["columns"] if sheet else []
    by_header = {header: (at, field) for at, header, field, _ in columns if field}
    by_field = {field: (at, header) for at, header, field, _ in columns if field}
    seen = set()
    for code, column in holds:
        at, field = by_header.get(column, (-1, ""))
        if field in SEVERAL:
            field = f"{field}@{column}"
        if not field:
            wanted = MENDS.get(code, ())
            known = HeaderWords.of(file.kind).fields
            field = next((f for f in wanted if f in by_field or f in known), "")
            at = by_field.get(field, (-1, ""))[0]
        if not field or field in seen or field.startswith("remark"):
            continue
        seen.add(field)
        text = texts[at] if 0 <= at < len(texts) else ""
        name = f"cell-{row.pk}-{field}"
        yield Cell(
            field,
            field_name(field, file.kind),
            name,
            text,
            answer.mended.get(field, text),
            said(code),
        )


def _know(made: Waiting, row: ImportRow, codes: set[str]) -> None:
    """Whom it may be: the person of that number, or those of that name, if the reader may see
    them. Somebody one may not see is not spoken of."""
    found: QuerySet[Identity] = Identity.objects.select_related("person").filter(until=None)
    if "dup_name_differs" in codes and row.mark:
        found = found.filter(mark=row.mark)
    elif "maybe_same_person" in codes:
        key = name_key(made.name)
        people = Person.people.named_like(made.name).order_by("id")[:50]
        same = [each.pk for each in people if name_key(each.name) == key]
        found = found.filter(person__in=same)
    else:
        return
    for identity in found.order_by("id")[:5]:
        made.candidates.append(Candidate(identity.person_id, identity.person.name, identity.hint))
        made.persons.add(identity.person_id)


def _confront(made: Waiting, row: ImportRow) -> None:
    """What stands here beside what the file says, of the values a file may say."""
    if not row.mark:
        return
    identity = Identity.objects.select_related("person").filter(mark=row.mark).first()
    if identity is None:
        return
    person = identity.person
    contact = Contact.objects.filter(person=person).first()
    here = {
        "phone": contact.phone if contact else "",
        "email": contact.email if contact else "",
        "mother_tongue": person.language,
    }
    made.persons.add(person.pk)
    for name, mine in here.items():
        theirs = row.values.get(name)
        if theirs and theirs != mine:
            made.sides.append((field_name(name), mine or "–", theirs))


def examples(file: ImportFile) -> list[ImportRow]:
    """Some rows as they will be, of those whose persons nobody knows yet."""
    ready = ImportRow.rows.of(file).filter(outcome__in=STORED, queue="", person__isnull=True)
    return _not_shielded(list(ready.order_by("number", "sheet")[:EXAMPLES]))


def example_cells(file: ImportFile) -> Mapping[tuple[str, int], str]:
    """The first cell that says something in every column that is read, but for numbers."""
    rows = ImportRow.rows.of(file).exclude(outcome="skipped").filter(queue="", sealed__isnull=False)
    found: dict[tuple[str, int], str] = {}
    several = 20 * max(1, len(file.sheets))
    for row in _not_shielded(list(rows.order_by("number", "sheet")[:several])):
        for at, text in enumerate(opened(bytes(row.sealed or b""))["cells"]):
            if text.strip("-–"):
                found.setdefault((row.sheet, at), text)
    return found


def unknown_units(file: ImportFile) -> list[str]:
    rows = ImportRow.rows.of(file).filter(codes__contains=["unit_unknown"])
    names = rows.order_by("values__unit").values_list("values__unit", flat=True).distinct()
    return [name for name in names[:40] if name]


def may_undo(file: ImportFile, on: dt.date) -> bool:
    if file.kind == Kind.ORDERS:  # an order may be worked on, and invoiced, the minute it is there
        return False
    if file.kind == Kind.ATTENDANCE:  # what was said of a day is kept: it is corrected, not erased
        return False
    if file.state != ImportFile.State.STORED or file.stored_at is None:
        return False
    return on <= file.stored_at.date() + dt.timedelta(days=UNDO_DAYS)


def saved(kind: str, sender: str) -> SavedMapping | None:
    if not sender:
        return None
    return SavedMapping.objects.filter(kind=kind, sender=sender).first()


def shielded() -> list[ShieldedRow]:
    """Rows about protected persons that nobody has decided about yet."""
    rows = ShieldedRow.shielded.filter(done=False).exclude(row__file__state="undone")
    return list(rows.select_related("row__file").order_by("id")[:200])
