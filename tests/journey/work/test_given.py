"""Work given: what the step asks of it, its last day, and a person who decides."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import reverse

from stegvis.core.progression.dues import DECIDE_END
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.steps.facts import judged
from stegvis.journey.work.actions import NewEnd, NewWork, decide_work, give_work
from stegvis.journey.work.facts import other_owners
from stegvis.journey.work.models import WorkAssignment
from stegvis.journey.workplaces.models import JobDescription, Task, WorkArea, Workplace
from stegvis.platform.access.authority import Hidden
from stegvis.platform.tenancy.models import StaleRow
from tests.cast.people import Cast
from tests.journey.made import an_enrolment, decide
from tests.journey.work.conftest import Work

pytestmark = pytest.mark.django_db
WHOLE = WorkAssignment.Scope.WHOLE_AREA


@dataclass(frozen=True, slots=True)
class Place:
    area: WorkArea
    task: Task
    manual: JobDescription


@pytest.fixture
def place(cast: Cast, enrolment: Enrolment) -> Place:
    here = {"tenant_id": cast.ekdala.tenant}
    house = Workplace(**here, unit_id=enrolment.unit_id, name="AME-huset")
    area = WorkArea(**here, workplace=house, code="kok", name="Kök och catering")
    task = Task(**here, workplace=house, area=area, name="Kaffekokning")
    manual = JobDescription(**here, area=area, number=3, text="Så gör vi", on=cast.on)
    for row in (house, area, task, manual):
        row.save(force_insert=True)
    return Place(area, task, manual)


def _on_step_4(cast: Cast, enrolment: Enrolment) -> Enrolment:
    decide(cast, cast["asta"], "own", "s4")
    return Enrolment.enrolments.get(pk=enrolment.pk)


@pytest.mark.requirement("AJ-32", "INV-15")
def test_a_step_that_asks_for_a_description_says_so_and_a_reason_decides_otherwise(
    cast: Cast, enrolment: Enrolment, asta: Any, place: Place
) -> None:
    enrolment = _on_step_4(cast, enrolment)
    ends = cast.on + dt.timedelta(days=90)
    bare = NewWork(cast.on, area=place.area, ends=ends)
    with pytest.raises(NotNow, match="work_lacks"):
        give_work(enrolment, bare, by=asta)
    assert not WorkAssignment.assignments.filter(area=place.area).exists()
    given = NewWork(cast.on, area=place.area, ends=ends, otherwise="Handledaren skriver den.")
    assert give_work(enrolment, given, by=asta).otherwise == "Handledaren skriver den."
    whole = NewWork(cast.on, area=place.area, ends=ends, description=place.manual)
    row = give_work(enrolment, whole, by=asta)
    assert (row.description, row.otherwise) == (place.manual, "")


@pytest.mark.requirement("AJ-33", "INV-15")
def test_without_a_last_day_only_with_a_reason(
    cast: Cast, enrolment: Enrolment, asta: Any, place: Place
) -> None:
    enrolment = _on_step_4(cast, enrolment)
    with pytest.raises(NotNow, match="work_lacks"):
        give_work(
            enrolment, NewWork(cast.on, tasks=(place.task,), description=place.manual), by=asta
        )


def test_an_earlier_step_asks_for_neither(
    cast: Cast, enrolment: Enrolment, asta: Any, place: Place
) -> None:
    row = give_work(enrolment, NewWork(cast.on, tasks=(place.task,), otherwise="Onödigt"), by=asta)
    assert row.otherwise == ""
    assert [one.task for one in row.tasks.all()] == [place.task]


@pytest.mark.requirement("AJ-33", "INV-15")
def test_the_last_day_is_asked_about_a_month_before_and_ends_nothing(
    cast: Cast, enrolment: Enrolment, asta: Any, place: Place
) -> None:
    enrolment = _on_step_4(cast, enrolment)
    ends = cast.on + dt.timedelta(days=80)
    given = NewWork(cast.on, area=place.area, ends=ends, description=place.manual)
    row = give_work(enrolment, given, by=asta)

    def due(on: dt.date) -> Any:
        found = {one.what: one for one in judged(enrolment, on=on).judged.due}
        return found.get(DECIDE_END)

    after = ends + dt.timedelta(days=1)
    assert due(ends).earliest > ends - dt.timedelta(days=32)
    assert not due(ends).overdue
    assert due(after).overdue
    row.refresh_from_db()
    assert row.until is None
    later = ends + dt.timedelta(days=60)
    decide_work(row, NewEnd("extend", "Det går bra, vi fortsätter.", later, row.version), by=asta)
    assert due(after).by <= later
    assert not due(after).overdue
    decide_work(row, NewEnd("end", "Nytt arbete.", later, row.version), by=asta)
    assert due(later + dt.timedelta(days=1)) is None


@pytest.mark.requirement("AJ-33")
def test_a_decision_has_grounds_and_a_day_that_makes_sense(
    cast: Cast, enrolment: Enrolment, asta: Any, place: Place
) -> None:
    row = give_work(enrolment, NewWork(cast.on, area=place.area, ends=_in(cast, 80)), by=asta)
    wrong = (
        ("extend", "", 90, "grounds_missing"),
        ("extend", "Bra", 80, "not_longer"),
        ("end", "Bra", -400, "ends_before"),
    )
    for what, grounds, days, code in wrong:
        with pytest.raises(NotNow, match=code):
            decide_work(row, NewEnd(what, grounds, _in(cast, days), row.version), by=asta)


def _in(cast: Cast, days: int) -> dt.date:
    return cast.on + dt.timedelta(days=days)


def test_of_two_who_decide_at_once_the_second_is_told(
    cast: Cast, enrolment: Enrolment, asta: Any, place: Place
) -> None:
    row = give_work(enrolment, NewWork(cast.on, area=place.area, ends=_in(cast, 10)), by=asta)
    seen = row.version
    decide_work(row, NewEnd("extend", "Går bra", _in(cast, 30), seen), by=asta)
    with pytest.raises(StaleRow):
        decide_work(row, NewEnd("end", "Slut", _in(cast, 10), seen), by=asta)


def test_a_supervisor_gives_work_and_does_not_decide_its_end(
    cast: Cast, enrolment: Enrolment, place: Place, at_work: Work
) -> None:
    vera = cast["vera"].actor
    with at_work(cast["vera"]):
        row = give_work(enrolment, NewWork(cast.on, area=place.area, ends=_in(cast, 10)), by=vera)
        with pytest.raises(Hidden):
            decide_work(row, NewEnd("end", "Slut", _in(cast, 10), row.version), by=vera)


@pytest.mark.requirement("AJ-51")
def test_two_owners_of_a_whole_area_are_shown_to_whoever_may_know_of_both(
    cast: Cast, enrolment: Enrolment, place: Place, as_job: Work, sign_in: Any
) -> None:
    asta = cast["asta"].actor
    with as_job(cast.ekdala.tenant):
        other = an_enrolment(cast)
        give_work(other, NewWork(cast.on, WHOLE, place.area), by=None)
    row = give_work(enrolment, NewWork(cast.on, WHOLE, place.area), by=asta)
    assert [one.person_id for one in other_owners([row])[row.pk]] == [other.person_id]
    page = sign_in(cast["asta"]).get(reverse("work", args=[enrolment.person_id])).text
    assert "Nyman Provsson" in page
    page = sign_in(cast["vera"]).get(reverse("work", args=[enrolment.person_id])).text
    assert "Kök och catering" in page
    assert "Provsson" not in page, "she does not work with the other"


@pytest.mark.requirement("AJ-51")
def test_some_tasks_of_an_area_and_work_that_has_ended_meet_nobody(
    cast: Cast, enrolment: Enrolment, asta: Any, place: Place, as_job: Work
) -> None:
    row = give_work(enrolment, NewWork(cast.on, WHOLE, place.area), by=asta)
    decide_work(row, NewEnd("end", "Byter", cast.on, row.version), by=asta)
    with as_job(cast.ekdala.tenant):
        other = an_enrolment(cast)
        part = NewWork(cast.on, area=place.area, tasks=(place.task,))
        later = NewWork(_in(cast, 1), WHOLE, place.area)
        assert other_owners([give_work(other, part, by=None)]) == {}
        assert list(other_owners([give_work(other, later, by=None)]).values()) == [[]]


@pytest.mark.requirement("AJ-32", "AJ-33")
def test_work_is_given_and_extended_in_the_browser(
    cast: Cast, enrolment: Enrolment, asta: Any, place: Place, sign_in: Any
) -> None:
    _on_step_4(cast, enrolment)
    visitor = sign_in(cast["asta"])
    address = reverse("give_work", args=[enrolment.person_id])
    assert "slutdag" in visitor.get(address).text.lower()
    typed = {"scope": "whole_area", "area": str(place.area.pk), "since": cast.on.isoformat()}
    refused = visitor.post(address, typed)
    assert refused.status_code == 200
    assert str(place.area.pk) in refused.text
    typed |= {"ends": _in(cast, 20).isoformat(), "description": str(place.manual.pk)}
    assert visitor.post(address, typed).status_code == 302
    page = visitor.get(reverse("work", args=[enrolment.person_id])).text
    assert "Bestäm snart" in page
    row = WorkAssignment.assignments.get(area=place.area)
    to = reverse("decide_work", args=[enrolment.person_id, row.pk])
    assert to in page
    said = {"what": "extend", "grounds": "Går bra", "ends": _in(cast, 200).isoformat()}
    assert visitor.post(to, {**said, "seen": row.version}).status_code == 302
    assert "Går bra" in visitor.get(to).text
