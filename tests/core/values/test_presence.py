"""The share of attendance, and which of several statements about a day holds."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stegvis.core.values.presence import Day, Share, Stated, disputed, holding, share

STATUSES = ("present", "late", "absent", "sick", "sent_home", "unknown")
BEGIN = dt.datetime(2026, 11, 16, 6, 0, tzinfo=dt.UTC)
days = st.builds(
    Day,
    st.sampled_from(STATUSES),
    st.one_of(st.none(), st.integers(1, 600)),
    late=st.one_of(st.none(), st.integers(0, 700)),
    leave=st.booleans(),
)


@pytest.mark.requirement("INV-22")
@given(st.lists(days, max_size=12))
def test_a_share_lies_between_nothing_and_all_and_more_leave_never_changes_it(
    rows: list[Day],
) -> None:
    found = share(rows)
    assert 0 <= found.least <= found.most <= found.expected
    assert share([*rows, Day("absent", 480, leave=True)]) == found


@pytest.mark.requirement("INV-22")
def test_late_minutes_are_taken_off_and_leave_is_in_neither_sum() -> None:
    rows = [
        Day("present", 480),
        Day("late", 480, late=48),
        Day("sick", 480),
        Day("absent", 480, leave=True),
    ]
    assert share(rows) == Share(912, 912, 1440, 3, 0)
    assert share(rows).percent == 63


@pytest.mark.requirement("INV-22")
def test_unknown_is_neither_presence_nor_absence() -> None:
    found = share([Day("present", 100), Day("unknown", 100), Day("present", None)])
    assert (found.percent, found.bounds, found.unweighed) == (None, (50, 100), 1)


def _sequence(seed: int) -> tuple[list[Stated], str]:
    """Touches of two tablets in the order of the morning, and what a single list would say last."""
    rng = random.Random(seed)  # noqa: S311
    turns, rows = {"a": 0, "b": 0}, []
    for n in range(rng.randint(1, 12)):
        device = rng.choice("ab")
        turns[device] += 1
        at = BEGIN + dt.timedelta(seconds=n * 7)
        rows.append(Stated(at, f"{seed}-{n}", device, turns[device], rng.choice("hlsau")))
    return rows, rows[-1].says


@pytest.mark.requirement("KN-43")
@pytest.mark.parametrize("seed", range(0, 1000, 100))
def test_a_hundred_sequences_of_two_tablets_end_as_one_list_would_have(seed: int) -> None:
    """Cut off, sent again, sent twice and out of order: the thousand sequences of the plan."""
    for one in range(seed, seed + 100):
        rows, last = _sequence(one)
        rng = random.Random(one + 1)  # noqa: S311
        server: dict[str, Stated] = {}
        waiting = {device: [row for row in rows if row.device == device] for device in "ab"}
        while any(waiting.values()):
            device = rng.choice([name for name, left in waiting.items() if left])
            batch = list(waiting[device][: rng.randint(1, 5)])
            rng.shuffle(batch)
            for row in batch:  # arrives …
                server.setdefault(row.key, row)
            if rng.random() < 0.6:  # … and the answer too, or it is sent once more
                waiting[device] = [row for row in waiting[device] if row.key not in server]
        assert len(server) == len(rows)
        arrived = list(server.values())
        rng.shuffle(arrived)
        held = holding(arrived)
        assert held is not None
        assert held.says == last


def test_a_correction_by_somebody_who_saw_the_first_mark_is_no_dispute() -> None:
    first = Stated(BEGIN, "1", "a", 1, "h")
    later = BEGIN + dt.timedelta(minutes=5)
    assert not disputed([first, Stated(later, "2", "b", 1, "s", over="h")])
    assert disputed([first, Stated(later, "2", "b", 1, "s")])


def test_on_one_tablet_the_later_touch_goes_before_whatever_the_network_did() -> None:
    slow = Stated(BEGIN + dt.timedelta(seconds=9), "1", "a", 1, "h")
    quick = Stated(BEGIN, "2", "a", 2, "s")
    held = holding([slow, quick])
    assert held is not None
    assert held.says == "s"
