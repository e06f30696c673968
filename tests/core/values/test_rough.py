"""Days as people remember them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stegvis.core.values.rough import PRECISIONS, around, read_rough

TODAY = date(2026, 11, 16)


@pytest.mark.parametrize(
    ("text", "since", "last", "precision"),
    [
        ("2019", "2019-01-01", "2019-12-31", "year"),
        ("år 2019", "2019-01-01", "2019-12-31", "year"),
        ("2018-02", "2018-02-01", "2018-02-28", "month"),
        ("02/2020", "2020-02-01", "2020-02-29", "month"),
        ("2019-03-14", "2019-03-14", "2019-03-14", "day"),
        ("Våren 2019", "2019-01-01", "2019-06-30", "half"),
        ("VT19", "2019-01-01", "2019-06-30", "half"),
        ("ht -18", "2018-07-01", "2018-12-31", "half"),
        ("2019 H2", "2019-07-01", "2019-12-31", "half"),
        ("hösten  2027", "2027-07-01", "2027-12-31", "half"),
        ("ht 98", "1998-07-01", "1998-12-31", "half"),
        ("foråret 2020", "2020-01-01", "2020-06-30", "half"),
        ("efterår 2020", "2020-07-01", "2020-12-31", "half"),
        ("spring of 2020", "2020-01-01", "2020-06-30", "half"),
    ],
)
def test_is_read_with_the_first_and_the_last_day_it_may_mean(
    text: str, since: str, last: str, precision: str
) -> None:
    found = read_rough(text, today=TODAY)
    assert found is not None
    assert [str(found.since), str(found.last), found.precision] == [since, last, precision]


@pytest.mark.parametrize("text", ["", "snart", "sommaren 2019", "2019-2020", "12", "vt", "ca 2019"])
def test_what_nobody_can_tell_is_not_guessed(text: str) -> None:
    assert read_rough(text, today=TODAY) is None


@pytest.mark.parametrize("text", ["2019-13", "2019-02-30", "13/2019", "1019"])
def test_what_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_rough(text, today=TODAY)


@given(st.dates(date(1950, 1, 1), date(2030, 1, 1)), st.sampled_from(PRECISIONS))
def test_a_first_day_and_its_precision_give_the_same_span_again(day: date, precision: str) -> None:
    span = around(around(day, precision).since, precision)
    assert span.since <= span.last
    assert around(span.since, precision) == span
    if precision != "week":
        assert span.since <= day <= span.last


@given(st.text(max_size=30))
def test_no_text_does_anything_but_be_read_or_not(text: str) -> None:
    try:
        found = read_rough(text, today=TODAY)
    except ValueError:
        return
    assert found is None or found.since <= found.last
