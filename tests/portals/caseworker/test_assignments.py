"""Who works with the person: given, taken over, ended, and what each opens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.intake.models import Assignment
from tests.cast.people import Cast
from tests.portals.caseworker.reading import text_of

pytestmark = pytest.mark.django_db
Signing = Callable[..., Any]
Work = Callable[..., Any]


@pytest.fixture
def address(cast: Cast) -> str:
    return reverse("assignments", args=[cast.person("own").person])


def _assign(cast: Cast, part: str, who: str) -> dict[str, str]:
    return {"do": "assign", "who": f"{part}:{cast[who].member}", "since": cast.on.isoformat()}


def test_a_colleague_takes_over_and_the_one_before_is_let_go(
    cast: Cast, sign_in: Signing, address: str, as_job: Work
) -> None:
    road = reverse("person", args=[cast.person("own").person])
    asta, aron = sign_in(cast["asta"]), sign_in(cast["aron"])
    assert aron.get(road).status_code == 404
    asta.post(address, _assign(cast, "case_worker", "aron"))
    assert aron.get(road).status_code == 200
    assert asta.get(road).status_code == 404
    with as_job(cast.ekdala.tenant):
        held = Assignment.assignments.held(cast.on).filter(
            enrolment=cast.person("own").enrolment, part="case_worker"
        )
        assert [row.member_id for row in held] == [cast["aron"].member]


def test_the_manager_gives_a_case_worker_when_the_one_before_is_gone(
    cast: Cast, sign_in: Signing
) -> None:
    person = cast.person("leavers").person
    address = reverse("assignments", args=[person])
    sign_in(cast["mona"]).post(address, _assign(cast, "case_worker", "asta"))
    assert sign_in(cast["asta"]).get(reverse("person", args=[person])).status_code == 200


def test_nobody_is_offered_for_a_part_they_have_no_role_for(
    cast: Cast, sign_in: Signing, address: str
) -> None:
    asta = sign_in(cast["asta"])
    page = asta.get(address).content.decode()
    assert f'value="work_supervisor:{cast["vera"].member}"' in page
    assert f'value="case_worker:{cast["vera"].member}"' not in page
    assert str(cast["lena"].member) not in page  # she has left
    sent = _assign(cast, "case_worker", "vera")
    assert asta.post(address, sent).status_code == 200
    assert sign_in(cast["aron"]).get(address).status_code == 404


def test_an_ended_assignment_closes_the_record_and_stays_in_the_list(
    cast: Cast, sign_in: Signing, address: str, as_job: Work
) -> None:
    with as_job(cast.ekdala.tenant):
        row = Assignment.assignments.select_related("member").get(
            enrolment=cast.person("own").enrolment, part="work_supervisor", until__isnull=True
        )
    asta, vera = sign_in(cast["asta"]), sign_in(cast["vera"])
    road = reverse("person", args=[cast.person("own").person])
    assert vera.get(road).status_code == 200
    asta.post(address, {"do": f"end-{row.pk}"})
    assert vera.get(road).status_code == 404
    assert row.member.name in text_of(asta.get(address))


def test_a_supervisor_and_a_mediator_read_the_road_and_give_nobody_anything(
    cast: Cast, sign_in: Signing, address: str
) -> None:
    for who in ("vera", "jonna"):
        assert sign_in(cast[who]).get(address).status_code == 404
        sent = _assign(cast, "case_worker", "aron")
        assert sign_in(cast[who]).post(address, sent).status_code == 404
