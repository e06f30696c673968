"""How many have come there by a day, with those still under way counted for as long as is known."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stegvis.core.outcomes.reaching import Spell, reaching

SPELLS = st.lists(st.builds(Spell, st.integers(1, 12), st.booleans()), min_size=1, max_size=12)
DAYS = range(13)


def came(days: int) -> Spell:
    return Spell(days, reached=True)


def gone(days: int) -> Spell:
    return Spell(days, reached=False)


@pytest.mark.requirement("JI-31")
def test_those_still_under_way_are_no_misses_and_no_hits() -> None:
    """Worked by hand: of 6, one comes at day 2 (5/6 left), one leaves at 3, one comes at 4 of the
    four still there (3/4 left)."""
    spells = [came(2), gone(3), came(4), *[gone(9)] * 3]
    found = {one.days: (one.share, one.under_way) for one in reaching(spells, [0, 2, 3, 4, 8])}
    assert found[0] == (0, 6)
    assert found[2] == (Decimal("0.1667"), 5)
    assert found[3] == (Decimal("0.1667"), 4)
    assert found[4] == (Decimal("0.3750"), 3)
    assert found[8] == found[4]


@pytest.mark.requirement("JI-31")
@settings(max_examples=80, deadline=None)
@given(SPELLS)
def test_it_is_the_product_over_the_days_counted_from_the_definition(spells: list[Spell]) -> None:
    for point in reaching(spells, DAYS):
        still = Fraction(1)
        for day in range(1, point.days + 1):
            there = sum(one.days >= day for one in spells)
            came = sum(one.days == day and one.reached for one in spells)
            still *= 1 - Fraction(came, there) if there else 1
        assert abs(float(point.share) - float(1 - still)) <= 0.0001
        assert point.under_way == sum(one.days > point.days for one in spells)


@settings(max_examples=40, deadline=None)
@given(SPELLS)
def test_where_nobody_left_it_is_the_plain_share(spells: list[Spell]) -> None:
    every = [Spell(one.days, reached=True) for one in spells]
    for point in reaching(every, DAYS):
        plain = sum(one.days <= point.days for one in every) / len(every)
        assert abs(float(point.share) - plain) <= 0.0001
