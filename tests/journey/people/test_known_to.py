"""Who may know of a protected person: the list, and who keeps it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.platform.access.models import Relation, Shield
from tests.cast.people import Cast
from tests.portals.caseworker.reading import text_of

pytestmark = pytest.mark.django_db
Signing = Callable[..., Any]
Work = Callable[..., Any]


def test_the_list_of_the_protected_is_for_the_one_responsible(cast: Cast, sign_in: Signing) -> None:
    page = text_of(sign_in(cast["petra"]).get(reverse("protected")))
    assert cast.person("protected_named").family in page
    for who in ("asta", "mona", "ada", "loke"):
        assert sign_in(cast[who]).get(reverse("protected")).status_code == 404


def test_one_more_who_knows_sees_the_person_from_the_next_request(
    cast: Cast, sign_in: Signing
) -> None:
    person = cast.person("protected_named").person
    road, known = reverse("person", args=[person]), reverse("known_to", args=[person])
    asta, petra = sign_in(cast["asta"]), sign_in(cast["petra"])
    assert asta.get(road).status_code == 200
    name = cast["aron"].user.name
    assert name  # a colleague without any tie to the person
    sent = {"do": "add", "add-member": str(cast["aron"].member), "add-because": "ersättare"}
    petra.post(known, sent)
    # To know of somebody is not yet to work with them: the assignment is a decision of its own.
    assert sign_in(cast["aron"]).get(road).status_code == 404
    assert "ersättare" in text_of(petra.get(known))


def test_whoever_is_taken_off_the_list_no_longer_finds_the_person(
    cast: Cast, sign_in: Signing, as_job: Work
) -> None:
    person = cast.person("protected_named").person
    with as_job(cast.ekdala.tenant):
        tie = Relation.relations.get(person=person, kind="named", member=cast["asta"].member)
    road, known = reverse("person", args=[person]), reverse("known_to", args=[person])
    sign_in(cast["petra"]).post(known, {"do": f"remove-{tie.pk}"})
    asta = sign_in(cast["asta"])
    assert asta.get(road).status_code == 404
    family = cast.person("protected_named").family
    assert family not in text_of(asta.get(f"{reverse('participants')}?q={family[:4]}"))


def test_protection_ends_only_by_a_decision_with_its_ground(
    cast: Cast, sign_in: Signing, as_job: Work
) -> None:
    person = cast.person("protected_named").person
    known = reverse("known_to", args=[person])
    petra = sign_in(cast["petra"])
    assert petra.post(known, {"do": "lift", "lift-because": ""}).status_code == 200
    petra.post(known, {"do": "lift", "lift-because": "Beslut från Skatteverket läst."})
    with as_job(cast.ekdala.tenant):
        shield = Shield.objects.get(person=person)
        assert (shield.lifted_on, shield.lifted_by_id) == (cast.on, cast["petra"].member)


def test_nobody_shuts_themselves_out_by_a_slip(cast: Cast, sign_in: Signing, as_job: Work) -> None:
    person = cast.person("protected_named").person
    with as_job(cast.ekdala.tenant):
        own = Relation.relations.get(person=person, kind="named", member=cast["petra"].member)
    petra, known = sign_in(cast["petra"]), reverse("known_to", args=[person])
    petra.post(known, {"do": f"remove-{own.pk}"})
    assert petra.get(known).status_code == 200
