"""Registering a referral: the same answer whoever it is about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.core.values.identity import read_number
from stegvis.journey.intake.models import Referral
from stegvis.journey.people.actions import renumber
from stegvis.journey.people.models import Person
from stegvis.platform.access.models import Relation
from stegvis.platform.accounts.models import Grant
from stegvis.platform.journal.models import Event
from tests.cast.people import Cast, Participant
from tests.portals.caseworker.reading import text_of

pytestmark = pytest.mark.django_db
Signing = Callable[..., Any]
Work = Callable[..., Any]


def _typed(cast: Cast, **fields: Any) -> dict[str, Any]:
    given = {
        "given": "Bo",
        "family": "Ekström",
        "number": "",
        "referrer_kind": "SOC",
        "received_on": cast.on.isoformat(),
        "verb": "train",
        "what": "Tider",
        "why": "Komma igång",
        "uses": ["other"],
    }
    return given | fields


NUMBERS = {"other_unit": "198501019809", "protected_hidden": "197903129810"}


def _numbered(cast: Cast, as_job: Work, key: str) -> Participant:
    """The cast's own numbers lie in the future, so that nobody has them; the form refuses those."""
    there = cast.person(key)
    number = read_number(NUMBERS[key], country="SE", on=cast.on)
    assert number is not None
    with as_job(cast.ekdala.tenant):
        renumber(Person.people.get(pk=there.person), number, on=cast.on)
    return there


def _newest(cast: Cast, as_job: Work) -> Referral:
    with as_job(cast.ekdala.tenant):
        row: Referral = Referral.referrals.select_related("person").order_by("-id").first()
    return row


@pytest.mark.requirement("N-07", "X-03")
def test_a_neighbours_number_under_another_name_shows_the_neighbour_to_nobody(
    cast: Cast, sign_in: Signing, as_job: Work
) -> None:
    there = _numbered(cast, as_job, "other_unit")
    asta = sign_in(cast["asta"])
    answer = asta.post(reverse("new_referral"), _typed(cast, number=NUMBERS["other_unit"]))
    assert answer.headers["Location"] == reverse("referrals")
    row = _newest(cast, as_job)
    assert (row.person_id, "Bo Ekström" in row.need) == (there.person, True)
    address = reverse("referral", args=[row.person_id, row.pk])
    assert asta.get(address).status_code == 404
    assert there.family not in text_of(asta.get(reverse("referrals")))
    assert sign_in(cast["petra"]).get(address).status_code == 200


def test_someone_known_under_their_name_comes_to_the_unit_without_their_road(
    cast: Cast, sign_in: Signing, as_job: Work
) -> None:
    there = _numbered(cast, as_job, "other_unit")
    asta = sign_in(cast["asta"])
    sent = _typed(cast, number=NUMBERS["other_unit"], given=there.given, family="Annangift")
    asta.post(reverse("new_referral"), sent)
    row = _newest(cast, as_job)
    assert asta.get(reverse("referral", args=[there.person, row.pk])).status_code == 200
    assert asta.get(reverse("person", args=[there.person])).status_code == 404


def test_the_answer_is_the_same_for_new_known_and_protected(cast: Cast, sign_in: Signing) -> None:
    asta = sign_in(cast["asta"])
    hidden, known = cast.person("protected_hidden"), cast.person("other_unit")
    answers = [
        asta.post(reverse("new_referral"), _typed(cast, **fields))
        for fields in (
            {},
            {"protected": "on"},
            {"number": NUMBERS[known.key], "given": known.given, "family": known.family},
            {"number": NUMBERS[hidden.key], "given": hidden.given, "family": hidden.family},
        )
    ]
    seen = {(a.status_code, a.headers["Location"], a.content) for a in answers}
    assert len(seen) == 1


def test_where_nobody_is_responsible_the_writer_stays_the_one_who_knows(
    cast: Cast, sign_in: Signing, as_job: Work
) -> None:
    with as_job(cast.ekdala.tenant):
        Grant.grants.filter(role="protection_officer").update(until=cast.on)
    sign_in(cast["asta"]).post(reverse("new_referral"), _typed(cast, protected="on"))
    row = _newest(cast, as_job)
    with as_job(cast.ekdala.tenant):
        named = Relation.relations.filter(person=row.person_id, kind="named")
        assert [tie.member_id for tie in named] == [cast["asta"].member]


@pytest.mark.requirement("X-04")
def test_what_a_fault_rolled_back_is_not_in_the_journal(
    cast: Cast, sign_in: Signing, as_job: Work
) -> None:
    """Asked-for services are decided in one transaction with the enrolment that then fails."""
    with as_job(cast.ekdala.tenant):
        row = Referral.referrals.get(pk=cast.person("intake").referral)
    address = reverse("referral", args=[row.person_id, row.pk])
    sent = {
        "do": "enrol",
        "programme": str(cast.ekdala.version),
        "since": (row.received_on).isoformat(),
        "case_worker": str(cast["asta"].member),
        "eligibility": "",
        "income": "unknown",
    }
    asta = sign_in(cast["asta"])
    assert asta.post(address, sent).status_code == 200
    with as_job(cast.ekdala.tenant):
        about = Event.events.about(row.person_id).filter(what__in=["referral_accepted", "enrolled"])
        assert not about.exists()
