"""Reading and judging a municipality's list of 100,000 messy rows. What is measured ends where the
rows are judged: storing them is not measured yet, on any side."""

from __future__ import annotations

import importlib.util
import os
import random
import sys
from pathlib import Path
from typing import Any

import xlsxwriter

from stegvis.config.bench.ground import Ground
from stegvis.config.bench.programs import Program, take_turns
from stegvis.config.bench.shape import Effort, Goal, result
from stegvis.config.faults import Unusable

AGAINST = "the same file by openpyxl and by calamine, each with a plain check of every row"
READERS = "stegvis.config.bench.readers"
LARGE, SMALL = 100_000, 2_000
HEADER = ("Personnummer", "Förnamn", "Efternamn", "Telefon", "E-post", "Handläggare", "Startdatum")
GIVEN = ("Ada", "Bo", "Cilla", "Dag", "Ebba", "Åke", "Örjan", "Märta")
FAMILY = ("Grönlid", "Ekwall", "Åkerby", "Öhman", "Lindvall", "Ström", "Hedlund")


def imports(ground: Ground, effort: Effort) -> dict[str, Any]:
    if importlib.util.find_spec("openpyxl") is None:
        raise Unusable("openpyxl is what is measured against; ./run test installs it.")
    rows = SMALL if effort.small else LARGE
    file = ground.folder / "list.xlsx"
    write_list(file, rows)

    def program(reader: str) -> Program:
        return Program([sys.executable, "-m", READERS, reader, str(file)], lambda: {**os.environ})

    programs = [program(name) for name in ("ours", "openpyxl", "calamine")]
    costs = take_turns(ground, programs, rounds=1 if effort.small else 3)
    told = {
        name: {**cost.told(), "rows": int(cost.said)}
        for name, cost in zip(("ours", "openpyxl", "calamine"), costs, strict=True)
    }
    ours, django, limit = (cost.cpu for cost in costs)
    goals = [
        Goal("reading: times faster than openpyxl", django / ours, least=6),
        Goal("reading: CPU time, times calamine's", ours / limit, most=3),
    ]
    return result(AGAINST, goals, **told)


def write_list(file: Path, rows: int) -> None:
    """Four shapes of numbers and of dates, one in two hundred with a wrong check digit."""
    chance = random.Random(rows)  # noqa: S311 the same file every time
    with xlsxwriter.Workbook(str(file), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Deltagare")
        sheet.write_row(0, 0, HEADER)
        for turn in range(rows):
            sheet.write_row(turn + 1, 0, _row(chance, turn))


def _row(chance: random.Random, turn: int) -> list[str]:
    digits = f"{50 + turn // 365 % 45:02}{1 + turn % 12:02}{1 + turn % 28:02}{turn // 97 % 1000:03}"
    doubled = [int(d) * (2 - i % 2) for i, d in enumerate(digits)]
    last = -sum(n // 10 + n % 10 for n in doubled) % 10
    last = (last + (chance.random() < 1 / 200)) % 10
    whole = f"{digits[:6]}-{digits[6:]}{last}"
    shapes = (whole, whole.replace("-", ""), f"19{whole}", f"19{whole}".replace("-", ""))
    day, month = 1 + turn % 28, 1 + turn % 12
    days = (f"2025-{month:02}-{day:02}", f"{day}/{month} 2025", f"2025{month:02}{day:02}")
    given, family = chance.choice(GIVEN), chance.choice(FAMILY)
    blank = " " * (turn % 3 == 0)
    phone = f"070-{chance.randrange(10**7):07}"
    mail = f"{given}.{family}@hemma.example".lower()
    return [
        chance.choice(shapes), given + blank, family, phone, mail, "KE", chance.choice(days)
    ]  # fmt: skip
