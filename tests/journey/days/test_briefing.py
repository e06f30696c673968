"""The day's work and its safety, gone through together, and each one's own log of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from stegvis.journey.attendance.models import Attendance
from stegvis.journey.days.models import Briefed, Briefing
from stegvis.journey.intake.models import Enrolment
from tests.cast.people import Cast
from tests.portals.caseworker.reading import faults_of, text_of

pytestmark = pytest.mark.django_db
type Signing = Callable[..., Any]
type Job = Callable[..., Any]


@pytest.fixture
def address(cast: Cast) -> str:
    return reverse("briefing", args=[cast.ekdala.work["workplace"], cast.on])


def _said(cast: Cast, **more: Any) -> dict[str, Any]:
    people = [str(cast.person("own").person)]
    return {"items": "Slipa bänkar", "topics": ["lifting"], "people": people, **more}


@pytest.mark.requirement("KN-45")
def test_who_took_part_has_a_line_in_their_own_log(
    cast: Cast, address: str, sign_in: Signing, as_job: Job
) -> None:
    visitor = sign_in(cast["vera"])
    said = _said(cast, submission="01a215b5-fe2c-7b11-b97a-82f937681958")
    for _again in range(2):  # a double press is one briefing
        assert visitor.post(address, said).status_code == 302
    with as_job(cast.ekdala.tenant):
        assert Briefing.objects.count() == 1
        (line,) = Briefed.objects.all()
        assert line.topics == ["lifting"]
    person = reverse("person_briefings", args=[cast.person("own").person])
    for who in ("vera", "asta", "mona"):
        assert "Lyfta och bära" in text_of(sign_in(cast[who]).get(person)), who
    assert "Lyfta och bära" in text_of(sign_in(cast["olle"]).get(reverse("my_safety")))


@pytest.mark.requirement("KN-45")
def test_those_who_are_here_stand_ticked(
    cast: Cast, address: str, olle: Enrolment, sign_in: Signing, as_job: Job
) -> None:
    visitor, key = sign_in(cast["vera"]), str(olle.person_id)
    assert _ticked(text_of(visitor.get(address)), key) is False
    with as_job(cast.ekdala.tenant):
        Attendance.attendances.create(
            tenant_id=olle.tenant_id, enrolment=olle, person_id=olle.person_id, on=cast.on,
            status="late", at=timezone.now(),
        )  # fmt: skip
    assert _ticked(text_of(visitor.get(address)), key) is True


def _ticked(page: str, key: str) -> bool:
    at = page.index(f'value="{key}"')
    return "checked" in page[at : page.index(">", at)]


@pytest.mark.requirement("KN-45")
def test_only_ones_own_people_can_be_written_down(
    cast: Cast, address: str, sign_in: Signing, as_job: Job
) -> None:
    visitor = sign_in(cast["vera"])
    page = text_of(visitor.get(address))
    for key in ("same_unit", "protected_hidden"):
        one = cast.person(key)
        assert one.family not in page
        sent = visitor.post(address, _said(cast, people=[str(one.person)]))
        assert faults_of(text_of(sent))
    with as_job(cast.ekdala.tenant):
        assert not Briefing.objects.exists()


@pytest.mark.requirement("KN-45")
@pytest.mark.parametrize("more", [{"items": " ", "topics": []}, {"people": []}])
def test_a_briefing_of_nothing_or_nobody_is_refused_in_a_sentence(
    cast: Cast, address: str, sign_in: Signing, as_job: Job, more: dict[str, Any]
) -> None:
    page = text_of(sign_in(cast["vera"]).post(address, _said(cast, **more)))
    assert faults_of(page)
    with as_job(cast.ekdala.tenant):
        assert not Briefing.objects.exists()


@pytest.mark.requirement("KN-45")
def test_a_topic_of_ones_own_is_named_in_the_log(
    cast: Cast, address: str, sign_in: Signing, as_job: Job
) -> None:
    visitor = sign_in(cast["vera"])
    lists = reverse("day_lists")
    assert visitor.post(lists, {"do": "add:safety", "safety-name": "Motorsåg"}).status_code == 302
    assert faults_of(text_of(visitor.post(lists, {"do": "add:safety", "safety-name": "motorsåg"})))
    page = text_of(visitor.get(address))
    code = page[page.index('value="own_') + 7 :].partition('"')[0]
    visitor.post(address, _said(cast, topics=[code]))
    visitor.post(lists, {"do": f"hide:safety:{code}"})
    assert "Motorsåg" not in text_of(visitor.get(address))
    person = reverse("person_briefings", args=[cast.person("own").person])
    assert "Motorsåg" in text_of(visitor.get(person))
