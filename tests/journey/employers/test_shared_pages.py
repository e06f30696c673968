"""The pool of places shared between municipalities, as each side sees it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.employers.models import Opening, PlaceRequest, SharedOpening, SharingPact
from stegvis.journey.employers.tasks import publish_in
from stegvis.platform.access.decision import Purpose
from stegvis.platform.journal.writing import Page, keeping
from tests.cast.people import PARTICIPANTS, Cast
from tests.portals.caseworker.reading import faults_of, text_of

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Any]
PAGE = "shared_places"


@pytest.mark.requirement("JI-43", "X-01", "INV-20", "N-07")
def test_b_sees_a_place_of_a_asks_for_it_and_a_answers_and_nobody_is_named(
    cast: Cast, sign_in: SignIn, as_job: SignIn, queries: Any
) -> None:
    mads, jonna = sign_in(cast["mads"]), sign_in(cast["jonna"])
    with queries() as made:
        page = text_of(mads.get(reverse(PAGE)))
    assert made.count <= 12, made.statements
    assert "Plock och pack" in page
    assert "Kim Kontakt" not in page  # who answers there stays at home, as do the staff
    assert "Ami Anställd" not in page
    address = reverse("ask_place", args=[cast.birkeso.firm["place"]])
    assert mads.post(address, {"wanted_from": cast.on.isoformat()}).status_code == 302
    assert len(faults_of(text_of(mads.post(address, {"wanted_from": cast.on.isoformat()})))) == 1
    asked = text_of(jonna.get(reverse(PAGE)))
    assert "Mads Birkesodotter" in asked
    people = [cast.participants[key] for key in PARTICIPANTS]
    for one in people:
        assert one.name not in asked
        assert one.name not in page
    with as_job(cast.ekdala.tenant):
        (row,) = PlaceRequest.objects.all()
    assert jonna.post(reverse(PAGE), {"do": f"yes:{row.pk}"}).status_code == 302
    assert "Ja, en plads" in text_of(mads.get(reverse(PAGE)))


@pytest.mark.requirement("JI-43")
def test_a_yes_leads_on_to_whoever_needs_a_place(
    cast: Cast, sign_in: SignIn, as_job: SignIn, queries: Any
) -> None:
    mads, jonna = sign_in(cast["mads"]), sign_in(cast["jonna"])
    address = reverse("ask_place", args=[cast.birkeso.firm["place"]])
    mads.post(address, {"wanted_from": cast.on.isoformat()})
    with as_job(cast.birkeso.tenant):
        (ours,) = PlaceRequest.objects.all()
    take = {"do": f"take:{ours.pk}"}
    mads.post(reverse(PAGE), take)  # nobody has said yes: nothing happens
    with as_job(cast.ekdala.tenant):
        (row,) = PlaceRequest.objects.all()
    jonna.post(reverse(PAGE), {"do": f"yes:{row.pk}"})
    day = reverse("my_day")
    assert "Har sagt ja til Plock och pack" in text_of(mads.get(day))
    assert "Har sagt ja til" not in text_of(sign_in(cast["inge"]).get(day)), "mads has asked"
    for _twice in range(2):
        assert mads.post(reverse(PAGE), take).status_code == 302
    with as_job(cast.birkeso.tenant):
        (opening,) = Opening.openings.filter(submission=ours.token)
        assert (opening.site.name, opening.places, opening.shared) == (ours.site, 1, False)
    mads.get(reverse(PAGE))
    with queries() as made:
        page = mads.get(reverse(PAGE)).text
    assert made.count <= 12
    assert reverse("needing_place") in page
    assert reverse("company", args=[opening.site.company_id]) in page
    assert "Har sagt ja til" not in text_of(mads.get(day))


@pytest.mark.requirement("JI-43")
def test_an_agreement_is_offered_by_one_accepted_by_the_other_and_ended_by_either(
    cast: Cast, sign_in: SignIn, as_job: SignIn
) -> None:
    mona, mads = sign_in(cast["mona"]), sign_in(cast["mads"])
    with as_job(cast.ekdala.tenant):
        there = SharingPact.pacts.get()
    assert mona.post(reverse(PAGE), {"do": f"end:{there.pk}"}).status_code == 302
    page = text_of(mads.get(reverse(PAGE)))
    assert "Plock och pack" not in page.split("Aftaler")[0]
    said = {"peer": str(cast.birkeso.tenant), "since": cast.on.isoformat()}
    assert mona.post(reverse("new_pact"), said).status_code == 302
    with as_job(cast.birkeso.tenant):
        offered = SharingPact.pacts.get(state="offered")
    before = text_of(mads.get(reverse(PAGE)))
    assert "Plock och pack" not in before.split("Aftaler")[0]
    mads.post(reverse(PAGE), {"do": f"accept:{offered.pk}"})  # no manager: nothing happens
    assert "Plock och pack" not in text_of(mads.get(reverse(PAGE))).split("Aftaler")[0]
    sign_in(cast["mette"]).post(reverse(PAGE), {"do": f"accept:{offered.pk}"})
    publish_in(cast.ekdala.tenant)  # every ten minutes
    assert "Plock och pack" in text_of(mads.get(reverse(PAGE))).split("Aftaler")[0]
    with as_job(cast.birkeso.tenant):
        offered.refresh_from_db()
        assert offered.state == "accepted"


def test_only_a_manager_agrees(cast: Cast, sign_in: SignIn, as_job: SignIn) -> None:
    jonna = sign_in(cast["jonna"])
    with as_job(cast.ekdala.tenant):
        there = SharingPact.pacts.get()
    jonna.post(reverse(PAGE), {"do": f"end:{there.pk}"})
    with as_job(cast.ekdala.tenant):
        there.refresh_from_db()
        assert there.state == "accepted"
    assert jonna.get(reverse("new_pact")).status_code in {403, 404}


def test_what_is_free_is_what_the_company_says_and_the_filter_asks_it(
    cast: Cast, sign_in: SignIn, as_job: SignIn
) -> None:
    jonna, mads = sign_in(cast["jonna"]), sign_in(cast["mads"])
    key = cast.ekdala.firm["opening"]
    assert "Plock och pack" not in _theirs(mads, {"free": "1"})
    address = reverse("free_places", args=[key])
    with as_job(cast.ekdala.tenant):
        version = str(Opening.openings.get(pk=key).version)
    said = {"free": "2", "shared": "on", "version": version}
    assert jonna.post(address, said).status_code == 302
    stale = text_of(jonna.post(address, said | {"free": "1"}))
    assert len(faults_of(stale)) == 1  # a colleague was faster; both versions are there
    assert "Plock och pack" in _theirs(mads, {"free": "1"})
    assert "Plock och pack" not in _theirs(mads, {"grade": "example"})
    assert "Plock och pack" in _theirs(mads, {"q": "lager pack"})
    assert jonna.post(address, {"free": "", "version": "9"}).status_code == 200


def _theirs(visitor: Any, asked: dict[str, str]) -> str:
    return text_of(visitor.get(reverse(PAGE), asked)).split('id="pacts"')[0]


def test_the_nightly_round_publishes_what_stands_that_night(cast: Cast, as_job: SignIn) -> None:
    with as_job(cast.ekdala.tenant):
        Opening.openings.update(name="Plock om natten")
    assert publish_in(cast.ekdala.tenant) == 1
    with as_job(cast.birkeso.tenant):
        assert SharedOpening.objects.get(withdrawn_on=None).name == "Plock om natten"


@pytest.mark.requirement("JI-43")
def test_a_site_that_pauses_is_not_shown(cast: Cast, sign_in: SignIn) -> None:
    jonna, mads = sign_in(cast["jonna"]), sign_in(cast["mads"])
    said = {"since": cast.on.isoformat()}
    jonna.post(reverse("new_site_pause", args=[cast.ekdala.firm["site"]]), said)
    assert "Plock och pack" not in _theirs(mads, {})
    assert "visas inte nu" in text_of(jonna.get(reverse(PAGE)))


@pytest.mark.requirement("X-01", "INV-20")
def test_a_key_of_another_municipality_is_not_there(
    cast: Cast, sign_in: SignIn, as_job: SignIn
) -> None:
    jonna = sign_in(cast["jonna"])
    for name, key in (
        ("ask_place", "place"),
        ("partnership", "company"),
        ("postal_area", "postal"),
    ):
        theirs = reverse(name, args=[cast.birkeso.firm[key]])
        assert jonna.get(theirs).status_code == 404, name
    with as_job(cast.birkeso.tenant), keeping(Page(what="test", purpose=Purpose.JOB)):
        pass
