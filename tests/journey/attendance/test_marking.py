"""What holds of a day reaches the judgement of the road."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.utils import timezone

from stegvis.core.progression.criteria import Judge
from stegvis.core.progression.road import history
from stegvis.journey.attendance.actions import Mark, mark
from stegvis.journey.attendance.models import Attendance
from stegvis.journey.standing.models import DatedFact
from stegvis.journey.steps.facts import case, judged
from stegvis.platform.tenancy.scope import current
from tests.cast.building import as_service
from tests.cast.people import Cast
from tests.journey.attendance.conftest import FULL

pytestmark = pytest.mark.django_db


def _weekdays(until: dt.date, n: int) -> list[dt.date]:
    days = [until - dt.timedelta(days=back) for back in range(n)]
    return [day for day in days if day.isoweekday() <= 5]


@pytest.mark.requirement("AJ-37")
@pytest.mark.parametrize(("missed", "met"), [(1, "met"), (5, "not_met")])
def test_good_attendance_is_ninety_of_a_hundred_over_four_weeks(
    cast: Cast, own: Any, missed: int, met: str
) -> None:
    with as_service(cast.ekdala.tenant):
        on = current().on
        for n, day in enumerate(_weekdays(on, 35)):
            status = "absent" if n < missed else "present"
            mark([Mark(own, status, timezone.now())], day, {own.person_id: FULL}, by=None)
        programme = judged(own, on=on).programme
        found = Judge(programme, history(programme, case(own), on)).finding("good_attendance")
    assert str(found.state) == met


@pytest.mark.requirement("AJ-37", "INV-22")
def test_leave_is_told_as_leave_and_late_minutes_with_it(cast: Cast, own: Any) -> None:
    hours = {own.person_id: FULL}
    with as_service(cast.ekdala.tenant):
        first, second = current().on - dt.timedelta(days=1), current().on
        away = Mark(own, "absent", timezone.now(), reason="care_of_child")
        mark([away], first, hours, by=None)
        mark([Mark(own, "late", timezone.now(), 45)], second, hours, by=None)
        rows = DatedFact.objects.filter(enrolment=own, kind="attendance", on__gte=first)
        told = {row.on: row.values for row in rows}
        assert Attendance.attendances.get(on=first, person=own.person_id).leave
    assert told[first]["status"] == "leave"
    assert (told[second]["status"], told[second]["late_minutes"]) == ("late", 45)
    assert told[second]["expected_hours"] == 7


@pytest.mark.requirement("KN-43")
def test_a_burst_sent_twice_is_one_row_each(cast: Cast, own: Any) -> None:
    with as_service(cast.ekdala.tenant):
        day = current().on
        sending = [
            (day - dt.timedelta(days=n), Mark(own, "present", timezone.now(), key=uuid.uuid4()))
            for n in range(30)
        ]
        for one_day, one in [*sending, *sending]:
            mark([one], one_day, {}, by=None)
        since = day - dt.timedelta(days=29)
        rows = Attendance.attendances.filter(person=own.person_id, what="work", on__gte=since)
        assert rows.count() == 30
