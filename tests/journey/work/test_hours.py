"""The hours somebody has: from two to forty a week, each their own, replaced and never lost."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.standing.actions import begin_pause
from stegvis.journey.work.actions import DayHours, NewHours, set_hours
from stegvis.journey.work.facts import Expected, hours_on
from stegvis.journey.work.models import WorkingTime
from stegvis.platform.access.authority import Hidden
from stegvis.platform.tenancy.models import ClosedDays, Unit
from tests.cast.people import Cast
from tests.journey.made import an_enrolment
from tests.journey.work.conftest import Work, hours, next_open

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("KN-109")
@pytest.mark.parametrize("minutes", [120, 2400])
def test_a_week_may_have_two_hours_or_forty(enrolment: Enrolment, asta: Any, minutes: int) -> None:
    since = enrolment.since
    least = hours(since, 9, 11, days=(3,))
    row = set_hours(enrolment, least if minutes == 120 else hours(since, 7, 16, rest=60), by=asta)
    assert row.minutes == minutes


@pytest.mark.requirement("KN-109")
@pytest.mark.parametrize(
    ("new", "code"),
    [
        (hours(dt.date.max, 9, 10, days=(1,)), "hours_outside"),
        (hours(dt.date.max, 7, 16), "hours_outside"),
        (NewHours(dt.date.max, ()), "hours_outside"),
        (hours(dt.date.max, 11, 9), "day_backwards"),
        (NewHours(dt.date.max, (DayHours(1, dt.time(9), dt.time(10), 60),)), "day_backwards"),
        (hours(dt.date.min, 7, 15), "before_the_road"),
    ],
)
def test_what_cannot_be_a_week_is_said_and_not_written(
    enrolment: Enrolment, asta: Any, new: NewHours, code: str
) -> None:
    with pytest.raises(NotNow) as told:
        set_hours(enrolment, new, by=asta)
    assert told.value.code == code
    assert not WorkingTime.times.filter(enrolment=enrolment).exists()


def test_the_database_refuses_forty_one_hours(enrolment: Enrolment, asta: Any) -> None:
    row = set_hours(enrolment, hours(enrolment.since, 8, 12), by=asta)
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkingTime.times.filter(pk=row.pk).update(minutes=2401)


def test_new_hours_end_the_old_and_erase_nothing(
    cast: Cast, enrolment: Enrolment, asta: Any
) -> None:
    first = set_hours(enrolment, hours(enrolment.since, 8, 12), by=asta)
    later = set_hours(enrolment, hours(cast.on + dt.timedelta(days=30), 8, 14), by=asta)
    second = set_hours(enrolment, hours(cast.on, 9, 12), by=asta)
    first.refresh_from_db()
    later.refresh_from_db()
    assert first.until == cast.on
    assert later.struck_on == cast.on
    assert first.days.count() == later.days.count() == 5
    assert list(WorkingTime.times.held(cast.on + dt.timedelta(days=60))) == [second]


def test_two_sets_of_hours_never_hold_at_once(cast: Cast, enrolment: Enrolment, asta: Any) -> None:
    row = set_hours(enrolment, hours(cast.on, 8, 12), by=asta)
    twice = WorkingTime(
        tenant_id=row.tenant_id, enrolment=enrolment, person_id=row.person_id,
        since=cast.on + dt.timedelta(days=3), minutes=600,
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        twice.save(force_insert=True)


def test_each_has_their_own_hours_and_the_earliest_comes_first(
    cast: Cast, enrolment: Enrolment, as_job: Work
) -> None:
    day = next_open(cast, 2)
    with as_job(cast.ekdala.tenant):
        early = an_enrolment(cast)
        set_hours(enrolment, hours(cast.on, 9, 15, rest=30), by=None)
        set_hours(early, hours(cast.on, 7, 15), by=None)
        found = hours_on([enrolment.person_id, early.person_id], day)
    assert list(found) == [early.person_id, enrolment.person_id]
    assert found[early.person_id] == Expected(dt.time(7), dt.time(15), 480)
    assert found[enrolment.person_id].minutes == 330


def test_nobody_is_expected_where_it_is_closed_or_paused_or_not_their_day(
    cast: Cast, enrolment: Enrolment, asta: Any
) -> None:
    person = enrolment.person_id
    monday, tuesday = next_open(cast, 1), next_open(cast, 2, after=1)
    set_hours(enrolment, hours(cast.on, 9, 15, days=(1,)), by=asta)
    assert person in hours_on([person], monday)
    assert hours_on([person], tuesday) == {}
    shut = ClosedDays(
        tenant_id=enrolment.tenant_id, unit=Unit.objects.get(pk=enrolment.unit_id),
        since=monday, until=monday + dt.timedelta(days=1), why="Studiedag",
    )  # fmt: skip
    shut.save(force_insert=True)
    assert hours_on([person], monday) == {}
    later = next_open(cast, 1, after=14)
    assert person in hours_on([person], later)
    begin_pause(enrolment, by=asta, since=later, reason="illness")
    assert hours_on([person], later) == {}


def test_a_holiday_of_the_country_is_nobodys_working_day(
    cast: Cast, enrolment: Enrolment, asta: Any
) -> None:
    year = cast.on.year + 1
    set_hours(enrolment, hours(cast.on, 9, 15), by=asta)
    may_day = dt.date(year, 5, 1)
    if may_day.isoweekday() > 5:
        may_day = dt.date(year, 12, 25)
    assert hours_on([enrolment.person_id], may_day) == {}


def test_a_whole_list_asks_twice(cast: Cast, enrolment: Enrolment, asta: Any, queries: Any) -> None:
    set_hours(enrolment, hours(cast.on, 9, 15), by=asta)
    with queries() as made:
        hours_on([enrolment.person_id], next_open(cast, 1), country="SE")
    assert made.count == 2


def test_who_may_not_write_of_work_sets_nobodys_hours(cast: Cast, at_work: Work) -> None:
    with at_work(cast["asta"]):
        row = Enrolment.enrolments.get(pk=cast.person("own").enrolment)
    with at_work(cast["aron"]), pytest.raises(Hidden):
        set_hours(row, hours(row.since, 8, 12), by=cast["aron"].actor)
