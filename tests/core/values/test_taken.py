"""What takes time: unknown is unknown, never zero."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stegvis.core.values.retention import rules
from stegvis.core.values.taken import taken

HOURS = st.none() | st.decimals(0, 200, places=1)


@pytest.mark.requirement("JI-06")
def test_nine_contacts_are_summed_and_the_unknown_said() -> None:
    known = [Decimal(h) for h in ("6.5", "6.5", "2", "4", "2", "6.5", "4.5")]
    total = taken([*known, None, None])
    assert (total.count, total.unknown, total.month) == (9, 2, Decimal("32.0"))
    assert total.week == Decimal("7.4")
    assert total.share == 18
    assert total.at_least


@given(st.lists(HOURS, max_size=12))
def test_unknown_hours_never_count_as_none(hours: list[Decimal | None]) -> None:
    total = taken(hours)
    known = [one for one in hours if one is not None]
    assert total.month == (sum(known, Decimal(0)) if known else None)
    assert total.unknown == len(hours) - len(known)
    if not known:
        assert total.week is None
        assert total.share is None


@pytest.mark.requirement("JI-22")
def test_a_drug_test_is_kept_for_days_and_never_for_more_than_a_year() -> None:
    rule = rules()["drug_test"]
    assert rule.ours
    assert not rule.chosen(30).ours
    with pytest.raises(ValueError, match="1 to 365"):
        rule.chosen(366)
