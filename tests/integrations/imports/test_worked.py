"""Hours and months as people write them, and nothing rounded on the way."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stegvis.core.values.paid import PARTS
from stegvis.integrations.imports.reading.values.worked import (
    as_hours,
    fault_of,
    parts_of,
    read_month,
    read_parts,
)

pytestmark = pytest.mark.requirement("FM-44")


@pytest.mark.parametrize(
    ("cell", "hours"),
    [
        ("27,50", Fraction(55, 2)), ("29.75", Fraction(119, 4)), (31.0, 31), (0, 0), ("0,00", 0),
        ("8:15", Fraction(33, 4)), ("36:15:00", Fraction(145, 4)), ("7:20", Fraction(22, 3)),
        ("9.000,0", 9000), ("1 250", 1250), ("12 t", 12), ("12,5 timer", Fraction(25, 2)),
        ("-1,50", Fraction(-3, 2)), ("\u22121:30", Fraction(-3, 2)),
        (dt.time(8, 15), Fraction(33, 4)), (dt.timedelta(hours=36, minutes=15), Fraction(145, 4)),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_it_was_meant(cell: Any, hours: Fraction | int) -> None:
    assert read_parts(cell) == hours * PARTS


@pytest.mark.parametrize(
    "cell", ["ca. 25", "20-25", "8:75", "x", "", None, True, "29,955", 29.955, "12 dage"]
)
def test_what_is_no_one_amount_is_not_read(cell: Any) -> None:
    assert read_parts(cell) is None


@given(st.integers(0, 250 * 60))
def test_minutes_come_back_exactly(minutes: int) -> None:
    parts = read_parts(f"{minutes // 60}:{minutes % 60:02}")
    assert parts is not None
    assert Fraction(parts, PARTS) == Fraction(minutes, 60)
    assert parts_of(as_hours(parts)) == parts


@given(st.integers(0, 25_000))
def test_hundredths_come_back_exactly_with_comma_or_point(hundredths: int) -> None:
    whole, part = divmod(hundredths, 100)
    for sign in ",.":
        parts = read_parts(f"{whole}{sign}{part:02}")
        assert parts is not None
        assert Fraction(parts, PARTS) == Fraction(hundredths, 100)


@pytest.mark.requirement("FM-48")
def test_a_little_less_than_thirty_is_less_than_thirty() -> None:
    limit = 30 * PARTS
    assert [(read_parts(text) or 0) >= limit for text in ("29,95", "29:59", "30,0", "30:00")] == [
        False, False, True, True,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("parts", "fault"),
    [(-1, "hours_negative"), (0, ""), (250 * PARTS, ""), (250 * PARTS + 1, "hours_out_of_range")],
)
def test_a_month_holds_from_none_to_two_hundred_and_fifty(parts: int, fault: str) -> None:
    assert fault_of(parts) == fault


@pytest.mark.parametrize(
    ("header", "month"),
    [
        ("jan", (2026, 1)), ("Maj", (2026, 5)), ("marts", (2026, 3)), ("Okt.", (2026, 10)),
        ("januar 2025", (2025, 1)), ("dec 25", (2025, 12)), ("2026-02", (2026, 2)),
        ("02/2026", (2026, 2)), ("2026-03-01", (2026, 3)), ("Timer i maj", (2026, 5)),
        ("ordinære timer juni 2025", (2025, 6)), ("aug26", (2026, 8)),
    ],
)  # fmt: skip
def test_a_header_names_its_month(header: str, month: tuple[int, int]) -> None:
    assert read_month(header, 2026) == dt.date(*month, 1)


@pytest.mark.parametrize("header", ["i alt", "jan-mar", "2026", "Startdato", "mar maj", "13/2026"])
def test_a_header_that_names_no_one_month_is_no_month(header: str) -> None:
    assert read_month(header, 2026) is None
