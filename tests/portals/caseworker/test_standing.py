"""Writing down a pause, a category or another support in the browser."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.standing.models import Category, Pause
from tests.cast.people import Cast
from tests.journey.made import stood_on
from tests.portals.caseworker.reading import faults_of, text_of

pytestmark = pytest.mark.django_db
Job = Callable[..., Any]


@pytest.fixture
def send(cast: Cast, sign_in: Callable[..., Any]) -> Callable[..., Any]:
    visitor, address = (
        sign_in(cast["asta"]),
        reverse("standing", args=[cast.person("own").person]),
    )

    def sent(do: str, **fields: Any) -> Any:
        named = {f"{do}-{name}": value for name, value in fields.items()}
        return visitor.post(address, {"do": do, **named})

    return sent


def _day(cast: Cast, days: int) -> str:
    return (cast.on + dt.timedelta(days=days)).isoformat()


@pytest.mark.parametrize(
    "fields",
    [
        {"reason": ""}, {"since": "SOON"}, {"until": "PAST"}, {"since": "0000-01-01"},
        {"until": "9999-12-31"}, {"reason": "boredom"},
    ],
)  # fmt: skip
def test_a_pause_with_a_fault_is_said_in_one_sentence(
    cast: Cast, send: Callable[..., Any], as_job: Job, fields: dict[str, str]
) -> None:
    typed = {"reason": "care", "since": _day(cast, 0), "until": "", **fields}
    moved = {"SOON": _day(cast, 3), "PAST": _day(cast, -3)}
    page = text_of(send("pause", **{k: moved.get(v, v) for k, v in typed.items()}))
    assert len(faults_of(page)) == 1
    with as_job(cast.ekdala.tenant):
        assert not Pause.objects.exists()


def test_a_pause_with_a_planned_end_can_be_ended_earlier(
    cast: Cast, send: Callable[..., Any], as_job: Job
) -> None:
    planned = {"reason": "parental_leave", "since": _day(cast, -9), "until": _day(cast, 90)}
    assert send("pause", **planned).status_code == 302
    assert len(faults_of(text_of(send("end_pause", on=_day(cast, -9))))) == 1
    assert send("end_pause", on=_day(cast, 0)).status_code == 302
    with as_job(cast.ekdala.tenant):
        assert Pause.objects.get().until == cast.on


def test_two_pauses_over_the_same_days_are_refused_in_a_sentence(
    cast: Cast, send: Callable[..., Any]
) -> None:
    ended = {"reason": "care", "since": _day(cast, -9), "until": _day(cast, -3)}
    assert send("pause", **ended).status_code == 302
    assert len(faults_of(text_of(send("pause", **ended)))) == 1


@pytest.mark.requirement("AJ-63", "KN-15", "INV-5")
def test_a_category_is_a_record_with_its_day_and_instrument(
    cast: Cast, send: Callable[..., Any], as_job: Job
) -> None:
    typed = {"code": "AM2", "on": _day(cast, -3), "instrument": "Instrument X", "grounds": ""}
    for code in ("AM2", "AM3"):
        assert send("category-need_category", **{**typed, "code": code}).status_code == 302
    with as_job(cast.ekdala.tenant):
        assert [row.code for row in Category.objects.all()] == ["AM2", "AM3"]
    assert len(faults_of(text_of(send("category-need_category", **{**typed, "code": "X"})))) == 1
    assert send("category-other_set", **typed).status_code == 200


@pytest.mark.requirement("AJ-06")
def test_another_support_is_written_with_why(
    cast: Cast, send: Callable[..., Any], as_job: Job
) -> None:
    assert len(faults_of(text_of(send("support", support="little", note="")))) == 1
    assert send("support", support="little", note="Klarar sig").status_code == 302
    with as_job(cast.ekdala.tenant):
        assert stood_on(cast.person("own").enrolment).support == "little"
