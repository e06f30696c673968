"""Schemes with validity, words with meaning, commissions with places used."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.intake.models import Commission
from stegvis.journey.programmes.models import Scheme, Term
from tests.cast.people import Cast

pytestmark = pytest.mark.django_db
Signing = Callable[..., Any]
Job = Callable[..., Any]
SCHEME = {"code": "sprakpraktik", "name": "Språkpraktik", "valid_from": "2020-01-01"}


@pytest.mark.requirement("KN-03")
def test_a_scheme_gets_an_end_and_keeps_its_row(cast: Cast, sign_in: Signing, as_job: Job) -> None:
    admin = sign_in(cast["ada"])
    assert admin.post(reverse("scheme_new"), {**SCHEME, "valid_to": ""}).status_code == 302
    with as_job(cast.ekdala.tenant):
        row = Scheme.objects.get(code="sprakpraktik")
    typed = {"name": "Språkpraktik", "valid_from": "2020-01-01", "valid_to": "2024-01-01"}
    there = reverse("scheme", kwargs={"row": row.pk})
    assert admin.post(there, {**typed, "version": 1}).status_code == 302
    with as_job(cast.ekdala.tenant):
        row.refresh_from_db()
    assert (str(row.valid_to), row.code) == ("2024-01-01", "sprakpraktik")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": "Å Ä"}, "code"),
        ({"name": ""}, "name"),
        ({"valid_to": "2019-01-01"}, "valid_to"),
        ({"valid_to": "when it ends"}, "valid_to"),
    ],
)
def test_a_scheme_that_makes_no_sense_is_refused_at_its_field(
    cast: Cast, sign_in: Signing, wrong: dict[str, str], field: str
) -> None:
    answer = sign_in(cast["ada"]).post(reverse("scheme_new"), {**SCHEME, **wrong})
    assert f"id_{field}_error" in answer.content.decode()


def test_a_code_is_taken_once(cast: Cast, sign_in: Signing) -> None:
    admin = sign_in(cast["ada"])
    assert admin.post(reverse("scheme_new"), SCHEME).status_code == 302
    again = admin.post(reverse("scheme_new"), SCHEME)
    assert "id_code_error" in again.content.decode()


@pytest.mark.requirement("KN-60")
def test_a_word_is_explained_in_the_municipalitys_language(
    cast: Cast, sign_in: Signing, as_job: Job
) -> None:
    admin = sign_in(cast["ada"])
    typed = {
        "term": "arbetsprövning",
        "definition": "Att prova.",
        "source": "Vår egen",
        "local_practice": "Två veckor.",
    }
    assert admin.post(reverse("term_new"), typed).status_code == 302
    with as_job(cast.ekdala.tenant):
        row = Term.objects.get(term="arbetsprövning")
    assert (row.language, row.local_practice) == ("sv", "Två veckor.")
    there = reverse("term", kwargs={"row": row.pk})
    assert admin.post(there, {**typed, "definition": "Ny.", "version": 1}).status_code == 302
    late = admin.post(there, {**typed, "definition": "Sen.", "version": 1})
    assert "<td>Ny.</td>" in late.content.decode()


@pytest.mark.requirement("JI-54")
def test_a_commission_shows_places_ordered_and_used_without_telling_of_few(
    cast: Cast, sign_in: Signing, queries: Callable[[], Any]
) -> None:
    admin = sign_in(cast["ada"])
    for unit, places in zip(cast.ekdala.units, (40, 12), strict=True):
        typed = {"agency": "AF", "unit": unit, "places": places, "since": "2026-01-01", "until": ""}
        assert admin.post(reverse("commission_new"), typed).status_code == 302
    with queries() as made:
        text = " ".join(admin.get(reverse("commissions")).content.decode().split())
    open_first = sum(
        one.enrolment is not None
        and one.key != "left"
        and one.town is cast.ekdala
        and one.key != "other_unit"
        and one not in cast.protected  # in no count: it would tell that they are there
        for one in cast.participants.values()
    )
    assert open_first >= 5, "the cast must hold enough people for a number to be said"
    figures = re.findall(r'<td class="num"[^>]*>([^<]+)</td>', text)
    pairs = list(zip(figures[::2], figures[1::2], strict=True))
    assert ("40", str(open_first)) in pairs
    assert ("12", "1–4") in pairs
    assert made.count <= 12, made.statements


def test_a_commission_must_end_after_it_begins(cast: Cast, sign_in: Signing, as_job: Job) -> None:
    typed = {
        "agency": "AF",
        "unit": cast.ekdala.units[0],
        "places": 3,
        "since": "2026-02-01",
        "until": "2026-01-01",
    }
    answer = sign_in(cast["ada"]).post(reverse("commission_new"), typed)
    assert "id_until_error" in answer.content.decode()
    with as_job(cast.ekdala.tenant):
        assert not Commission.objects.filter(places=3, since="2026-02-01").exists()
