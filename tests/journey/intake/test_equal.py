"""The checklist for an equal referral, and what is told the one who asked for something else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.intake import actions
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.facts import equal, equal_left
from stegvis.journey.intake.models import EqualAnswer, Referral
from stegvis.journey.intake.words import EQUAL
from stegvis.journey.programmes.models import LicensedService
from stegvis.platform.access.authority import Hidden
from tests.cast.people import Cast
from tests.journey.made import a_referral
from tests.portals.caseworker.reading import text_of

pytestmark = pytest.mark.django_db
Work = Callable[..., Any]


def _asked(cast: Cast, as_job: Work) -> Referral:
    with as_job(cast.ekdala.tenant):
        for code, deliverable in (("work_ability_assessment", False), ("observation", True)):
            LicensedService(
                tenant_id=cast.ekdala.tenant, code=code, name=code.title(), deliverable=deliverable
            ).save()
        return a_referral(cast, services=("work_ability_assessment", "observation"))


@pytest.mark.requirement("KN-96")
def test_what_nobody_has_answered_is_open_and_shown_as_such(
    cast: Cast, as_job: Work, sign_in: Any
) -> None:
    with as_job(cast.ekdala.tenant):
        row = a_referral(cast)
    visitor = sign_in(cast["asta"])
    address = reverse("referral", args=[row.person_id, row.pk])
    page = text_of(visitor.get(address))
    assert "Har alla arbetsområden visats" in page
    assert page.count("Öppen fråga") == len(EQUAL)
    typed = {"do": "equal", "equal-areas_shown": "yes", "equal-own_choice": "no"}
    assert visitor.post(address, typed).status_code == 302
    with as_job(cast.ekdala.tenant):
        assert equal_left(row.pk) == len(EQUAL) - 2
        answers = {one.question: one.answer.answer for one in equal(row.pk) if one.answer}
    assert answers == {"areas_shown": "yes", "own_choice": "no"}


@pytest.mark.requirement("KN-96")
def test_an_answer_is_changed_by_another_and_the_first_stays(cast: Cast, as_job: Work) -> None:
    with as_job(cast.ekdala.tenant):
        row = a_referral(cast)
        assert len(actions.answer_equal(row, {"own_choice": "no"}, by=None)) == 1
        assert actions.answer_equal(row, {"own_choice": "no", "violence": ""}, by=None) == []
        actions.answer_equal(row, {"own_choice": "yes", "nothing_of_ours": "yes"}, by=None)
        said = EqualAnswer.objects.filter(referral=row).order_by("created_at")
        assert [one.answer for one in said] == ["no", "yes"]
        assert equal_left(row.pk) == len(EQUAL) - 1


@pytest.mark.requirement("KN-96")
def test_it_is_answered_along_the_road_too_and_the_offers_say_what_is_open(
    cast: Cast, sign_in: Any
) -> None:
    own = cast.person("own")
    visitor = sign_in(cast["asta"])
    offers = reverse("area_offers", args=[own.person])
    assert f"{len(EQUAL)} frågor i checklistan" in text_of(visitor.get(offers))
    address = reverse("referral", args=[own.person, own.referral])
    assert visitor.post(address, {"do": "equal", "equal-violence": "yes"}).status_code == 302
    assert f"{len(EQUAL) - 1} frågor i checklistan" in text_of(visitor.get(offers))


def test_whoever_may_not_write_answers_nothing(cast: Cast, as_job: Work, at_work: Work) -> None:
    with as_job(cast.ekdala.tenant):
        row = Referral.referrals.get(pk=cast.person("same_unit").referral)
    with at_work(cast["asta"]), pytest.raises(Hidden):
        actions.answer_equal(row, {"own_choice": "yes"}, by=cast["asta"].actor)


@pytest.mark.requirement("KN-61")
def test_what_is_asked_for_is_registered_also_where_we_do_not_deliver_it(
    cast: Cast, as_job: Work, sign_in: Any
) -> None:
    _asked(cast, as_job)
    visitor = sign_in(cast["asta"])
    typed = {
        "given": "Nyman", "family": "Remissdotter", "referrer_kind": "AF",
        "received_on": cast.on.isoformat(), "services": ["work_ability_assessment"],
    }  # fmt: skip
    assert visitor.post(reverse("new_referral"), typed).status_code == 302
    with as_job(cast.ekdala.tenant):
        row = Referral.referrals.get(person__family_name="Remissdotter")
        assert row.services_asked == ["work_ability_assessment"]
        assert row.gap == [], "nothing is answered yet"


@pytest.mark.requirement("KN-61")
def test_the_difference_stands_open_until_the_referrer_has_been_told(
    cast: Cast, as_job: Work, sign_in: Any
) -> None:
    row = _asked(cast, as_job)
    told = "Vi observerar i arbete; bedömningen gör vården."
    with as_job(cast.ekdala.tenant):
        actions.accept(row, by=None, on=cast.on, services=("observation",), difference_told=told)
        row = Referral.referrals.get(pk=row.pk)
        assert row.gap == ["work_ability_assessment"]
        assert list(Referral.referrals.to_see_to().filter(pk=row.pk)) == [row]
    visitor = sign_in(cast["asta"])
    address = reverse("referral", args=[row.person_id, row.pk])
    page = text_of(visitor.get(address))
    assert "Remittenten ska få veta" in page
    assert told in page
    assert row.number in text_of(visitor.get(reverse("referrals")))
    typed = {"do": "told", "way": "phone", "to": "Eva på AF", "told_on": cast.on.isoformat()}
    assert visitor.post(address, typed).status_code == 302
    page = text_of(visitor.get(address))
    assert "Remittenten har fått veta" in page
    assert "Eva på AF" in page
    assert row.number not in text_of(visitor.get(reverse("referrals")))
    with as_job(cast.ekdala.tenant):
        assert not Referral.referrals.to_see_to().filter(pk=row.pk).exists()


def test_where_all_is_taken_on_there_is_nothing_to_tell(cast: Cast, as_job: Work) -> None:
    row = _asked(cast, as_job)
    with as_job(cast.ekdala.tenant):
        row = Referral.referrals.get(pk=row.pk)
        row.services_asked = ["observation"]
        actions.accept(row, by=None, on=cast.on, services=("observation",))
        with pytest.raises(NotNow, match="nothing_to_tell"):
            actions.tell_referrer(row, by=None, way="phone", on=cast.on)
