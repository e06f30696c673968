"""python -m stegvis.config.bench.readers READER FILE: read and judge a list, print its rows.

`ours` is the product's reader with a register that knows nobody; the others do what a reader of
their kind must: cells to texts, the number's check digit, the day."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

DAY_FORMS = ("%Y-%m-%d", "%d/%m %Y", "%Y%m%d")
NUMBER, STARTS = 0, 6


class Nobody:
    """A register of no one."""

    def prepare(
        self, *, ids: Collection[str], name_keys: Collection[str], numbers: Collection[str]
    ) -> None:
        pass

    def person(self, national_id: str) -> None:
        pass

    def named(self, key: str) -> Sequence[Any]:
        return []

    def referral(self, number: str) -> None:
        pass

    def case_workers(self) -> Collection[str]:
        return ()

    def order_rows(self, numbers: Collection[str]) -> Mapping[Any, Any]:
        return {}

    def signatures(self) -> Mapping[str, str]:
        return {}


def ours(file: Path) -> int:
    from stegvis.config.shelf import shelf
    from stegvis.core.programme.load import load
    from stegvis.integrations.imports.reading.judging import Situation, read_file
    from stegvis.integrations.imports.step_names import step_names

    names = step_names(load(shelf()["jobbtrappa"], file="model.yaml"))
    today = dt.date(2026, 11, 16)
    situation = Situation(today=today, country="SE", steps=names, register=Nobody())
    return len(read_file(file.read_bytes(), file.name, "participants", situation).rows)


def by_openpyxl(file: Path) -> int:
    import openpyxl

    book = openpyxl.load_workbook(file, read_only=True)
    return _checked(book.worksheets[0].iter_rows(min_row=2, values_only=True))


def by_calamine(file: Path) -> int:
    from python_calamine import CalamineWorkbook

    return _checked(CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()[1:])


def _checked(rows: Iterable[Sequence[Any]]) -> int:
    kept = []
    for row in rows:
        texts = [str(cell or "").strip() for cell in row]
        kept.append((texts, _holds(texts[NUMBER]), _day(texts[STARTS])))
    return len(kept)


def _holds(text: str) -> bool:
    digits = "".join(letter for letter in text if letter.isdigit())[-10:]
    doubled = [int(digit) * (2 - turn % 2) for turn, digit in enumerate(digits)]
    return sum(n // 10 + n % 10 for n in doubled) % 10 == 0


def _day(text: str) -> dt.date | None:
    for form in DAY_FORMS:
        try:
            return dt.datetime.strptime(text, form).date()  # noqa: DTZ007 a day has no zone
        except ValueError:
            continue
    return None


READERS = {"ours": ours, "openpyxl": by_openpyxl, "calamine": by_calamine}

if __name__ == "__main__":
    print(READERS[sys.argv[1]](Path(sys.argv[2])))
