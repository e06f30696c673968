"""Identity numbers: invented ones only, their birth numbers are among those never given out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stegvis.core.values.identity import (
    Number,
    NumberKind,
    born_on,
    check,
    check_digit_holds,
    has_modulus,
    read_number,
)

ON = date(2026, 11, 16)
PEOPLE = st.dates(date(1935, 1, 1), date(2010, 12, 31))


def swedish(born: date, serial: int, *, added: int = 0) -> str:
    nine = f"{born:%y%m}{born.day + added:02}{serial:03}"
    return f"{born:%Y}"[:2] + next(
        f"{nine}{d}" for d in range(10) if check_digit_holds(f"{nine}{d}")
    )


@given(PEOPLE, st.integers(980, 999))
def test_a_number_is_the_same_with_and_without_century_and_signs(born: date, serial: int) -> None:
    whole = swedish(born, serial)
    years = ON.year - born.year
    sign = "+" if years >= 100 else "-"
    for text in (whole, f"{whole[:8]}-{whole[8:]}", f" {whole[2:8]}{sign}{whole[8:]} "):
        assert read_number(text, country="SE", on=ON) == Number("SE", NumberKind.PERSONAL, whole)
    if 14 < years < 100:
        assert read_number(whole[2:], country="SE", on=ON) is not None


@given(PEOPLE, st.integers(980, 999))
def test_sixty_days_more_is_a_coordination_number_in_sweden(born: date, serial: int) -> None:
    number = read_number(swedish(born, serial, added=60), country="SE", on=ON)
    assert number is not None
    assert number.kind is NumberKind.COORDINATION
    assert born_on(number) == born


@given(PEOPLE, st.integers(980, 999), st.integers(1, 9))
def test_a_wrong_check_digit_is_no_number(born: date, serial: int, off: int) -> None:
    whole = swedish(born, serial)
    wrong = whole[:-1] + str((int(whole[-1]) + off) % 10)
    assert read_number(wrong, country="SE", on=ON) is None
    assert check(wrong, country="SE", on=ON).fault == "checksum"


@given(st.dates(date(1937, 1, 1), date(1999, 12, 31)), st.integers(9900, 9999))
def test_a_danish_number_needs_no_modulus_and_says_the_day(born: date, serial: int) -> None:
    digits = f"{born:%d%m%y}{serial}"
    number = read_number(f"{digits[:6]}-{digits[6:]}", country="DK", on=ON)
    assert number is not None
    assert (number.kind, number.digits) == (NumberKind.PERSONAL, digits)
    assert has_modulus(digits) in (True, False)
    assert read_number(digits, country="SE", on=ON) is None or digits[2:4] <= "12"


def test_sixty_days_more_is_a_replacement_number_in_denmark() -> None:
    number = read_number("610390-9915", country="DK", on=ON)
    assert number is not None
    assert (number.kind, born_on(number)) == (NumberKind.REPLACEMENT, date(1990, 3, 1))


@pytest.mark.parametrize("text", ["", "19900230-9812", "9902-981", "१९९००१०१९८१२", "19900101_9812"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert read_number(text, country="SE", on=ON) is None


def test_nobody_is_born_tomorrow() -> None:
    born = ON + timedelta(days=1)
    assert check(swedish(born, 981), country="SE", on=ON).fault == "date"
    assert check(swedish(ON, 981), country="SE", on=ON).kind


@given(st.text(max_size=20), st.sampled_from(["SE", "DK"]))
def test_any_text_is_read_or_refused(text: str, country: str) -> None:
    number = read_number(text, country=country, on=ON)
    assert number is None or number.digits.isdigit()


def test_the_hint_tells_two_apart_and_is_not_the_number() -> None:
    assert Number("SE", NumberKind.PERSONAL, "198012129999").hint == "801212-••••"
