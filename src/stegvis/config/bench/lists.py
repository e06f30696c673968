"""A municipality's messy list of participants, and how a plain import reads and lays it out: shared
by the two sides the product's import is held against, so that both write the rows it writes."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import random
import uuid
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter

HEADER = (
    "Personnummer", "Förnamn", "Efternamn", "Telefon", "E-post", "Handläggare", "Remittent",
    "Startdatum", "Steg",
)  # fmt: skip
# fmt: off
GIVEN = (
    "Ada", "Amina", "Bo", "Cilla", "Dag", "Ebba", "Elin", "Farid", "Folke", "Gun", "Hugo", "Ines",
    "Jarl", "Kaj", "Leila", "Lo", "Märta", "Nils", "Omar", "Petra", "Runa", "Said", "Siv", "Tove",
    "Ulf", "Vera", "Wilma", "Yusuf", "Zara", "Åke", "Åsa", "Älva", "Örjan",
)
FIRST = (
    "Ahl", "Berg", "Björk", "Dal", "Ek", "Fors", "Grön", "Hed", "Lind", "Mo", "Ny", "Ros", "Sand",
    "Tall", "Åker", "Öst",
)
LAST = (
    "berg", "by", "dal", "gren", "holm", "kvist", "lid", "lund", "mark", "man", "stedt", "ström",
    "vall", "vik",
)
FAMILY = tuple(first + last for first in FIRST for last in LAST)
# fmt: on
WORKERS = tuple(
    f"{given} {family}" for given in GIVEN[:4] for family in ("Rehn", "Sjö", "Tull", "Wik")
)
AGENCIES = {"AF": "AF", "Arbetsförmedlingen": "AF", "FK": "FK", "soc": "SOC", "Soc": "SOC"}
STEPS = {"Steg 2": 2, "3": 3, "Steg 4": 4}
DAY_FORMS = ("%Y-%m-%d", "%d/%m %Y", "%Y%m%d")
FIRST_BORN = dt.date(1950, 1, 1)
CENTURY_DIGITS = 12

COLUMNS = {
    "people_person": (
        "tenant_id", "id", "version", "given_name", "family_name", "sort_key", "search", "born_on",
        "sex", "language", "needs_interpreter",
    ),
    "people_identity": (
        "tenant_id", "id", "version", "person_id", "country", "kind", "sealed", "mark", "hint",
        "since",
    ),
    "people_contact": (
        "tenant_id", "id", "version", "person_id", "phone", "email", "address", "preferred",
    ),
    "intake_enrolment": (
        "tenant_id", "id", "version", "submission", "created_at", "person_id", "unit_id",
        "programme_id", "agency", "eligibility", "since", "exit_reason", "exit_note", "imported",
    ),
    "standing_stepperiod": (
        "tenant_id", "id", "version", "submission", "created_at", "person_id", "enrolment_id",
        "ladder", "step", "ordinal", "attempt", "since", "support", "purpose", "note", "imported",
    ),
    "intake_income": (
        "tenant_id", "id", "version", "submission", "created_at", "person_id", "enrolment_id",
        "moment", "source", "on",
    ),
    "intake_assignment": (
        "tenant_id", "id", "version", "submission", "created_at", "person_id", "enrolment_id",
        "member_id", "part", "since", "because",
    ),
    "access_relation": (
        "tenant_id", "id", "version", "person", "kind", "member_id", "unit_id", "since", "because",
    ),
    "imports_importrow": (
        "tenant_id", "id", "version", "file_id", "unit_id", "sheet", "number", "outcome", "codes",
        "columns", "queue", "values", "sealed", "mark", "person", "enrolment", "period", "done",
    ),
}  # fmt: skip


def write_list(file: Path, rows: int) -> None:
    """Four shapes of numbers, three of dates, one number in two hundred with a wrong digit."""
    chance = random.Random(rows)  # noqa: S311 the same file every time
    order = list(range(rows))
    chance.shuffle(order)
    with xlsxwriter.Workbook(str(file), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Deltagare")
        sheet.write_row(0, 0, HEADER)
        for turn, number in enumerate(order):
            sheet.write_row(turn + 1, 0, _written(chance, turn, number))


def _written(chance: random.Random, turn: int, number: int) -> list[str]:
    born = FIRST_BORN + dt.timedelta(days=number // 900 * 97 % 20_000)
    digits = f"{born:%y%m%d}{number % 900:03}"
    wrong = chance.random() < 1 / 200
    whole = f"{digits[:6]}-{digits[6:]}{(_check_digit(digits) + wrong) % 10}"
    shapes = (whole, whole.replace("-", ""), f"19{whole}", f"19{whole}".replace("-", ""))
    day, month = 1 + turn % 28, 1 + turn % 12
    days = (f"2025-{month:02}-{day:02}", f"{day}/{month} 2025", f"2025{month:02}{day:02}")
    given, family = chance.choice(GIVEN), chance.choice(FAMILY)
    return [
        chance.choice(shapes),
        given + " " * (turn % 3 == 0),
        family,
        f"070-{chance.randrange(10**7):07}",
        f"{given}.{family}{turn}@hemma.example".lower(),
        chance.choice(WORKERS),
        chance.choice(list(AGENCIES)),
        chance.choice(days),
        chance.choice(list(STEPS)),
    ]


def _check_digit(digits: str) -> int:
    doubled = [int(digit) * (2 - turn % 2) for turn, digit in enumerate(digits)]
    return -sum(n // 10 + n % 10 for n in doubled) % 10


class Plain(NamedTuple):
    """A row as a plain import reads it; `number` is empty where its check digit is wrong."""

    at: int
    cells: list[str]
    number: str
    since: dt.date


def plain(rows: Iterable[Sequence[Any]]) -> Iterator[Plain]:
    for at, cells in enumerate(rows, 2):
        texts = [str(cell or "").strip() for cell in cells]
        yield Plain(at, texts, _number(texts[0]), _day(texts[7]))


def _number(text: str) -> str:
    digits = text.replace("-", "")
    digits = digits if len(digits) == CENTURY_DIGITS else f"19{digits}"
    return digits if _check_digit(digits[2:-1]) == int(digits[-1]) else ""


def _day(text: str) -> dt.date:
    for form in DAY_FORMS:
        try:
            return dt.datetime.strptime(text, form).date()  # noqa: DTZ007 a day has no zone
        except ValueError:
            continue
    raise ValueError(text)


class Place(NamedTuple):
    """Where the rows go: keys of what stands there already."""

    tenant: uuid.UUID
    unit: uuid.UUID
    programme: uuid.UUID
    file: uuid.UUID
    workers: dict[str, uuid.UUID]  # by name


_keys = itertools.count(1 << 125)
_NOW = dt.datetime.now(dt.UTC)


def _key() -> uuid.UUID:
    """In order, which is the cheapest for every index."""
    return uuid.UUID(int=next(_keys))


def laid_out(row: Plain, place: Place) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Tables and rows of one line of the list: in the order of COLUMNS, ready to be written."""
    tenant = place.tenant
    said = json.dumps(row.cells, ensure_ascii=False)
    values = dict(zip(HEADER[1:], row.cells[1:], strict=True))
    kept = (tenant, _key(), 1, place.file, place.unit, "Deltagare", row.at)
    if not row.number:
        held = ("held", ["id_checksum"], [HEADER[0]], "", values, said.encode(), None)
        yield "imports_importrow", (*kept, *held, None, None, None, False)
        return
    person, stay, period = _key(), _key(), _key()
    given, family, phone, email, worker, agency = row.cells[1:7]
    member, since = place.workers[worker], row.since
    born = dt.date(int(row.number[:4]), int(row.number[4:6]), int(row.number[6:8]))
    mark, ordinal = row.number.encode(), STEPS[row.cells[8]]
    sort, search = f"{family}, {given}".lower(), f"{given} {family}".lower()
    names = (given, family, sort, search, born, "u", "", False)
    yield "people_person", (tenant, person, 1, *names)
    number = ("SE", "personal", mark, mark, f"{row.number[2:8]}-••••", since)
    yield "people_identity", (tenant, _key(), 1, person, *number)
    yield "people_contact", (tenant, _key(), 1, person, phone, email, "", "")
    whose = (person, place.unit, place.programme)
    yield (
        "intake_enrolment",
        (tenant, stay, 1, stay, _NOW, *whose, AGENCIES[agency], "", since, "", "", True),
    )
    step = ("trappa", f"s{ordinal}", ordinal, 1, since, "", "", "", True)
    yield "standing_stepperiod", (tenant, period, 1, period, _NOW, person, stay, *step)
    for table, rest in (
        ("intake_income", ("entry", "unknown", since)),
        ("intake_assignment", (member, "case_worker", since, "")),
    ):
        key = _key()
        yield table, (tenant, key, 1, key, _NOW, person, stay, *rest)
    yield "access_relation", (tenant, _key(), 1, person, "unit", None, place.unit, since, "")
    yield "access_relation", (tenant, _key(), 1, person, "case_worker", member, None, since, "")
    created: tuple[Any, ...] = ("created", [], [], "", values, said.encode(), mark)
    yield "imports_importrow", (*kept, *created, person, stay, period, True)
