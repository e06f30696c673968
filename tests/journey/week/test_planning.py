"""Half days are put, moved, taken away and copied; what was is remembered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from stegvis.core.values.periods import Week
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.standing.models import DatedFact
from stegvis.journey.week import actions
from stegvis.journey.week.actions import NewSlot
from stegvis.journey.week.models import Slot, Taken
from stegvis.journey.workplaces.models import WorkArea
from stegvis.platform.access.authority import Hidden
from stegvis.platform.tenancy.memory import earlier
from tests.cast.people import Cast
from tests.journey.week.conftest import Town

pytestmark = pytest.mark.django_db
Work = Callable[..., Any]


def road(cast: Cast, key: str = "own") -> Enrolment:
    return Enrolment.enrolments.get(pk=cast.person(key).enrolment)


def put(cast: Cast, town: Town, area: str | None = "kitchen", **more: Any) -> int:
    slots = [
        NewSlot(town.monday, half, town.areas[area].pk if area else None) for half in ("am", "pm")
    ]
    return actions.plan(road(cast), slots, by=cast["asta"].actor, **more)


@pytest.mark.requirement("AJ-52")
def test_a_half_day_is_put_moved_and_taken_away_and_what_was_is_remembered(
    cast: Cast, town: Town, at_work: Work, as_job: Work
) -> None:
    with at_work(cast["asta"]):
        assert put(cast, town) == 2
        assert put(cast, town) == 0, "the same again changes nothing"
        assert put(cast, town, "wood") == 2
        assert put(cast, town, None) == 2
        assert not Slot.slots.filter(enrolment=road(cast)).exists()
    with as_job(cast.ekdala.tenant):
        assert len(earlier(Slot, person_id=cast.person("own").person)) == 4


@pytest.mark.requirement("AJ-26", "AJ-31")
def test_a_week_the_person_has_planned_is_told_as_theirs(
    cast: Cast, town: Town, at_work: Work, as_job: Work
) -> None:
    with at_work(cast["asta"]):
        put(cast, town)
        assert put(cast, town, planned_by="person") == 2, "said afterwards it counts as well"
    with as_job(cast.ekdala.tenant):
        (fact,) = DatedFact.objects.filter(enrolment=road(cast), kind="planned_week")
        assert fact.values["planned_by"] == "participant"
        assert (fact.values["week"], fact.values["days_planned"]) == (town.week, 1)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"day": 5}, "not_a_weekday"),
        ({"half": "night"}, "not_a_weekday"),
        ({"day": -14}, "over"),
        ({"area": "elsewhere"}, "no_such_area"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_of_it_is_stored(
    cast: Cast, town: Town, at_work: Work, change: dict[str, Any], fault: str
) -> None:
    day = town.monday + dt.timedelta(days=change.get("day", 0))
    area = cast.person("own").person if "area" in change else town.areas["wood"].pk
    right = NewSlot(town.monday, "am", town.areas["wood"].pk)
    wrong = NewSlot(day, change.get("half", "pm"), area)
    with at_work(cast["asta"]), pytest.raises(NotNow, match=fault):
        actions.plan(road(cast), [wrong, right], by=cast["asta"].actor)
    with at_work(cast["asta"]):
        assert not Slot.slots.filter(enrolment=road(cast)).exists()


def test_an_area_that_has_ended_by_then_is_not_there(cast: Cast, town: Town, at_work: Work) -> None:
    with at_work(cast["asta"]):
        WorkArea.areas.filter(pk=town.areas["wood"].pk).update(until=town.monday)
        with pytest.raises(NotNow, match="no_such_area"):
            put(cast, town, "wood")


def test_whoever_may_not_write_plans_nobody(cast: Cast, town: Town, at_work: Work) -> None:
    with at_work(cast["aron"]), pytest.raises(Hidden):
        actions.plan(
            Enrolment(pk=cast.person("own").enrolment, person_id=cast.person("own").person),
            [NewSlot(town.monday, "am", town.areas["wood"].pk)],
            by=cast["aron"].actor,
        )


def test_last_week_is_copied_to_where_nothing_stands_and_nothing_is_taken(
    cast: Cast, town: Town, at_work: Work
) -> None:
    tuesday = town.monday + dt.timedelta(days=1)
    later = town.monday + dt.timedelta(weeks=1)
    with at_work(cast["asta"]):
        own, by = road(cast), cast["asta"].actor
        wood = town.areas["wood"].pk
        slots = [
            NewSlot(day, half, wood) for day in (town.monday, tuesday) for half in ("am", "pm")
        ]
        actions.plan(own, slots, by=by)
        actions.plan(own, [NewSlot(later, "am", town.areas["kitchen"].pk)], by=by)
        actions.take(own, later + dt.timedelta(days=1), "pm", by=by, free=False)
        assert actions.copy_week([own], later, by=by) == 2
        assert actions.copy_week([own], later, by=by) == 0, "a second press copies nothing"
        rows = Slot.slots.of_week(later).filter(enrolment=own).order_by("day", "half")
        assert [(row.day.weekday(), row.half, row.area_id == wood) for row in rows] == [
            (0, "am", False), (0, "pm", True), (1, "am", True),
        ]  # fmt: skip


def test_a_taken_half_day_is_free_again_when_it_is_said(
    cast: Cast, town: Town, at_work: Work
) -> None:
    with at_work(cast["asta"]):
        for _twice in range(2):
            actions.take(road(cast), town.monday, "am", by=cast["asta"].actor, free=False)
        assert Taken.halves.filter(enrolment=road(cast)).count() == 1
        actions.take(road(cast), town.monday, "am", by=cast["asta"].actor, free=True)
        assert not Taken.halves.filter(enrolment=road(cast)).exists()


def test_the_weeks_of_new_year_follow_each_other() -> None:
    assert str(Week.parse("2026-W53").plus(1)) == "2027-W01"
