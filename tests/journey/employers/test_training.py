"""What a site's staff have learnt, and the grade that follows from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.core.values.grades import Grade
from stegvis.journey.employers import facts
from stegvis.journey.employers.models import AmbassadorModule, Completed, Employee, Site
from tests.cast.people import Cast
from tests.portals.caseworker.reading import faults_of, text_of

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Any]
DAY = dt.timedelta(days=1)


@pytest.fixture
def place(cast: Cast, as_job: SignIn) -> Site:
    """The cast's site, with one module meant for everybody beside the one there is."""
    with as_job(cast.ekdala.tenant):
        AmbassadorModule(
            tenant_id=cast.ekdala.tenant, name="För alla", selected=True
        ).save(force_insert=True)  # fmt: skip
        return Site.sites.get(pk=cast.ekdala.firm["site"])


def _ticks(cast: Cast, as_job: SignIn, **on: str) -> dict[str, str]:
    with as_job(cast.ekdala.tenant):
        keys = {row.name: row.pk for row in AmbassadorModule.modules.all()}
    found = {}
    for name, day in on.items():
        key = keys[{"first": "Att ta emot någon", "every": "För alla"}[name]]
        found |= {f"done_{key}": "on", f"on_{key}": day}
    return found


@pytest.mark.requirement("JI-28", "INV-16")
def test_the_last_ambassador_leaves_and_the_grade_falls_the_day_after_with_its_history(
    cast: Cast, place: Site, sign_in: SignIn, as_job: SignIn
) -> None:
    jonna = sign_in(cast["jonna"])
    began, last = cast.on - 30 * DAY, cast.on - DAY
    said = {"name": "Ami Anställd", "version": "1"}
    said |= _ticks(cast, as_job, first=began.isoformat(), every=began.isoformat())
    address = reverse("change_employee", args=[cast.ekdala.firm["employee"]])
    assert jonna.post(address, said).status_code == 302
    with as_job(cast.ekdala.tenant):
        assert facts.grade(place, began - DAY) == Grade.NONE
        assert facts.grade(place, cast.on) == Grade.EXAMPLE  # she is everybody there
        assert [one.name for one in facts.ambassadors(place, cast.on)] == ["Ami Anställd"]
    gone = said | {"version": "2", "until": last.isoformat()}
    assert jonna.post(address, gone).status_code == 302
    with as_job(cast.ekdala.tenant):
        assert facts.grade(place, last) == Grade.EXAMPLE
        assert facts.grade(place, cast.on) == Grade.NONE
        assert facts.ambassadors(place, cast.on) == []
    page = text_of(jonna.get(reverse("site_staff", args=[place.pk])))
    assert page.count("Exempelföretag") == 1  # in the history alone
    assert "Ami Anställd" in page


@pytest.mark.requirement("JI-29", "INV-16")
def test_nineteen_of_twenty_is_an_ambassador_and_twenty_of_twenty_an_example(
    cast: Cast, place: Site, sign_in: SignIn, as_job: SignIn
) -> None:
    jonna = sign_in(cast["jonna"])
    key = {"tenant_id": cast.ekdala.tenant}
    with as_job(cast.ekdala.tenant):
        module = AmbassadorModule.modules.get(name="För alla")
        staff = [Employee(**key, site=place, name=f"Nr {n}") for n in range(19)]
        Employee.employees.bulk_create(staff)
        ami = cast.ekdala.firm["employee"]
        trained = [ami, *(one.pk for one in staff[:-1])]
        Completed.objects.bulk_create(
            Completed(**key, employee_id=one, module=module) for one in trained
        )
        assert facts.grade(place, cast.on) == Grade.AMBASSADOR
    said = {"name": "Nr 18", "version": "1"} | _ticks(cast, as_job, every=cast.on.isoformat())
    assert jonna.post(reverse("change_employee", args=[staff[-1].pk]), said).status_code == 302
    with as_job(cast.ekdala.tenant):
        assert facts.grade(place, cast.on - DAY) == Grade.AMBASSADOR
        assert facts.grade(place, cast.on) == Grade.EXAMPLE
    assert "Exempelföretag" in text_of(jonna.get(reverse("companies")))


@pytest.mark.requirement("JI-26")
def test_a_tick_may_lack_its_day_and_may_be_taken_back_but_not_be_of_tomorrow(
    cast: Cast, place: Site, sign_in: SignIn, as_job: SignIn
) -> None:
    jonna, ami = sign_in(cast["jonna"]), cast.ekdala.firm["employee"]
    address = reverse("change_employee", args=[ami])
    said = {"name": "Ami Anställd", "version": "1"}
    tomorrow = _ticks(cast, as_job, first=(cast.on + DAY).isoformat())
    assert len(faults_of(text_of(jonna.post(address, said | tomorrow)))) == 1
    assert jonna.post(address, said | _ticks(cast, as_job, every="")).status_code == 302
    with as_job(cast.ekdala.tenant):
        (row,) = Completed.objects.filter(employee=ami)
        assert (row.module.name, row.on) == ("För alla", None)


def test_a_module_that_is_over_keeps_its_ticks(
    cast: Cast, place: Site, sign_in: SignIn, as_job: SignIn
) -> None:
    jonna, firm = sign_in(cast["jonna"]), cast.ekdala.firm
    with as_job(cast.ekdala.tenant):
        AmbassadorModule.modules.filter(pk=firm["module"]).update(until=cast.on)
    said = {"name": "Ami Anställd", "version": "1"} | _ticks(cast, as_job, every="")
    address = reverse("change_employee", args=[firm["employee"]])
    assert jonna.post(address, said).status_code == 302
    with as_job(cast.ekdala.tenant):
        assert Completed.objects.filter(employee=firm["employee"]).count() == 2


@pytest.mark.requirement("INV-16")
def test_for_whom_a_module_is_meant_is_said_once(
    cast: Cast, sign_in: SignIn, as_job: SignIn
) -> None:
    jonna, key = sign_in(cast["jonna"]), cast.ekdala.firm["module"]
    said = {"name": "Bemötande", "selected": "on", "version": "1"}
    address = reverse("change_company_module", args=[key])
    assert jonna.post(address, said).status_code == 302
    with as_job(cast.ekdala.tenant):
        row = AmbassadorModule.modules.get(pk=key)
        assert (row.name, row.selected) == ("Bemötande", False)
    again = text_of(jonna.post(reverse("new_company_module"), {"name": "Bemötande"}))
    assert len(faults_of(again)) == 1
