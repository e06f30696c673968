"""Referrals in the browser: registered, asked back, taken up again, declined, enrolled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.intake.models import Enrolment, Referral
from stegvis.journey.people.models import Person
from stegvis.journey.programmes.models import LicensedService, Scheme
from stegvis.platform.journal.models import Event
from tests.cast.people import Cast
from tests.journey.made import a_referral
from tests.portals.caseworker.reading import faults_of, text_of

pytestmark = pytest.mark.django_db
Signing = Callable[..., Any]
Job = Callable[..., Any]
NEW = "/referrals/new/"
NUMBER = "19811228-9874"


def _typed(cast: Cast, **fields: Any) -> dict[str, Any]:
    given = {
        "given": "Nyman", "family": "Provsson", "number": NUMBER, "phone": "", "language": "",
        "referrer_kind": "SOC", "referrer_contact": "", "scheme": "",
        "received_on": cast.on.isoformat(), "need": "", "verb": "train", "what": "Hålla tider",
        "why": "Inför arbete", "uses": ["job_matching"],
    }  # fmt: skip
    return {**given, **fields}


def _known(cast: Cast, key: str, as_job: Job) -> None:
    """Give one of the cast a number that can be typed."""
    from stegvis.core.values.identity import read_number
    from stegvis.journey.people.actions import renumber

    number = read_number(NUMBER, country="SE", on=cast.on)
    assert number is not None
    with as_job(cast.ekdala.tenant):
        renumber(Person.people.get(pk=cast.person(key).person), number, on=cast.on)


def _people(cast: Cast, as_job: Job) -> int:
    with as_job(cast.ekdala.tenant):
        return int(Person.people.count())


@pytest.mark.requirement("AJ-01", "KN-62")
def test_a_referral_is_registered_with_its_purpose_and_waits_in_the_unit(
    cast: Cast, sign_in: Signing, as_job: Job
) -> None:
    visitor = sign_in(cast["asta"])
    assert visitor.post(NEW, _typed(cast)).url == reverse("referrals")
    with as_job(cast.ekdala.tenant):
        row = Referral.referrals.select_related("person").get(person__family_name="Provsson")
        assert [line.why for line in row.lines.all()] == ["Inför arbete"]
    assert row.number in text_of(sign_in(cast["aron"]).get(reverse("referrals")))
    assert row.number not in text_of(sign_in(cast["birger"]).get(reverse("referrals")))


@pytest.mark.parametrize("key", ["own", "other_unit", "protected_hidden", "barred"])
def test_the_answer_is_the_same_whether_the_number_is_new_known_hidden_or_protected(
    cast: Cast, sign_in: Signing, as_job: Job, key: str
) -> None:
    visitor = sign_in(cast["asta"])
    fresh = visitor.post(NEW, _typed(cast, number="19701063-2391"))
    _known(cast, key, as_job)
    before = _people(cast, as_job)
    there = cast.person(key)
    known = visitor.post(NEW, _typed(cast, given=there.given, family=there.family))
    assert (known.status_code, known.url, known.content) == (302, fresh.url, fresh.content)
    assert _people(cast, as_job) == before, "nobody is registered twice"
    with as_job(cast.ekdala.tenant):
        kept = Referral.referrals.filter(person=there.person).order_by("id").last()
        assert kept.received_on == cast.on
    text = text_of(visitor.get(reverse("referrals")))
    assert (kept.number in text) == (key in {"own", "other_unit"})


def test_whoever_is_said_to_be_protected_is_gone_from_the_unit_with_the_same_answer(
    cast: Cast, sign_in: Signing, as_job: Job
) -> None:
    visitor = sign_in(cast["asta"])
    plain = visitor.post(NEW, _typed(cast, number="19701063-2391"))
    hidden = visitor.post(NEW, _typed(cast, given="Skyddan", family="Hemlig", protected="on"))
    assert (plain.status_code, plain.url) == (hidden.status_code, hidden.url)
    after = visitor.get("/referrals/")
    with as_job(cast.ekdala.tenant):
        row = Referral.referrals.get(person__family_name="Hemlig")
    for who in ("asta", "aron", "mona"):
        page = text_of(sign_in(cast[who]).get("/referrals/"))
        assert row.number not in page, who
        address = reverse("referral", args=[row.person_id, row.pk])
        assert sign_in(cast[who]).get(address).status_code == 404
    assert "Hemlig" not in after.content.decode()
    assert row.number in text_of(sign_in(cast["petra"]).get("/referrals/"))


FAULTS: dict[str, dict[str, Any]] = {
    "no first name": {"given": ""},
    "a name of unseen signs": {"family": "\u202e\u200f"},
    "a number that is none": {"number": "19811228-9875"},
    "a number of another script": {"number": "١٩٨١١٢٢٨٩٨٧٤"},
    "no sender": {"referrer_kind": ""},
    "a sender of another country": {"referrer_kind": "JOBCENTER"},
    "a day to come": {"received_on": "2999-01-01"},
    "year 0": {"received_on": "0000-00-00"},
    "year 1": {"received_on": "0001-01-01"},
    "a scheme that is none": {"scheme": "x"},
    "half a purpose": {"why": ""},
    "no use of the answer": {"uses": []},
    "too long": {"what": "x" * 301},
    "a megabyte": {"need": "x" * 1_000_000, "why": "x" * 501},
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_one_sentence_at_its_field_and_nothing_is_stored(
    cast: Cast, sign_in: Signing, as_job: Job, name: str
) -> None:
    before = _people(cast, as_job)
    page = text_of(sign_in(cast["asta"]).post(NEW, _typed(cast, **FAULTS[name])))
    assert len(faults_of(page)) == 1, faults_of(page)
    assert "given" in FAULTS[name] or 'value="Nyman"' in page
    assert _people(cast, as_job) == before


def test_marks_that_turn_the_writing_are_not_stored_in_a_name(
    cast: Cast, sign_in: Signing, as_job: Job
) -> None:
    sign_in(cast["asta"]).post(NEW, _typed(cast, given="An\u202ena", family=" Pro\u200fvsson "))
    with as_job(cast.ekdala.tenant):
        assert Person.people.get(family_name="Provsson").given_name == "Anna"


def test_who_belongs_to_no_unit_is_told_whom_to_ask(
    cast: Cast, sign_in: Signing, as_job: Job
) -> None:
    from stegvis.platform.accounts.models import Member

    with as_job(cast.ekdala.tenant):
        Member.members.filter(pk=cast["asta"].member).update(unit=None)
    text_of(sign_in(cast["asta"]).get(NEW))
    assert _people(cast, as_job) == sum(
        one.town == cast.ekdala for one in cast.participants.values()
    )


def _address(cast: Cast, key: str = "intake") -> str:
    return reverse("referral", args=[cast.person(key).person, cast.person(key).referral])


def _enrolling(cast: Cast, **fields: Any) -> dict[str, Any]:
    given = {
        "do": "enrol", "programme": str(cast.ekdala.version), "since": cast.on.isoformat(),
        "case_worker": str(cast["asta"].member), "eligibility": "Länge utan arbete",
        "income": "income_support",
    }  # fmt: skip
    return {**given, **fields}


@pytest.mark.requirement("JI-01", "JI-02", "AJ-62")
def test_accepting_enrols_in_one_go_and_leads_to_the_person(
    cast: Cast, sign_in: Signing, as_job: Job
) -> None:
    visitor = sign_in(cast["asta"])
    one = cast.person("intake")
    answer = visitor.post(_address(cast), _enrolling(cast))
    assert answer.url == reverse("person", args=[one.person])
    assert one.name in text_of(visitor.get(answer.url))
    with as_job(cast.ekdala.tenant):
        row = Enrolment.enrolments.get(person=one.person)
        assert (row.agency, row.eligibility) == ("AF", "Länge utan arbete")


@pytest.mark.requirement("JI-01")
@pytest.mark.parametrize("lacking", ["eligibility", "programme", "case_worker", "since", "income"])
def test_enrolling_lacks_nothing(cast: Cast, sign_in: Signing, as_job: Job, lacking: str) -> None:
    page = text_of(sign_in(cast["asta"]).post(_address(cast), _enrolling(cast, **{lacking: ""})))
    assert len(faults_of(page)) == 1
    with as_job(cast.ekdala.tenant):
        assert Referral.referrals.get(pk=cast.person("intake").referral).state == "received"


def test_who_is_enrolled_already_is_not_enrolled_again_and_the_journal_says_nothing_else(
    cast: Cast, sign_in: Signing, as_job: Job
) -> None:
    with as_job(cast.ekdala.tenant):
        row = a_referral(cast, cast.person("own").person)
    address = reverse("referral", args=[row.person_id, row.pk])
    page = text_of(sign_in(cast["asta"]).post(address, _enrolling(cast)))
    assert len(faults_of(page)) == 1
    with as_job(cast.ekdala.tenant):
        assert Referral.referrals.get(pk=row.pk).state == "received"
        accepted = Event.events.about(row.person_id).filter(what="referral_accepted")
        assert accepted.count() == 1, "the one of the enrolment that is open"


@pytest.mark.requirement("KN-61", "INV-25", "N-01")
def test_an_assessment_asked_for_is_answered_with_an_observation_and_a_word_to_the_sender(
    cast: Cast, sign_in: Signing, as_job: Job
) -> None:
    with as_job(cast.ekdala.tenant):
        services = (("work_ability_assessment", False), ("observation", True))
        for code, deliverable in services:
            LicensedService(
                tenant_id=cast.ekdala.tenant, code=code, name=code.title(), deliverable=deliverable
            ).save()
        row = a_referral(cast, services=("work_ability_assessment",))
    visitor = sign_in(cast["asta"])
    address = reverse("referral", args=[row.person_id, row.pk])
    page = text_of(visitor.get(address))
    assert 'value="observation"' in page
    assert 'value="work_ability_assessment"' not in page
    typed = _enrolling(cast, services=["observation"])
    assert len(faults_of(text_of(visitor.post(address, typed)))) == 1
    told = {**typed, "difference_told": "Vi observerar; bedömningen gör vården."}
    assert visitor.post(address, told).status_code == 302
    assert "bedömningen gör vården" in text_of(visitor.get(address))


@pytest.mark.requirement("KN-62")
def test_asked_back_and_taken_up_again_in_the_browser(
    cast: Cast, sign_in: Signing, as_job: Job
) -> None:
    with as_job(cast.ekdala.tenant):
        row = a_referral(cast, orders=())
    visitor = sign_in(cast["asta"])
    address = reverse("referral", args=[row.person_id, row.pk])
    assert len(faults_of(text_of(visitor.post(address, _enrolling(cast))))) == 1
    assert visitor.post(address, {"do": "ask", "question": "Varför?"}).status_code == 302
    page = text_of(visitor.get(address))
    assert "Varför?" in page
    assert 'value="enrol"' not in page
    again = {
        "do": "again", "again-verb": "train", "again-what": "Tider", "again-why": "Arbete",
        "again-uses": ["other"], "again-leads_to": "",
    }  # fmt: skip
    assert visitor.post(address, again).status_code == 302
    assert "Tider" in text_of(visitor.get(address))
    assert visitor.post(address, _enrolling(cast)).status_code == 302


def test_an_answer_that_is_none_of_those_open_changes_nothing(
    cast: Cast, sign_in: Signing, as_job: Job
) -> None:
    visitor = sign_in(cast["asta"])
    for do in ("again", "accept", "", "__class__", "x" * 1000):
        assert visitor.post(_address(cast), {"do": do}).status_code == 200
    with as_job(cast.ekdala.tenant):
        assert Referral.referrals.get(pk=cast.person("intake").referral).state == "received"


@pytest.mark.requirement("KN-03")
def test_a_scheme_no_longer_in_force_is_said_and_no_longer_offered(
    cast: Cast, sign_in: Signing, as_job: Job
) -> None:
    with as_job(cast.ekdala.tenant):
        scheme = Scheme(
            tenant_id=cast.ekdala.tenant, code="fas3", name="Fas-3-gammal", valid_to=cast.on
        )
        scheme.save()
        row = a_referral(cast, scheme=scheme.pk)
    visitor = sign_in(cast["asta"])
    page = text_of(visitor.get(reverse("referral", args=[row.person_id, row.pk])))
    assert "Fas-3-gammal (gäller inte längre)" in page
    assert "Fas-3-gammal" not in text_of(visitor.get(NEW))


@pytest.mark.requirement("KN-63")
def test_what_the_answer_is_used_for_stands_on_the_page(
    cast: Cast, sign_in: Signing, as_job: Job
) -> None:
    with as_job(cast.ekdala.tenant):
        row = a_referral(cast)
    page = text_of(sign_in(cast["asta"]).get(reverse("referral", args=[row.person_id, row.pk])))
    assert "Matchning" in page or "matchning" in page
