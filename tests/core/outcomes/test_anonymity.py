"""Nobody stands alone among the rows that are shown, whatever an outsider knows of them."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stegvis.core.outcomes.anonymity import Column, age, as_is, hide, month

pytestmark = pytest.mark.requirement("X-10")
COLUMNS = [
    Column("sex", 1, as_is),
    Column("age", 3, age),
    Column("agency", 1, as_is),
    Column("entry", 3, month),
]
NAMES = [column.name for column in COLUMNS]
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "sex": st.sampled_from("fmu"),
            "age": st.integers(17, 70).map(str),
            "agency": st.sampled_from(["AF", "FK", "SOC"]),
            "entry": st.builds("{}-{:02}".format, st.integers(2023, 2026), st.integers(1, 12)),
            "outcome": st.sampled_from(["work", "studies", ""]),
        }
    ),
    max_size=120,
)


def _classes(rows: Any) -> Counter[tuple[str, ...]]:
    return Counter(tuple(row[name] for name in NAMES) for row in rows)


@given(ROWS, st.integers(2, 8))
def test_every_row_has_at_least_k_alike_and_what_is_left_out_is_counted(
    rows: list[dict[str, str]], k: int
) -> None:
    found = hide(rows, COLUMNS, k=k)
    assert all(count >= k for count in _classes(found.rows).values())
    assert len(found.rows) + found.left_out == len(rows)
    assert found.left_out < k


@given(ROWS)
def test_an_attacker_who_knows_every_column_of_a_person_finds_five_or_nobody(
    rows: list[dict[str, str]],
) -> None:
    found = hide(rows, COLUMNS)
    coarser = {column.name: column for column in COLUMNS}
    for row in rows:
        known = tuple(
            "*"
            if found.levels[name] >= coarser[name].levels
            else coarser[name].coarser(row[name], found.levels[name])
            for name in NAMES
        )
        assert _classes(found.rows)[known] == 0 or _classes(found.rows)[known] >= 5


@given(ROWS)
def test_what_is_shown_does_not_hang_on_the_order_of_the_rows(rows: list[dict[str, str]]) -> None:
    there, back = hide(rows, COLUMNS), hide(rows[::-1], COLUMNS)
    assert _classes(there.rows) == _classes(back.rows)


@pytest.mark.parametrize(
    ("value", "levels"), [("2026-03", ["2026-03", "2026-Q1", "2026"]), ("", ["", "", ""])]
)
def test_a_month_is_told_by_the_quarter_and_by_the_year(value: str, levels: list[str]) -> None:
    assert [month(value, level) for level in range(3)] == levels


def test_an_age_is_never_told_to_the_year() -> None:
    assert [age("34", level) for level in range(3)] == ["30-39", "30-39", "-44"]
    assert age("70", 2) == "65-"


@given(ROWS, st.integers(2, 8), st.data())
def test_rows_of_one_person_are_no_others(
    rows: list[dict[str, str]], k: int, data: st.DataObject
) -> None:
    whose = [data.draw(st.integers(0, 12)) for _row in rows]
    marked = [row | {"outcome": str(who)} for row, who in zip(rows, whose, strict=True)]
    found = hide(marked, COLUMNS, k=k, whose=whose)
    people = {(tuple(row[name] for name in NAMES), row["outcome"]) for row in found.rows}
    assert all(count >= k for count in Counter(key for key, _who in people).values())


def test_five_times_one_person_is_nobody_shown() -> None:
    rows = [{"sex": "f", "age": "30", "agency": "AF", "entry": "2026-01"}] * 5
    assert hide(rows, COLUMNS).rows
    assert hide(rows, COLUMNS, whose=[1] * 5).rows == ()
