from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stegvis.core.values.hours import hours, total


@pytest.mark.parametrize(
    ("written", "meant"), [("7.5", "7.5"), ("7,5", "7.5"), ("7:30", "7.5"), (0.1, "0.1"), (8, "8")]
)
def test_hours_are_read_as_people_write_them(written: object, meant: str) -> None:
    assert hours(written) == Decimal(meant)  # type: ignore[arg-type]


@pytest.mark.requirement("FM-48")
def test_three_hundred_tenths_are_exactly_thirty_hours() -> None:
    assert total([hours(0.1)] * 300) == Decimal(30)
    assert total([]) == 0


@pytest.mark.parametrize("written", ["", "many", "7:60", "7:", "1:2:3", "nan", "inf", float("nan")])
def test_what_is_no_amount_is_refused(written: object) -> None:
    with pytest.raises(ValueError, match="not"):
        hours(written)  # type: ignore[arg-type]


@given(st.integers(min_value=0, max_value=99), st.integers(min_value=0, max_value=59))
def test_minutes_are_sixtieths(whole: int, minutes: int) -> None:
    read = hours(f"{whole}:{minutes:02}")
    assert round(read * 60) == whole * 60 + minutes
