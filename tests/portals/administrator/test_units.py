"""Units: opened, changed and closed; what is kept of it, and what a colleague's change does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.platform.journal.models import Event
from stegvis.platform.tenancy.models import Unit
from tests.cast.people import Cast

pytestmark = pytest.mark.django_db
Signing = Callable[..., Any]


def _units(cast: Cast, as_job: Callable[..., Any]) -> dict[str, Unit]:
    with as_job(cast.ekdala.tenant):
        return {unit.name: unit for unit in Unit.objects.order_by("name")}


def _last_event(cast: Cast, as_job: Callable[..., Any]) -> Event:
    with as_job(cast.ekdala.tenant):
        event: Event = Event.events.order_by("-seq")[0]
        return event


def test_the_list_shows_each_unit_with_its_staff_in_few_queries(
    cast: Cast, sign_in: Signing, queries: Callable[[], Any]
) -> None:
    visitor = sign_in(cast["ada"])
    with queries() as made:
        response = visitor.get(reverse("units"))
    text = response.content.decode()
    assert "AME-kontoret" in text
    assert "Arbetscentrum" in text
    assert "Jobcentret" not in text, "another municipality's unit"
    assert made.count <= 8, made.statements


@pytest.mark.requirement("AJ-64")
def test_a_unit_is_opened_with_the_step_names_it_speaks(
    cast: Cast, sign_in: Signing, as_job: Callable[..., Any]
) -> None:
    visitor = sign_in(cast["ada"])
    typed = {"name": "Textilen", "kind": "workshop", "track": "ac"}
    response = visitor.post(reverse("unit_new"), typed)
    assert response.status_code == 302, response.content.decode()
    unit = _units(cast, as_job)["Textilen"]
    assert unit.track == "ac"
    event = _last_event(cast, as_job)
    assert (event.what, event.details, event.persons) == (
        "unit_opened",
        {"row": str(unit.pk)},
        [],
    )


def test_the_same_submission_twice_opens_one_unit(
    cast: Cast, sign_in: Signing, as_job: Callable[..., Any]
) -> None:
    visitor = sign_in(cast["ada"])
    typed = {
        "name": "Textilen",
        "kind": "workshop",
        "track": "",
        "submission": "01a200d5-6cef-7fc6-8785-fa162f82b41e",
    }
    first = visitor.post(reverse("unit_new"), typed)
    again = visitor.post(reverse("unit_new"), typed)
    assert (first.status_code, again.status_code) == (302, 302)
    assert "Textilen" in _units(cast, as_job)


def test_a_name_that_is_taken_is_said_at_the_field_and_what_was_typed_is_kept(
    cast: Cast, sign_in: Signing
) -> None:
    typed = {"name": "AME-kontoret", "kind": "workshop", "track": "ac"}
    response = sign_in(cast["ada"]).post(reverse("unit_new"), typed)
    assert response.status_code == 200
    assert "id_name_error" in response.content.decode()
    assert 'value="ac" selected' in response.content.decode()


@pytest.mark.requirement("INV-2")
def test_a_colleagues_newer_change_is_shown_beside_and_not_written_over(
    cast: Cast, sign_in: Signing, as_job: Callable[..., Any]
) -> None:
    unit = _units(cast, as_job)["AME-kontoret"]
    visitor, there = sign_in(cast["ada"]), reverse("unit", kwargs={"unit": unit.pk})
    base = {"kind": "office", "track": "ame"}
    assert visitor.post(there, {**base, "name": "Kontoret", "version": 1}).status_code == 302
    late = visitor.post(there, {**base, "name": "Expeditionen", "version": 1})
    text = late.content.decode()
    assert late.status_code == 200
    assert "<td>Kontoret</td>" in text
    assert "<td>Expeditionen</td>" in text
    assert 'value="Expeditionen"' in text, "what was typed stays in the field"
    assert "Kontoret" in _units(cast, as_job)
    assert 'name="version" value="2"' in text
    assert visitor.post(there, {**base, "name": "Expeditionen", "version": 2}).status_code == 302, (
        "the second time it is meant"
    )
    assert "Expeditionen" in _units(cast, as_job)


def test_a_closed_unit_says_since_when_and_is_no_longer_offered(
    cast: Cast, sign_in: Signing, as_job: Callable[..., Any]
) -> None:
    unit = _units(cast, as_job)["Arbetscentrum"]
    visitor = sign_in(cast["ada"])
    response = visitor.post(
        reverse("unit_close", kwargs={"unit": unit.pk}),
        {"close-closed_on": "2026-11-01", "close-version": 1},
    )
    assert response.status_code == 302
    assert str(unit.pk) not in visitor.get(reverse("staff_invite")).content.decode()
    assert _last_event(cast, as_job).what == "unit_closed"


def test_another_municipalitys_unit_is_not_there(
    cast: Cast, sign_in: Signing, as_job: Callable[..., Any]
) -> None:
    abroad = reverse("unit", kwargs={"unit": cast.birkeso.units[0]})
    assert sign_in(cast["ada"]).get(abroad).status_code == 404


@pytest.mark.parametrize("who", ["asta", "mona", "vera", "loke", "petra", "evert", "olle", "nils"])
@pytest.mark.parametrize("name", ["units", "unit_new", "staff", "staff_invite", "schemes"])
def test_only_an_administrator_opens_the_administration(
    cast: Cast, sign_in: Signing, who: str, name: str
) -> None:
    assert sign_in(cast[who]).get(reverse(name)).status_code == 404
