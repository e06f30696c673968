"""Who someone is and how they are reached, as the case worker keeps it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.core.values.identity import read_number
from stegvis.journey.people.actions import renumber
from stegvis.journey.people.models import Contact, Identity, Person
from stegvis.platform.journal.models import Event
from stegvis.platform.tenancy.memory import earlier
from tests.cast.people import Cast
from tests.portals.caseworker.reading import faults_of, text_of

pytestmark = pytest.mark.django_db
Signing = Callable[..., Any]
Work = Callable[..., Any]


@pytest.fixture
def address(cast: Cast) -> str:
    return reverse("about", args=[cast.person("own").person])


def test_a_number_is_shown_as_a_hint_until_somebody_asks(
    cast: Cast, sign_in: Signing, address: str, as_job: Work
) -> None:
    asta, own = sign_in(cast["asta"]), cast.person("own")
    assert own.number not in text_of(asta.get(address))
    with as_job(cast.ekdala.tenant):
        number = Identity.objects.get(person=own.person)
    assert own.number in text_of(asta.get(f"{address}?number={number.pk}"))
    with as_job(cast.ekdala.tenant):
        assert Event.events.about(own.person).filter(what="number_shown").exists()


def test_contact_data_are_changed_and_what_they_were_is_kept(
    cast: Cast, sign_in: Signing, address: str, as_job: Work
) -> None:
    sent = {"do": "contact", "contact-phone": "070-174 06 99", "contact-email": ""}
    sign_in(cast["asta"]).post(address, sent)
    sign_in(cast["asta"]).post(address, sent | {"contact-phone": "070-174 06 98"})
    with as_job(cast.ekdala.tenant):
        person = cast.person("own").person
        assert Contact.objects.get(person=person).phone == "070-174 06 98"
        before: list[Any] = earlier(Contact, person_id=person, phone="070-174 06 99")
        assert [row.kept_by for row in before] == [cast["asta"].member]


def test_a_new_name_is_found_and_sorted_at_once(cast: Cast, sign_in: Signing, address: str) -> None:
    asta = sign_in(cast["asta"])
    asta.post(address, {"do": "name", "name-given": "Ylva", "name-family": "Zetterström-Ny"})
    assert "Ylva Zetterström-Ny" in text_of(asta.get(f"{reverse('participants')}?q=zetter"))


def test_a_name_of_unseen_letters_alone_is_no_name(
    cast: Cast, sign_in: Signing, address: str, as_job: Work
) -> None:
    sent = {"do": "name", "name-given": "\u200b\u202e", "name-family": "Ek"}
    assert sign_in(cast["asta"]).post(address, sent).status_code == 200
    with as_job(cast.ekdala.tenant):
        assert Person.people.get(pk=cast.person("own").person).family_name != "Ek"


@pytest.mark.requirement("N-07")
def test_another_persons_number_is_refused_without_saying_whose_it_is(
    cast: Cast, sign_in: Signing, address: str
) -> None:
    asta = sign_in(cast["asta"])
    answers = []
    for key in ("other_unit", "protected_hidden"):
        there = cast.person(key)
        page = asta.post(address, {"do": "number", "number-number": there.number})
        assert page.status_code == 200
        text = text_of(page)
        assert there.family not in text
        answers.append(faults_of(text))
    assert answers[0] == answers[1] != []


def test_whoever_protects_a_person_goes_on_seeing_them_and_colleagues_stop(
    cast: Cast, sign_in: Signing, address: str
) -> None:
    asta, mona = sign_in(cast["asta"]), sign_in(cast["mona"])
    person = reverse("person", args=[cast.person("own").person])
    assert mona.get(person).status_code == 200
    asta.post(address, {"do": "protect", "protect-grade": "marked", "protect-sure": "on"})
    assert asta.get(person).status_code == 200
    assert mona.get(person).status_code == 404
    assert sign_in(cast["vera"]).get(person).status_code == 404
    assert sign_in(cast["petra"]).get(person).status_code == 200


def test_a_whole_number_beside_a_fault_is_not_shown_without_a_trace(
    cast: Cast, sign_in: Signing, address: str, as_job: Work
) -> None:
    own = cast.person("own")
    with as_job(cast.ekdala.tenant):
        number = Identity.objects.get(person=own.person)
    sent = {"do": "contact", "contact-email": "no address"}
    response = sign_in(cast["asta"]).post(f"{address}?number={number.pk}", sent)
    assert faults_of(text_of(response))
    assert own.number not in text_of(response)


@pytest.mark.requirement("X-04")
def test_who_tries_a_number_to_learn_whose_it_is_leaves_a_trace_there(
    cast: Cast, sign_in: Signing, address: str, as_job: Work
) -> None:
    hidden = cast.person("protected_hidden")
    tried = read_number("197903129810", country="SE", on=cast.on)
    assert tried is not None
    with as_job(cast.ekdala.tenant):
        renumber(Person.people.get(pk=hidden.person), tried, on=cast.on)
    sent = {"do": "number", "number-number": "19790312-9810"}
    assert faults_of(text_of(sign_in(cast["asta"]).post(address, sent)))
    with as_job(cast.ekdala.tenant):
        event = Event.events.about(hidden.person).order_by("-seq").first()
    assert (event.what, event.sort, event.member) == ("number_tried", "denied", cast["asta"].member)


@pytest.mark.parametrize("which", ["contact", "name"])
def test_what_a_colleague_wrote_meanwhile_is_not_written_over(
    cast: Cast, sign_in: Signing, address: str, as_job: Work, which: str
) -> None:
    forms = {
        "contact": {"contact-phone": "070-174 06 01"},
        "name": {"name-given": "Ylva", "name-family": "Först"},
    }
    late = {
        "contact": {"contact-phone": "070-174 06 02"},
        "name": {"name-given": "Ylva", "name-family": "Sist"},
    }
    asta, sent = sign_in(cast["asta"]), {"do": which}
    found = re.search(rf'name="{which}-version" value="(\d+)"', asta.get(address).content.decode())
    assert found is not None
    sent[f"{which}-version"] = found[1]
    assert asta.post(address, sent | forms[which]).status_code == 302
    assert faults_of(text_of(asta.post(address, sent | late[which])))
    with as_job(cast.ekdala.tenant):
        person = cast.person("own").person
        assert Contact.objects.get(person=person).phone != "070-174 06 02"
        assert Person.people.get(pk=person).family_name != "Sist"
