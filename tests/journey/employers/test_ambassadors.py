"""Who is fully trained, by municipality and sector; a list read in; and what ambassadors answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.employers.actions import training as verbs
from stegvis.journey.employers.facts import training as told
from stegvis.journey.employers.facts.sharing import trained
from stegvis.journey.employers.models import (
    AmbassadorAsked,
    AmbassadorModule,
    Company,
    Completed,
    Employee,
    Site,
)
from tests.cast.people import Cast
from tests.portals.caseworker.reading import faults_of, rows_of, text_of

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Any]
DAY = dt.timedelta(days=1)
MODULE = "Att ta emot någon"


def listed(count: int, on: dt.date) -> str:
    return "\n".join(
        f"Lagerbolaget; Norra lagret; Anna Nr {n}; {MODULE}; {on if n % 3 else ''}"
        for n in range(count)
    )


@pytest.mark.requirement("JI-27")
def test_ninety_completions_are_read_in_and_counted_by_municipality_and_sector(
    cast: Cast, sign_in: SignIn, as_job: SignIn, queries: Any
) -> None:
    jonna, address = sign_in(cast["jonna"]), reverse("list_completions")
    with as_job(cast.ekdala.tenant):
        Company.objects.filter(pk=cast.ekdala.firm["company"]).update(sector="private")
    with as_job(cast.birkeso.tenant):
        Company.objects.filter(pk=cast.birkeso.firm["company"]).update(sector="public")
    said = {"lines": listed(90, cast.on - DAY)}
    assert jonna.post(address, said).status_code == 302
    assert jonna.post(address, said).status_code == 302  # again: nothing is there twice
    with as_job(cast.ekdala.tenant):
        assert Completed.objects.count() == 91  # and the cast's one
        assert Completed.objects.filter(on__isnull=True).count() == 31
        found = {(one.town, one.sector): one.named for one in trained("Ekdala", cast.on)}
    assert found["Ekdala", "private"] == 91
    with queries() as made:
        page = text_of(jonna.get(reverse("ambassadors")))
    assert made.count <= 12, made.statements
    assert any(row[1:3] == ["Privat", "91"] for row in rows_of(page))
    assert "91 har den" in page


@pytest.mark.requirement("JI-27")
def test_of_another_municipality_what_it_shows_is_counted(
    cast: Cast, sign_in: SignIn, as_job: SignIn
) -> None:
    with as_job(cast.ekdala.tenant):
        verbs.record(told.read(listed(2, cast.on), cast.on)[0])
    with as_job(cast.birkeso.tenant):
        found = trained("Her", cast.on)
    named = {one.town: (one.named, one.ambassador) for one in found}
    assert named.pop("Her") == (1, 1)
    assert list(named.values()) == [(3, 1)]


def test_a_list_with_a_fault_stores_nothing_and_says_which_lines(
    cast: Cast, sign_in: SignIn, as_job: SignIn
) -> None:
    tomorrow = (cast.on + DAY).isoformat()
    lines = [
        f"Lagerbolaget;;Bo Ny;{MODULE}",
        f"Okänt AB;;Bo Ny;{MODULE}",
        f"Lagerbolaget;Södra;Bo Ny;{MODULE}",
        "Lagerbolaget;;Bo Ny;Okänd del",
        f"Lagerbolaget;;;{MODULE}",
        f"Lagerbolaget;;Bo Ny;{MODULE};i våras",
        f"Lagerbolaget;;Bo Ny;{MODULE};{tomorrow}",
        "Lagerbolaget",
    ]
    page = text_of(
        sign_in(cast["jonna"]).post(reverse("list_completions"), {"lines": "\n".join(lines)})
    )
    for number in range(2, 9):
        assert f"Rad {number}:" in page
    assert "Rad 1:" not in page
    assert "i våras" in page  # what was typed stays
    with as_job(cast.ekdala.tenant):
        assert not Employee.employees.filter(name="Bo Ny").exists()


def test_a_day_that_was_not_known_is_filled_in_and_one_that_is_stays(
    cast: Cast, as_job: SignIn
) -> None:
    line = f"Lagerbolaget;;AMI anställd;{MODULE};"
    with as_job(cast.ekdala.tenant):
        for day in (cast.on - 9 * DAY, cast.on):
            assert verbs.record(told.read(f"{line}{day}", cast.on)[0]) == 0
        row = Completed.objects.get(employee=cast.ekdala.firm["employee"])
        assert row.on == cast.on - 9 * DAY


def test_more_than_five_hundred_lines_at_a_time_are_refused(cast: Cast, as_job: SignIn) -> None:
    with as_job(cast.ekdala.tenant):
        _lines, faults = told.read(listed(502, cast.on), cast.on)
    assert faults == [(501, "too_long"), (502, "too_long")]


@pytest.mark.requirement("JI-53")
def test_ambassadors_are_asked_and_counts_are_shown_from_five_without_a_rank(
    cast: Cast, sign_in: SignIn, as_job: SignIn, queries: Any
) -> None:
    jonna, address = sign_in(cast["jonna"]), reverse("ambassadors_asked")
    with as_job(cast.ekdala.tenant):
        verbs.record(told.read(listed(5, cast.on), cast.on)[0])
        people = list(Employee.employees.filter(name__startswith="Anna").order_by("name"))
    for one in people[:4]:
        assert jonna.post(address, {"do": str(one.pk)}).status_code == 302
    with as_job(cast.ekdala.tenant):
        waits = list(AmbassadorAsked.objects.filter(answered_on=None).order_by("id"))
    said = {"prepared": "3", "supported": "2", "again": "4", "version": "1"}
    first = reverse("ambassador_answers", args=[waits[0].pk])
    half = text_of(jonna.post(first, said | {"again": ""}))
    assert len(faults_of(half)) == 1
    for row in waits[:4]:
        jonna.post(reverse("ambassador_answers", args=[row.pk]), said)
    page = text_of(jonna.get(address))
    assert "4 av 5 har svarat" in page
    assert "Visas när 5 har svarat." in page
    assert "Var du tillräckligt förberedd?" not in page
    jonna.post(reverse("ambassador_answers", args=[waits[4].pk]), said)
    with queries() as made:
        page = text_of(jonna.get(address))
    assert made.count <= 12, made.statements
    assert ["Var du tillräckligt förberedd?", "0", "0", "5", "0"] in rows_of(page)
    assert jonna.get(first).status_code == 404  # answered once


def test_who_has_left_is_not_asked(cast: Cast, sign_in: SignIn, as_job: SignIn) -> None:
    jonna, key = sign_in(cast["jonna"]), cast.ekdala.firm["employee"]
    with as_job(cast.ekdala.tenant):
        AmbassadorAsked.objects.update(answered_on=cast.on, prepared=1, supported=1, again=1)
        Employee.employees.filter(pk=key).update(until=cast.on)
    jonna.post(reverse("ambassadors_asked"), {"do": str(key)})
    with as_job(cast.ekdala.tenant):
        assert AmbassadorAsked.objects.count() == 1
        site = Site.sites.get(pk=cast.ekdala.firm["site"])
        assert site.name not in {row.name for row in told.whole(cast.on)}
        assert AmbassadorModule.modules.count() == 1
