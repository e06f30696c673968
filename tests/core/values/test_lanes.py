"""The years before: merged by agency, with their holes and with what went on at once."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stegvis.core.values.lanes import Lanes, Stretch, lay, looked_back, union
from stegvis.core.values.periods import Period

DAY = timedelta(days=1)
TODAY = date(2026, 11, 16)
WINDOW = Period(date(2026, 8, 1), TODAY + DAY)  # short: every day of it is looked at
EXPECTED = Path(__file__).parents[2] / "fixtures" / "imports" / "historik_insatser.expected.json"


def stretch(agency: str, since: date, until: date | None, *, helps: bool = True) -> Stretch:
    return Stretch(agency, Period(since, until), helps)


DAYS = st.dates(date(2026, 6, 1), date(2027, 1, 1))
STRETCHES = st.lists(
    st.builds(
        lambda agency, since, days, helps, rough: Stretch(
            agency, Period(since, None if days is None else since + days * DAY), helps, rough
        ),
        st.sampled_from(["AF", "FK", "SOC"]),
        DAYS,
        st.none() | st.integers(1, 90),
        st.booleans(),
        st.tuples(st.booleans(), st.booleans()),
    ),
    max_size=8,
)


def days_of(period: Period) -> set[date]:
    assert period.until is not None
    return {period.since + n * DAY for n in range((period.until - period.since).days)}


def held_by(stretches: list[Stretch], day: date, *, helping: bool = False) -> set[str]:
    return {one.agency for one in stretches if day in one.period and (one.helps or not helping)}


@pytest.mark.requirement("JI-03")
@given(STRETCHES)
def test_every_day_of_the_window_is_either_covered_or_in_one_gap(stretches: list[Stretch]) -> None:
    lanes = lay(stretches, WINDOW)
    inside = days_of(WINDOW)
    holes = [days_of(gap.period) for gap in lanes.gaps]
    missing = set().union(*holes)
    assert sum(map(len, holes)) == len(missing)
    assert lanes.covered_days + len(missing) == lanes.window_days == len(inside)
    assert missing == {day for day in inside if not held_by(stretches, day)}


@given(STRETCHES)
def test_a_lane_holds_the_days_of_its_agency_and_no_others(stretches: list[Stretch]) -> None:
    for agency, periods in lay(stretches, WINDOW).by_agency:
        for before, after in pairwise(periods):
            assert before.until is not None
            assert before.until < after.since
        held = set().union(*map(days_of, periods))
        mine = [one for one in stretches if one.agency == agency]
        assert held == {day for day in days_of(WINDOW) if held_by(mine, day)}


@given(STRETCHES)
def test_together_are_the_days_on_which_two_agencies_do_something(
    stretches: list[Stretch],
) -> None:
    both = set().union(*(days_of(one.period) for one in lay(stretches, WINDOW).together))
    expected = {d for d in days_of(WINDOW) if len(held_by(stretches, d, helping=True)) > 1}
    assert both == expected


@given(STRETCHES)
def test_the_order_in_which_they_are_told_changes_nothing(stretches: list[Stretch]) -> None:
    assert _plain(lay(stretches, WINDOW)) == _plain(lay(reversed(stretches), WINDOW))


def _plain(lanes: Lanes) -> object:
    gaps = [(gap.period, gap.at_least) for gap in lanes.gaps]
    return dict(lanes.by_agency), gaps, lanes.covered_days, [one.period for one in lanes.together]


@given(st.lists(st.builds(lambda a, n: Period(a, a + n * DAY), DAYS, st.integers(1, 90))))
def test_a_union_of_a_union_is_itself(periods: list[Period]) -> None:
    assert union(union(periods)) == union(periods)


@pytest.mark.requirement("JI-03")
def test_years_that_nobody_knows_of_are_named() -> None:
    window = Period(date(2000, 1, 1), date(2009, 1, 1))
    lanes = lay(
        [
            stretch("AF", date(2000, 1, 1), date(2002, 1, 1)),
            stretch("FK", date(2001, 6, 1), date(2003, 5, 1)),
            stretch("SOC", date(2006, 3, 1), None, helps=False),
        ],
        window,
    )
    assert [agency for agency, _ in lanes.by_agency] == ["AF", "FK", "SOC"]
    assert lanes.uncovered_years == (2004, 2005)
    assert [one.agencies for one in lanes.together] == [("AF", "FK")]
    assert lanes.without[-1].period == Period(date(2003, 5, 1), date(2009, 1, 1))


def test_a_gap_beside_a_rough_end_is_at_least_so_long() -> None:
    rough = Stretch("AF", Period(date(2018, 1, 1), date(2019, 1, 1)), rough=(False, True))
    window = looked_back(TODAY, 10)
    lanes = lay([rough, stretch("FK", date(2020, 1, 1), date(2027, 1, 1))], window)
    assert [gap.at_least for gap in lanes.gaps] == [False, True]


@pytest.mark.requirement("JI-03")
def test_lists_of_a_municipality_cover_the_days_they_should() -> None:
    said = json.loads(EXPECTED.read_text("utf-8"))
    by_person: dict[str, list[Stretch]] = defaultdict(list)
    for row in said["rows"]:
        values = row.get("values")
        if row["outcome"] == "created":
            last = date.fromisoformat(values["to"]) + DAY if values["to"] else None
            by_person[values["national_id"]].append(
                stretch(values["agency"], date.fromisoformat(values["from_"]), last)
            )
    window = looked_back(date.fromisoformat(said["today"]), 10)
    assert window.since.isoformat() == said["look_back"]["from_"]
    for number, wanted in said["persons"].items():
        lanes = lay(by_person[number], window)
        assert len(by_person[number]) == wanted["periods"]
        assert lanes.covered_days == wanted["covered_days"], number
        assert lanes.window_days == wanted["window_days"]
