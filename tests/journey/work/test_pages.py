"""The page of somebody's work and the form of their hours, as those who use them."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.intake.models import Enrolment
from stegvis.journey.work.actions import NewWork, give_work, set_hours
from stegvis.journey.work.models import WorkingTime
from stegvis.journey.workplaces.models import WorkArea, Workplace
from tests.cast.people import Cast
from tests.journey.work.conftest import hours
from tests.portals.caseworker.reading import faults_of

pytestmark = pytest.mark.django_db
MONDAY = {"start1": "08:30", "end1": "12:00", "rest1": "15"}


def test_new_hours_are_typed_and_the_old_stay_to_be_read(
    cast: Cast, enrolment: Enrolment, asta: Any, sign_in: Any
) -> None:
    set_hours(enrolment, hours(enrolment.since, 9, 11, days=(2,)), by=asta)
    visitor = sign_in(cast["vera"])
    address = reverse("work_hours", args=[enrolment.person_id])
    assert 'value="09:00"' in visitor.get(address).text
    sent = visitor.post(address, {"since": cast.on.isoformat(), **MONDAY})
    assert sent.status_code == 302
    page = visitor.get(sent.url).text
    assert "08.30–12.00" in page
    assert WorkingTime.times.filter(enrolment=enrolment).count() == 2


def test_mondays_hours_fill_the_week_and_write_nothing(
    cast: Cast, enrolment: Enrolment, sign_in: Any
) -> None:
    visitor = sign_in(cast["vera"])
    address = reverse("work_hours", args=[enrolment.person_id])
    page = visitor.post(address, {"since": cast.on.isoformat(), **MONDAY, "monday": "1"}).text
    assert page.count('value="08:30"') == 5
    assert not WorkingTime.times.filter(enrolment=enrolment).exists()


@pytest.mark.parametrize(
    "typed", [{}, {"start1": "08:30"}, {"start1": "12:00", "end1": "08:00"}, {"start1": "huh"}]
)
def test_half_a_week_is_said_and_what_was_typed_stays(
    cast: Cast, enrolment: Enrolment, sign_in: Any, typed: dict[str, str]
) -> None:
    address = reverse("work_hours", args=[enrolment.person_id])
    answer = sign_in(cast["vera"]).post(address, {"since": cast.on.isoformat(), **typed})
    assert answer.status_code == 200
    assert len(faults_of(answer.text)) == 1
    for value in typed.values():
        assert value in answer.text
    assert not WorkingTime.times.filter(enrolment=enrolment).exists()


def test_the_page_asks_at_most_twelve_times(
    cast: Cast, enrolment: Enrolment, asta: Any, sign_in: Any, queries: Any
) -> None:
    set_hours(enrolment, hours(enrolment.since, 9, 15), by=asta)
    house = Workplace(tenant_id=cast.ekdala.tenant, unit_id=enrolment.unit_id, name="AME-huset")
    area = WorkArea(tenant_id=cast.ekdala.tenant, workplace=house, code="kok", name="Kök")
    for row in (house, area):
        row.save(force_insert=True)
    give_work(enrolment, NewWork(cast.on, "whole_area", area), by=asta)
    visitor = sign_in(cast["vera"])
    address = reverse("work", args=[enrolment.person_id])
    visitor.get(address)
    with queries() as made:
        visitor.get(address)
    assert made.count <= 12


def test_a_supervisor_who_may_not_know_of_somebody_finds_no_work(cast: Cast, sign_in: Any) -> None:
    visitor = sign_in(cast["vera"])
    for key in ("protected_hidden", "same_unit", "abroad"):
        for name in ("work", "work_hours", "try_task", "train_language"):
            assert visitor.get(reverse(name, args=[cast.person(key).person])).status_code == 404
