"""Shares and counts of many: n of N with its uncertainty, and nobody found among a few."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stegvis.core.outcomes.anonymity import K
from stegvis.core.outcomes.shares import Share, counts, shares, told

sizes = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 30), max_size=6)


@pytest.mark.requirement("KN-97")
def test_seven_of_nine_are_78_per_cent_and_the_interval_is_wide() -> None:
    one = Share(7, 9, unknown=2)
    assert (one.percent, one.between, one.size) == (77.8, (45, 94), 11)


def test_of_nobody_there_is_no_share() -> None:
    assert (Share(0, 0, 4).percent, Share(0, 0, 4).between) == (None, None)


@given(st.integers(0, 40), st.integers(1, 40))
def test_the_interval_holds_the_share_and_stays_within_a_hundred(n: int, of: int) -> None:
    one = Share(min(n, of), of)
    assert one.between is not None
    assert one.percent is not None
    low, high = one.between
    assert 0 <= low <= one.percent <= high <= 100


@given(sizes)
def test_what_is_not_told_cannot_be_worked_out_from_the_sum(of: dict[str, int]) -> None:
    open_ = told(of)
    hidden = {key: size for key, size in of.items() if key not in open_}
    assert all(of[key] == 0 or of[key] >= K for key in open_)
    if hidden and any(of[key] for key in open_):
        assert len(hidden) > 1
        assert sum(hidden.values()) >= K


@pytest.mark.requirement("KN-97")
def test_one_small_group_takes_the_next_smallest_with_it() -> None:
    found = shares({"f": Share(7, 9), "m": Share(2, 3), "u": Share(20, 30)})
    assert found == {"f": None, "m": None, "u": Share(20, 30)}


@pytest.mark.requirement("KN-98")
def test_a_reason_of_few_is_not_counted_aloud() -> None:
    assert counts({"hours": 12, "health": 2, "language": 3}) == {
        "hours": 12, "health": None, "language": None,
    }  # fmt: skip
