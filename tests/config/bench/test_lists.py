"""The list that is brought in, and the rows that the sides beside ours make of it."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from stegvis.config.bench.lists import COLUMNS, WORKERS, Place, Plain, laid_out, plain, write_list
from stegvis.core.values.identity import read_number

PLACE = Place(*(uuid.UUID(int=n) for n in range(4)), dict.fromkeys(WORKERS, uuid.UUID(int=9)))  # type: ignore[arg-type] # four keys


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[Plain]:
    file = tmp_path_factory.mktemp("bench") / "list.xlsx"
    write_list(file, 1000)
    return list(plain(CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()[1:]))


def test_every_number_is_another_persons_and_few_are_wrong(rows: list[Plain]) -> None:
    numbers = [row.number for row in rows if row.number]
    assert 980 <= len(numbers) < 1000
    assert len(set(numbers)) == len(numbers)
    today = dt.date(2026, 11, 16)
    assert all(read_number(number, country="SE", on=today) for number in numbers)


def test_a_row_without_a_number_is_kept_and_nothing_more(rows: list[Plain]) -> None:
    wrong = next(row for row in rows if not row.number)
    assert [table for table, _ in laid_out(wrong, PLACE)] == ["imports_importrow"]


def test_a_row_becomes_a_row_of_every_table(rows: list[Plain]) -> None:
    made = list(laid_out(next(row for row in rows if row.number), PLACE))
    assert {table for table, _ in made} == set(COLUMNS)
    assert len(made) == 10
    assert all(len(record) == len(COLUMNS[table]) for table, record in made)


def test_the_file_is_the_same_every_time(tmp_path: Path) -> None:
    texts = []
    for name in ("one.xlsx", "two.xlsx"):
        write_list(tmp_path / name, 20)
        book = CalamineWorkbook.from_path(str(tmp_path / name))
        texts.append(book.get_sheet_by_index(0).to_python())
    assert texts[0] == texts[1]
