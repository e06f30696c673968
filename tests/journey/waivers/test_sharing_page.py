"""The page on which a waiver is written down, read and taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.waivers.models import Waiver
from tests.cast.people import Cast
from tests.portals.caseworker.reading import faults_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("AJ-41")]
Signing = Callable[..., Any]
SENT = {
    "do": "give",
    "counterpart_kind": "FK",
    "counterpart_name": "Försäkringskassan",
    "categories": ["attendance", "goals"],
    "direction": "give",
    "purpose": "report",
    "basis": "osl_12_2",
    "form": "oral",
    "reservation": "Inte om min rygg",
    "valid_from": "2026-03-02T08:00",
    "valid_to": "2026-09-02T08:00",
    "language": "somaliska",
}


@pytest.fixture
def address(cast: Cast) -> str:
    return reverse("sharing", args=[cast.person("own").person])


def test_it_is_written_down_listed_and_taken_back_in_one_request_each(
    cast: Cast, sign_in: Signing, address: str, as_job: Callable[..., Any], settings: Any
) -> None:
    asta = sign_in(cast["asta"])
    first = asta.get(address)
    offered = first.context["form"]
    sent = SENT | {name: offered[name].value() for name in ("valid_from", "valid_to")}
    assert asta.post(address, sent).status_code == 302
    page = text_of(asta.get(address))
    assert "Försäkringskassan" in page
    assert "Inte om min rygg" in page
    with as_job(cast.ekdala.tenant):
        row = Waiver.waivers.get(person=cast.person("own").person)
    assert row.noted_by_id == cast["asta"].member
    assert asta.post(address, {"do": f"withdraw-{row.pk}"}).status_code == 302
    with as_job(cast.ekdala.tenant):
        assert Waiver.waivers.get(pk=row.pk).withdrawn_at is not None


def test_what_was_typed_stays_when_something_is_wrong(
    cast: Cast, sign_in: Signing, address: str, as_job: Callable[..., Any]
) -> None:
    response = sign_in(cast["asta"]).post(address, SENT | {"counterpart_name": "alla"})
    assert len(faults_of(response.content.decode())) == 1
    assert "Inte om min rygg" in response.content.decode()
    with as_job(cast.ekdala.tenant):
        assert not Waiver.waivers.exists()


def test_another_persons_waiver_is_not_withdrawn_here(
    cast: Cast, sign_in: Signing, address: str
) -> None:
    key = "0198c0de-0000-7000-8000-000000000000"
    assert sign_in(cast["asta"]).post(address, {"do": f"withdraw-{key}"}).status_code == 404


def test_the_manager_reads_and_writes_nothing(cast: Cast, sign_in: Signing, address: str) -> None:
    mona = sign_in(cast["mona"])
    assert mona.get(address).context["form"] is None
    assert mona.post(address, SENT).status_code == 404


def test_it_costs_few_queries(
    cast: Cast, sign_in: Signing, address: str, queries: Callable[[], Any]
) -> None:
    asta = sign_in(cast["asta"])
    asta.get(address)
    with queries() as made:
        asta.get(address)
    assert made.count <= 12
