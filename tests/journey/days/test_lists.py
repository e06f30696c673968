"""A unit's own lists, and its breaks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.core.values.periods import Week
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.week.facts import halves
from stegvis.journey.work.actions import DayHours, NewHours, set_hours
from stegvis.journey.work.facts import hours_on
from stegvis.journey.workplaces.models import BreakTime
from tests.cast.people import Cast
from tests.portals.caseworker.reading import faults_of, text_of

pytestmark = pytest.mark.django_db
type Signing = Callable[..., Any]
type Job = Callable[..., Any]


def _lunch(**more: str) -> dict[str, str]:
    said = {"name": "Lunch", "start": "11:00", "end": "12:00", **more}
    return {"do": "break"} | {f"break-{name}": value for name, value in said.items()}


@pytest.mark.requirement("KN-43")
def test_a_point_of_ours_goes_out_of_use_and_one_of_ones_own_comes_in(
    cast: Cast, day: str, sign_in: Signing
) -> None:
    visitor, lists = sign_in(cast["vera"]), reverse("day_lists")
    visitor.post(lists, {"do": "hide:opening:alarm_off"})
    visitor.post(lists, {"do": "add:opening", "opening-name": "Tänd i växthuset"})
    page = text_of(visitor.get(day))
    assert "tick:opening:alarm_off" not in page
    assert "Tänd i växthuset" in page
    visitor.post(lists, {"do": "use:opening:alarm_off"})
    assert "tick:opening:alarm_off" in text_of(visitor.get(day))


@pytest.mark.requirement("KN-52")
def test_lunch_is_no_work_in_hours_agreed_after_it_was_set(
    cast: Cast, olle: Enrolment, day: str, sign_in: Signing, as_job: Job
) -> None:
    visitor, lists = sign_in(cast["vera"]), reverse("day_lists")
    assert visitor.post(lists, _lunch()).status_code == 302
    assert "11.00–12.00" in text_of(visitor.get(day))
    monday = Week.of(cast.on).monday
    with as_job(cast.ekdala.tenant):
        times = [DayHours(1, dt.time(7), dt.time(15)), DayHours(2, dt.time(10, 30), dt.time(12))]
        set_hours(olle, NewHours(olle.since, tuple(times)), by=None)
        assert hours_on([olle.person_id], monday)[olle.person_id].minutes == 7 * 60
        # Half an hour beside the lunch is no half day to plan.
        free = halves([olle.person_id], monday)[olle.person_id]
        assert free == {(monday, "am"), (monday, "pm")}


@pytest.mark.requirement("KN-52")
def test_a_break_that_counts_as_work_takes_nothing(
    cast: Cast, olle: Enrolment, sign_in: Signing, as_job: Job
) -> None:
    sign_in(cast["vera"]).post(reverse("day_lists"), _lunch(counted="on"))
    monday = Week.of(cast.on).monday
    with as_job(cast.ekdala.tenant):
        set_hours(olle, NewHours(olle.since, (DayHours(1, dt.time(7), dt.time(15)),)), by=None)
        assert hours_on([olle.person_id], monday)[olle.person_id].minutes == 8 * 60


@pytest.mark.requirement("KN-52")
def test_a_break_ends_after_it_begins_and_two_do_not_begin_at_once(
    cast: Cast, sign_in: Signing, as_job: Job
) -> None:
    visitor, lists = sign_in(cast["vera"]), reverse("day_lists")
    assert faults_of(text_of(visitor.post(lists, _lunch(end="10:00"))))
    visitor.post(lists, _lunch())
    assert faults_of(text_of(visitor.post(lists, _lunch(end="11:30"))))
    with as_job(cast.ekdala.tenant):
        (row,) = BreakTime.objects.all()
    visitor.post(lists, {"do": f"drop:{row.pk}"})
    with as_job(cast.ekdala.tenant):
        assert not BreakTime.objects.exists()
