"""The numbers of companies and of their sites."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.se import orgnr

from stegvis.core.values.firms import digits, fault_of_company, fault_of_site


@pytest.mark.parametrize(
    ("typed", "country", "fault"),
    [
        ("556016-0680", "SE", ""),
        ("SE 5560160680", "SE", ""),
        ("5560160681", "SE", "check_digit"),
        ("556016", "SE", "organisation_number"),
        ("８５６０１６０６８０", "SE", "organisation_number"),
        ("12 34 56 78", "DK", ""),
        ("dk-12345678", "DK", ""),
        ("1234567", "DK", "cvr"),
        ("01234567", "DK", "cvr"),
    ],
)
def test_a_number_is_read_as_it_is_typed(typed: str, country: str, fault: str) -> None:
    assert fault_of_company(digits(typed, country), country) == fault


@given(st.integers(2_000_000_000, 9_999_999_999).map(str).filter(lambda one: one[2] > "1"))
def test_the_check_digit_is_the_published_one(number: str) -> None:
    assert (fault_of_company(number, "SE") == "") == orgnr.is_valid(number)


@given(st.text(max_size=14))
def test_anything_typed_gets_an_answer(typed: str) -> None:
    for country in ("SE", "DK"):
        number = digits(typed, country)
        assert fault_of_company(number, country) or number.isascii()
    assert fault_of_site(digits(typed, "")) in {"", "p_number"}
