"""A workplace's day on one page: opened, who comes, the log, closed, three prints."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.core.values.periods import Week
from stegvis.journey.days import actions, facts
from stegvis.journey.days.models import Fault, LogLine, Tick, Vehicle
from stegvis.journey.days.pages.day import the_day_left
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.week.actions import publish
from stegvis.journey.work.actions import DayHours, NewHours, set_hours
from stegvis.platform.journal.models import Event
from tests.cast.people import Cast
from tests.portals.caseworker.reading import faults_of, text_of

pytestmark = pytest.mark.django_db
type Signing = Callable[..., Any]
type Job = Callable[..., Any]


@pytest.mark.requirement("KN-43")
def test_each_point_is_one_press_and_pressed_twice_it_is_done_once(
    cast: Cast, day: str, sign_in: Signing, as_job: Job
) -> None:
    visitor = sign_in(cast["vera"])
    for code in ("unlock", "alarm_off", "prepare", "unlock"):
        assert visitor.post(day, {"do": f"tick:opening:{code}"}).status_code == 302
    with as_job(cast.ekdala.tenant):
        assert Tick.objects.filter(listed="opening").count() == 3
    page = text_of(visitor.get(day))
    assert "tick:opening:unlock" not in page
    assert "tick:closing:alarm_on" in page


@pytest.mark.requirement("KN-43")
def test_a_tick_can_be_taken_back_and_a_strange_point_is_none(
    cast: Cast, day: str, sign_in: Signing, as_job: Job
) -> None:
    visitor = sign_in(cast["vera"])
    visitor.post(day, {"do": "tick:opening:unlock"})
    visitor.post(day, {"do": "back:opening:unlock"})
    visitor.post(day, {"do": "back:opening:unlock"})
    visitor.post(day, {"do": "tick:opening:dance"})
    visitor.post(day, {"do": "tick:safety:lifting"})
    with as_job(cast.ekdala.tenant):
        assert not Tick.objects.exists()


@pytest.mark.requirement("KN-43")
def test_the_log_keeps_short_lines_and_says_that_nobody_is_named(
    cast: Cast, day: str, sign_in: Signing, as_job: Job
) -> None:
    visitor = sign_in(cast["vera"])
    assert "Aldrig en deltagares namn och inget om hälsa" in text_of(visitor.get(day))
    assert faults_of(text_of(visitor.post(day, {"text": " "})))
    assert visitor.post(day, {"text": "Virket kom 9.30."}).status_code == 302
    assert "Virket kom 9.30." in text_of(visitor.get(day))
    with as_job(cast.ekdala.tenant):
        (line,) = LogLine.objects.all()
    other = sign_in(cast["mona"])
    other.post(day, {"do": f"unnote:{line.pk}"})  # another's line stays
    assert "Virket kom 9.30." in text_of(other.get(day))
    visitor.post(day, {"do": f"unnote:{line.pk}"})
    assert "Virket kom 9.30." not in text_of(visitor.get(day))
    with as_job(cast.ekdala.tenant):
        told = str(list(Event.events.values_list("details", flat=True)))
    assert "Virket" not in told


@pytest.mark.requirement("KN-43")
def test_a_day_is_written_the_same_day_or_the_week_after(
    cast: Cast, sign_in: Signing, as_job: Job
) -> None:
    visitor = sign_in(cast["vera"])
    for days in (-1, 8):
        on = cast.on - dt.timedelta(days=days)
        address = reverse("place_day", args=[cast.ekdala.work["workplace"], on])
        visitor.post(address, {"do": "tick:opening:unlock"})
        assert "tick:opening:unlock" not in text_of(visitor.get(address))
    with as_job(cast.ekdala.tenant):
        assert not Tick.objects.exists()


@pytest.mark.requirement("KN-58")
def test_it_counts_who_begins_when_of_ones_own_people_alone(
    cast: Cast, olle: Enrolment, sign_in: Signing, as_job: Job, day: str
) -> None:
    hidden, stranger = cast.person("protected_hidden"), cast.person("same_unit")
    early = dt.time(7, 7)
    with as_job(cast.ekdala.tenant):
        for key in (olle.pk, hidden.enrolment, stranger.enrolment):
            row = Enrolment.enrolments.get(pk=key)
            times = [DayHours(n, early, dt.time(15, 7)) for n in range(1, 6)]
            set_hours(row, NewHours(row.since, tuple(times)), by=None)
        on = Week.of(cast.on).monday
        counted = facts.coming([olle.person_id], on, country="SE")
    assert counted.starts == [(early, 1)]
    assert counted.full_time == 1
    monday = reverse("place_day", args=[cast.ekdala.work["workplace"], on])
    page = text_of(sign_in(cast["vera"]).get(monday))
    assert '<b class="num">07.07</b> <span>1 deltagare</span>' in page
    assert "1 arbetar heltid." in page


@pytest.mark.requirement("KN-56")
def test_one_screen_prints_the_schedule_the_attendance_and_what_to_buy(
    cast: Cast, sign_in: Signing, day: str
) -> None:
    visitor = sign_in(cast["vera"])
    page = text_of(visitor.get(day))
    week = Week.of(cast.on)
    for name, args in (
        ("week_paper", [str(week.plus(1))]),
        ("attendance_report", [str(week)]),
        ("purchases", []),
    ):
        address = reverse(name, args=args)
        assert f'href="{address}' in page
        assert visitor.get(address).status_code == 200


@pytest.mark.requirement("KN-56")
def test_the_attendance_report_has_ones_own_people_and_their_days(
    cast: Cast, sign_in: Signing
) -> None:
    address = reverse("attendance_report", args=[str(Week.of(cast.on))])
    page = text_of(sign_in(cast["vera"]).get(address))
    assert cast.person("own").name in page
    assert cast.person("protected_hidden").family not in page
    assert cast.person("same_unit").family not in page


def _visit(cast: Cast, on: dt.date) -> Any:
    who = cast["vera"]
    scope = type("Scope", (), {"on": on})()
    return type("Visit", (), {"actor": who.actor, "scope": scope, "unit": who.unit})()


@pytest.mark.requirement("KN-56")
def test_from_thursday_my_day_says_that_next_week_is_not_ready(cast: Cast, at_work: Any) -> None:
    monday = Week.of(cast.on).monday
    wednesday, thursday = monday + dt.timedelta(days=2), monday + dt.timedelta(days=3)
    with at_work(cast["vera"]):
        assert the_day_left(_visit(cast, wednesday)) == []
        (item,) = the_day_left(_visit(cast, thursday))
        assert item.url == reverse("week_board", args=[str(Week.of(thursday).plus(1))])
        publish(cast["vera"].unit, monday + dt.timedelta(weeks=1), by=cast["vera"].actor)
        assert the_day_left(_visit(cast, thursday)) == []


@pytest.mark.requirement("KN-46")
def test_a_fault_stands_on_its_owners_day_until_it_is_mended(
    cast: Cast, car: Vehicle, at_work: Any
) -> None:
    monday, vera = Week.of(cast.on).monday, cast["vera"]
    with at_work(vera):
        actions.report(car, "Backljuset är trasigt", owner=None, by=vera.actor)
        (item,) = the_day_left(_visit(cast, monday))
        assert "Backljuset" in item.why
        actions.mend(Fault.objects.get(), by=vera.actor)
        assert the_day_left(_visit(cast, monday)) == []


def test_another_units_workplace_is_as_if_it_were_not(cast: Cast, sign_in: Signing) -> None:
    address = reverse("place_day", args=[cast.ekdala.work_too["workplace"], cast.on])
    assert sign_in(cast["vera"]).get(address).status_code == 404


def test_the_page_asks_few_questions(
    cast: Cast, sign_in: Signing, day: str, queries: Callable[[], Any]
) -> None:
    visitor = sign_in(cast["vera"])
    visitor.get(day)
    with queries() as made:
        text_of(visitor.get(day))
    assert made.count <= 20, "\n".join(made.statements)
