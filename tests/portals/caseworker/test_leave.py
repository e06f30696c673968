"""One's own days away, and the days a unit is closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.platform.accounts.models import Leave
from stegvis.platform.tenancy.models import ClosedDays
from tests.cast.people import Cast
from tests.portals.caseworker.reading import faults_of, text_of

pytestmark = pytest.mark.django_db
Signing = Callable[..., Any]
Working = Callable[..., Any]


def _days(cast: Cast, first: int, last: int) -> dict[str, str]:
    since, until = cast.on + dt.timedelta(days=first), cast.on + dt.timedelta(days=last)
    return {"since": since.isoformat(), "last": until.isoformat()}


def test_leave_is_entered_shown_on_my_day_and_taken_back(
    cast: Cast, sign_in: Signing, as_job: Working
) -> None:
    visitor = sign_in(cast["asta"])
    assert visitor.post(reverse("own_leave"), _days(cast, 1, 20)).status_code == 302
    with as_job(cast.ekdala.tenant):
        row = Leave.objects.get(member=cast["asta"].member)
        assert (row.until - row.since).days == 20
    assert "Ledig" in text_of(visitor.get(reverse("my_day")))
    assert "Ledig" not in text_of(sign_in(cast["aron"]).get(reverse("my_day")))
    assert visitor.post(reverse("own_leave"), {"back": str(row.pk)}).status_code == 302
    assert "Ledig" not in text_of(visitor.get(reverse("my_day")))


def test_another_ones_leave_cannot_be_taken_back(
    cast: Cast, sign_in: Signing, as_job: Working
) -> None:
    sign_in(cast["asta"]).post(reverse("own_leave"), _days(cast, 1, 5))
    with as_job(cast.ekdala.tenant):
        row = Leave.objects.get(member=cast["asta"].member)
    colleague = sign_in(cast["aron"])
    assert colleague.post(reverse("own_leave"), {"back": str(row.pk)}).status_code == 404
    assert colleague.post(reverse("own_leave"), {"back": "x"}).status_code == 404


@pytest.mark.parametrize(("first", "last"), [(5, 4), (1, 400)])
def test_days_that_cannot_be_are_said_and_what_was_typed_is_kept(
    cast: Cast, sign_in: Signing, first: int, last: int
) -> None:
    sent = _days(cast, first, last)
    html = text_of(sign_in(cast["asta"]).post(reverse("own_leave"), sent))
    assert faults_of(html)
    assert sent["since"] in html


def test_an_administrator_closes_a_unit_for_some_days_and_opens_it_again(
    cast: Cast, sign_in: Signing, as_job: Working
) -> None:
    visitor = sign_in(cast["ada"])
    sent = {**_days(cast, 30, 34), "unit": str(cast.ekdala.units[0]), "why": "Planeringsdagar"}
    assert visitor.post(reverse("closed_days"), sent).status_code == 302
    assert "Planeringsdagar" in text_of(visitor.get(reverse("closed_days")))
    with as_job(cast.ekdala.tenant):
        row = ClosedDays.objects.get(why="Planeringsdagar")
    assert visitor.post(reverse("open_again", args=[row.pk])).status_code == 302
    assert "Planeringsdagar" not in text_of(visitor.get(reverse("closed_days")))


@pytest.mark.parametrize(("first", "last"), [(5, 4), (1, 200)])
def test_closed_days_that_cannot_be_are_said(
    cast: Cast, sign_in: Signing, first: int, last: int
) -> None:
    sent = {**_days(cast, first, last), "unit": "", "why": "Sommar"}
    assert faults_of(text_of(sign_in(cast["ada"]).post(reverse("closed_days"), sent)))


@pytest.mark.parametrize("who", ["asta", "mona"])
def test_only_an_administrator_closes(cast: Cast, sign_in: Signing, who: str) -> None:
    assert sign_in(cast[who]).get(reverse("closed_days")).status_code == 404
