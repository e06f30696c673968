"""Hours by month, employer and kind, against sums made the plain way."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stegvis.core.values import paid
from stegvis.core.values.paid import Kind, Line, Source

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)
THIRTY = Decimal("30.0")
AMOUNTS = st.integers(0, 100 * paid.PARTS)
KINDS, SOURCES = st.sampled_from(list(Kind)), st.sampled_from(list(Source))


def line(
    key: int, amount: str, *, month: date = MARCH, employer: str = "a", kind: Kind = Kind.ORDINARY,
    source: Source = Source.PAY_SLIP, corrects: int | None = None,
) -> Line:  # fmt: skip
    return Line(key, month, employer, kind, source, paid.parts(amount), corrects)


@pytest.mark.requirement("FM-48")
@pytest.mark.parametrize(
    ("said", "is_enough"),
    [("29,5", False), ("29,75", False), ("29,99", False), ("29:59", False), ("30", True),
     ("30,0", True), ("30:00", True), ("30,01", True)],
)  # fmt: skip
def test_thirty_hours_are_thirty_hours(said: str, *, is_enough: bool) -> None:
    assert bool(paid.reached(paid.figures([line(1, said)]), THIRTY)) is is_enough


@pytest.mark.requirement("FM-48", "INV-11", "N-17")
def test_forty_of_practice_and_ten_ordinary_are_ten() -> None:
    found = paid.figures([line(1, "40", kind=Kind.PRACTICE), line(2, "10")])
    assert paid.total(found[MARCH], Kind.ORDINARY) == paid.parts("10")
    assert paid.reached(found, THIRTY) == ()


@pytest.mark.requirement("FM-48", "FM-44")
def test_two_employers_of_one_month_add_up_and_two_months_do_not() -> None:
    both = paid.figures([line(1, "14:20"), line(2, "15:40", employer="b")])
    assert paid.reached(both, THIRTY) == (MARCH,)
    assert paid.reached(paid.figures([line(1, "15"), line(2, "15", month=APRIL)]), THIRTY) == ()


@pytest.mark.requirement("FM-44")
def test_a_correction_stands_in_its_place_and_the_slips_add_up() -> None:
    lines = [
        line(1, "20"), line(2, "9,5"), line(3, "10", corrects=2), line(4, "0,5"),
        line(5, "-0,5"),
    ]  # fmt: skip
    assert paid.total(paid.figures(lines)[MARCH], Kind.ORDINARY) == paid.parts("30")


@pytest.mark.requirement("FM-44")
def test_the_firmest_source_counts_and_the_other_is_told() -> None:
    lines = [line(1, "31", source=Source.PERSON), line(2, "28", source=Source.EMPLOYER)]
    (figure,) = paid.figures(lines)[MARCH]
    assert (figure.source, figure.amount) == (Source.EMPLOYER, paid.parts("28"))
    assert figure.others == ((Source.PERSON, paid.parts("31")),)


@pytest.mark.requirement("INV-11", "N-17")
@given(data=st.data())
def test_what_is_not_ordinary_never_changes_ordinary_hours(data: st.DataObject) -> None:
    n = data.draw(st.integers(0, 12))
    lines = [
        Line(i, data.draw(st.sampled_from([MARCH, APRIL])), data.draw(st.sampled_from("ab")),
             data.draw(KINDS), data.draw(SOURCES), data.draw(AMOUNTS))
        for i in range(n)
    ]  # fmt: skip
    paid_ones = [one for one in lines if one.kind is Kind.ORDINARY]
    for month in (MARCH, APRIL):
        all_of, ordinary = paid.figures(lines), paid.figures(paid_ones)
        assert paid.total(all_of.get(month, ()), Kind.ORDINARY) == paid.total(
            ordinary.get(month, ()), Kind.ORDINARY
        )
    assert paid.reached(paid.figures(lines), THIRTY) == paid.reached(
        paid.figures(paid_ones), THIRTY
    )


@given(data=st.data())
def test_slips_of_one_month_are_their_sum_over_employers(data: st.DataObject) -> None:
    amounts = data.draw(st.lists(st.tuples(st.sampled_from("abc"), AMOUNTS), max_size=9))
    lines = [
        Line(i, MARCH, who, Kind.ORDINARY, Source.PAY_SLIP, of)
        for i, (who, of) in enumerate(amounts)
    ]
    found = paid.figures(lines)
    whole = sum(of for _who, of in amounts)
    assert (paid.total(found.get(MARCH, ()), Kind.ORDINARY) or 0) == whole
    assert bool(paid.reached(found, THIRTY)) is (Fraction(whole, paid.PARTS) >= 30)


@given(first=AMOUNTS, chain=st.lists(AMOUNTS, min_size=1, max_size=6))
def test_only_the_last_of_a_chain_of_corrections_counts(first: int, chain: list[int]) -> None:
    lines = [Line(0, MARCH, "a", Kind.ORDINARY, Source.EMPLOYER, first)]
    lines += [
        Line(i, MARCH, "a", Kind.ORDINARY, Source.EMPLOYER, of, i - 1)
        for i, of in enumerate(chain, 1)
    ]
    assert paid.total(paid.figures(reversed(lines))[MARCH], Kind.ORDINARY) == chain[-1]


@given(of=st.integers(-40 * paid.PARTS, 40 * paid.PARTS).filter(lambda n: n % 3 == 0 or n % 5 == 0))
def test_an_amount_is_read_as_it_is_told(of: int) -> None:
    said = paid.told(abs(of))
    assert paid.parts(said) == abs(of)


@pytest.mark.parametrize("said", ["", "x", "7:60", "1,001", "nan", "1:2:3", "-1:30"])
def test_what_is_no_amount_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match=r"amount|hours|finer|int"):
        paid.parts(said)


def test_an_amount_is_never_told_up_to_a_limit() -> None:
    just_below = 30 * paid.PARTS - 1
    assert paid.amount(just_below) < THIRTY
    assert paid.amount(30 * paid.PARTS) == THIRTY
