"""Who may drive what, on which day."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stegvis.core.values.driving import CARRIES, CLASSES, Licence, may_drive

DAY = dt.date(2026, 11, 26)
licences = st.builds(
    Licence,
    st.frozensets(st.sampled_from(CLASSES)),
    st.none() | st.dates(DAY - dt.timedelta(days=9), DAY + dt.timedelta(days=9)),
)


@pytest.mark.requirement("KN-51")
@pytest.mark.parametrize(
    ("held", "needed", "can"),
    [
        ("B", "B", True),
        ("AM", "B", False),
        ("C", "B", True),
        ("B", "BE", False),
        ("CE", "BE", True),
    ],
)
def test_a_class_carries_those_below_it_and_no_other(held: str, needed: str, *, can: bool) -> None:
    assert may_drive([Licence(frozenset({held}), DAY)], needed, DAY) is can


@pytest.mark.requirement("KN-51")
def test_the_last_day_is_a_day_and_the_next_is_none() -> None:
    licence = [Licence(frozenset({"B"}), DAY)]
    assert may_drive(licence, "B", DAY)
    assert not may_drive(licence, "B", DAY + dt.timedelta(days=1))


@pytest.mark.requirement("KN-51")
@given(st.lists(licences), st.sampled_from(CLASSES))
def test_nobody_drives_without_a_licence_that_somebody_has_looked_at(
    held: list[Licence], needed: str
) -> None:
    unseen = [Licence(one.classes, None) for one in held]
    assert not may_drive(unseen, needed, DAY)
    assert may_drive(held, "", DAY)


@pytest.mark.requirement("KN-51")
@given(st.lists(licences), licences, st.sampled_from(CLASSES))
def test_one_more_licence_never_takes_the_right_away(
    held: list[Licence], more: Licence, needed: str
) -> None:
    assert may_drive([*held, more], needed, DAY) >= may_drive(held, needed, DAY)


@given(st.sampled_from(CLASSES), st.sampled_from(CLASSES))
def test_what_a_class_carries_carries_nothing_more(one: str, other: str) -> None:
    if other in CARRIES[one]:
        assert CARRIES[other] <= CARRIES[one]
