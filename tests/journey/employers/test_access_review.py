"""Accessibility signed for by an expert, the plan, the filters; partnerships; what lies near."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.employers.models import Opening, PartnershipVersion, PostalArea, Site
from tests.cast.people import Cast
from tests.portals.caseworker.reading import faults_of, text_of

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Any]
DAY = dt.timedelta(days=1)
SAID = {
    "physical": "yes", "communicative": "partly", "informative": "unknown", "reception": "yes",
    "access_note": "Ingång från gården.", "plan": "Vilrum på plan 1.", "preparedness": "yes",
    "looked_by": "Hanna Sakkunnig", "looked_from": "Föreningen", "version": "1",
}  # fmt: skip


def review(cast: Cast, visitor: Any, **more: str) -> Any:
    said = SAID | {"looked_on": cast.on.isoformat()} | more
    return visitor.post(reverse("site_access", args=[cast.ekdala.firm["site"]]), said)


@pytest.mark.requirement("JI-46", "KN-105")
def test_a_site_is_looked_over_and_the_card_says_who_signed_and_what_the_plan_is(
    cast: Cast, sign_in: SignIn
) -> None:
    jonna = sign_in(cast["jonna"])
    card = reverse("company", args=[cast.ekdala.firm["company"]])
    assert "Ingen sakkunnig har skrivit under" in text_of(jonna.get(card))
    assert review(cast, jonna).status_code == 302
    page = text_of(jonna.get(card))
    for words in ("Hanna Sakkunnig, Föreningen", "Vilrum på plan 1.", "Ingång från gården."):
        assert words in page


@pytest.mark.requirement("JI-46")
@pytest.mark.parametrize(
    "more",
    [{"looked_by": ""}, {"looked_on": ""}, {"looked_on": "2099-01-01"}, {"plan": ""},
     {"looked_by": "", "looked_on": ""}],
)  # fmt: skip
def test_half_a_signature_or_a_plan_without_words_is_one_sentence(
    cast: Cast, sign_in: SignIn, as_job: SignIn, more: dict[str, str]
) -> None:
    page = text_of(review(cast, sign_in(cast["jonna"]), **more))
    assert len(faults_of(page)) == 1
    assert "Ingång från gården." in page
    with as_job(cast.ekdala.tenant):
        assert Site.sites.get(pk=cast.ekdala.firm["site"]).access_note == ""


@pytest.mark.requirement("JI-46")
def test_what_is_changed_afterwards_is_signed_by_nobody(
    cast: Cast, sign_in: SignIn, as_job: SignIn
) -> None:
    jonna, key = sign_in(cast["jonna"]), cast.ekdala.firm["site"]
    review(cast, jonna)
    same = {k: SAID[k] for k in ("physical", "communicative", "informative", "reception")}
    said = same | {"name": "Norra lagret", "version": "2"}
    address = reverse("change_site", args=[key])
    assert jonna.post(address, said).status_code == 302
    with as_job(cast.ekdala.tenant):
        assert Site.sites.get(pk=key).looked_by == "Hanna Sakkunnig"
    assert jonna.post(address, said | {"physical": "no", "version": "3"}).status_code == 302
    with as_job(cast.ekdala.tenant):
        row = Site.sites.get(pk=key)
        assert (row.looked_by, row.looked_on, row.plan) == ("", None, "Vilrum på plan 1.")


@pytest.mark.requirement("JI-46", "JI-45")
def test_openings_are_found_by_an_expert_s_name_and_a_plan(
    cast: Cast, sign_in: SignIn, queries: Any
) -> None:
    jonna, address = sign_in(cast["jonna"]), reverse("openings")
    for asked in ("expert", "plan"):
        assert "Plock och pack" not in text_of(jonna.get(address, {asked: "1"}))
    review(cast, jonna)
    for asked in ("expert", "plan"):
        assert "Plock och pack" in text_of(jonna.get(address, {asked: "1"}))
    with queries() as made:
        jonna.get(address, {"from": "11122", "expert": "1"})
    assert made.count <= 12, made.statements


@pytest.mark.requirement("JI-30")
def test_example_companies_with_a_free_place_near_home_are_found(
    cast: Cast, sign_in: SignIn, as_job: SignIn
) -> None:
    """The middle of 11122 lies at 59, 18; the site of the cast 6 km north of it."""
    jonna, address = sign_in(cast["jonna"]), reverse("openings")
    asked = {"from": "11122", "km": "10", "free": "1"}
    assert "Plock och pack" not in text_of(jonna.get(address, asked))
    with as_job(cast.ekdala.tenant):
        key = cast.ekdala.firm["site"]
        Site.sites.filter(pk=key).update(latitude="59.05396", longitude="18")
        Opening.openings.filter(site=key).update(free=1, free_on=cast.on)
    page = text_of(jonna.get(address, asked))
    assert "Plock och pack" in page
    assert "ungefär 6 km fågelvägen" in page
    assert "Plock och pack" not in text_of(jonna.get(address, asked | {"km": "5"}))
    assert "Plock och pack" not in text_of(jonna.get(address, asked | {"grade": "example"}))


def test_a_postal_area_is_written_down_once_and_stands_for_an_address(
    cast: Cast, sign_in: SignIn, as_job: SignIn
) -> None:
    jonna = sign_in(cast["jonna"])
    said = {"code": "111 33", "name": "Norr", "latitude": "59.1", "longitude": "18"}
    assert jonna.post(reverse("new_postal_area"), said).status_code == 302
    for bad in (said, said | {"code": "abc"}, said | {"code": "11144", "latitude": "91"}):
        assert len(faults_of(text_of(jonna.post(reverse("new_postal_area"), bad)))) == 1
    with as_job(cast.ekdala.tenant):
        assert PostalArea.objects.filter(code="11133").count() == 1
        Site.sites.filter(pk=cast.ekdala.firm["site"]).update(address="Vägen 3, 111 33 Ekdala")
    page = text_of(jonna.get(reverse("openings"), {"from": "11122", "km": "20"}))
    assert "ungefär 11 km" in page


@pytest.mark.requirement("FM-55")
def test_a_partnership_has_versions_and_is_signed_on_paper(
    cast: Cast, sign_in: SignIn, as_job: SignIn, queries: Any
) -> None:
    jonna, key = sign_in(cast["jonna"]), cast.ekdala.firm["company"]
    form = text_of(jonna.get(reverse("new_partnership", args=[key])))
    assert "Tar emot två om året." in form  # begins with what the newest says
    said = {"company_does": "Tar emot tre.", "we_do": "Svarar.", "since": cast.on.isoformat()}
    assert jonna.post(reverse("new_partnership", args=[key]), said).status_code == 302
    with as_job(cast.ekdala.tenant):
        newest = PartnershipVersion.objects.get(number=2)
    names = {"signed_by": "Siv Ros", "signed_for_us": "Jonna", "signed_on": cast.on.isoformat()}
    address = reverse("sign_partnership", args=[newest.pk])
    assert jonna.post(address, names).status_code == 302
    assert len(faults_of(text_of(jonna.post(address, names)))) == 1
    with queries() as made:
        page = text_of(jonna.get(reverse("partnership", args=[key])))
    assert made.count <= 12, made.statements
    assert "Siv Ros · Jonna" in page
    assert "Tar emot två om året." in page  # the one before stands below
