"""What does not fit in a week is told with what would mend it, and nothing is stopped."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stegvis.core.scheduling.clashes import (
    HALVES,
    Area,
    Lead,
    Move,
    Placed,
    Week,
    clashes,
    moved,
)

MONDAY = dt.date(2026, 11, 23)
DAYS = [MONDAY + dt.timedelta(days=n) for n in range(5)]
PEOPLE = ["anna", "bo", "cia", "dan"]
AREAS = ["kitchen", "laundry", "wood"]
TUESDAY = DAYS[1]


def at(person: str, area: str, day: dt.date = MONDAY, half: str = "am") -> Placed:
    return Placed(person, day, half, area)


def told(week: Week) -> list[tuple[str, str, str]]:
    return [(one.kind, one.area, one.half) for one in clashes(week)]


@pytest.mark.requirement("AJ-54")
def test_an_area_with_more_hours_booked_than_it_has_says_by_how_many() -> None:
    placed = tuple(
        at(p, "wood", day, half) for p in ("anna", "bo") for day in DAYS for half in HALVES
    )
    (one,) = clashes(Week(placed, {"wood": Area(hours_week=Decimal(68))}))
    assert (one.kind, one.n - one.most) == ("hours", 12)
    assert clashes(Week(placed, {"wood": Area(hours_week=None)})) == [], "unknown is not zero"


@pytest.mark.requirement("AJ-54")
def test_five_on_four_places_moves_someone_to_where_they_work_anyway() -> None:
    crowd = [at(p, "laundry", TUESDAY) for p in ("anna", "bo", "cia")]
    week = Week((*crowd, at("cia", "wood")), {"laundry": Area(places=2), "wood": Area(places=1)})
    (one,) = clashes(week)
    assert (one.kind, one.n, one.most) == ("places", 3, 2)
    assert one.mends == Move("cia", TUESDAY, "am", "wood")
    assert clashes(moved(week, one.mends)) == []


def test_nobody_is_sent_to_work_they_have_not_seen() -> None:
    crowd = tuple(at(p, "laundry") for p in ("anna", "bo"))
    (one,) = clashes(Week(crowd, {"laundry": Area(places=1), "wood": Area(places=9)}))
    assert one.mends is None


def test_a_pair_kept_apart_is_told_as_a_pair_and_no_reason_is_there_to_tell() -> None:
    week = Week(
        (at("anna", "wood"), at("bo", "wood"), at("bo", "kitchen", TUESDAY)),
        {},
        apart=frozenset({frozenset({"anna", "bo"})}),
    )
    (one,) = clashes(week)
    assert (one.kind, one.persons) == ("apart", ("anna", "bo"))
    assert one.mends == Move("bo", MONDAY, "am", "kitchen")


def test_a_day_its_leads_are_away_lacks_a_lead_and_an_area_without_leads_does_not() -> None:
    away = Lead(away=frozenset({MONDAY}))
    areas = {"wood": Area(leads=frozenset({"jonas"})), "kitchen": Area()}
    week = Week((at("anna", "wood"), at("bo", "kitchen")), areas, leads={"jonas": away})
    assert told(week) == [("lead", "wood", "am")]


def test_support_is_weighed_by_need_and_not_by_heads() -> None:
    areas = {"wood": Area(leads=frozenset({"jonas"}))}
    week = Week(
        (at("anna", "wood"), at("bo", "wood")),
        areas,
        need={"anna": 3, "bo": 1},
        leads={"jonas": Lead(capacity=3)},
    )
    (one,) = clashes(week)
    assert (one.kind, one.area, one.n, one.most) == ("support", "jonas", 4, 3)


def test_outside_ones_hours_or_on_a_closed_day_is_told_and_may_be_taken_away() -> None:
    free = {"anna": frozenset({(MONDAY, "am")})}
    week = Week((at("anna", "wood", half="pm"), at("bo", "wood", TUESDAY)), {}, free=free)
    (one,) = clashes(week)
    assert (one.kind, one.mends) == ("away", Move("anna", MONDAY, "pm", None))
    assert told(Week(week.placed, {}, closed=frozenset({TUESDAY})))[0][0] == "closed"


placed = st.lists(
    st.builds(
        Placed,
        st.sampled_from(PEOPLE),
        st.sampled_from(DAYS),
        st.sampled_from(HALVES),
        st.sampled_from(AREAS),
    ),
    max_size=24,
    unique_by=lambda one: (one.person, one.day, one.half),
)
weeks = st.builds(
    Week,
    placed.map(tuple),
    st.fixed_dictionaries(
        {name: st.builds(Area, places=st.none() | st.integers(1, 3)) for name in AREAS}
    ),
    apart=st.just(frozenset({frozenset({"anna", "bo"})})),
)


@given(weeks)
def test_every_full_cell_is_found_and_no_other(week: Week) -> None:
    cells = Counter((one.day, one.half, one.area) for one in week.placed)
    full = {cell for cell, n in cells.items() if (week.areas[cell[2]].places or 99) < n}
    assert {(c.day, c.half, c.area) for c in clashes(week) if c.kind == "places"} == full


@given(weeks)
def test_a_move_that_mends_makes_nothing_worse_and_moves_nobody_else(week: Week) -> None:
    for one in clashes(week):
        if one.mends is None:
            continue
        after = moved(week, one.mends)
        assert sum(c.n + 1 for c in clashes(after)) < sum(c.n + 1 for c in clashes(week))
        stay = {p for p in week.placed if p.person != one.mends.person}
        assert stay <= set(after.placed)
