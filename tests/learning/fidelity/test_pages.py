"""The pages of fidelity, as their visitors meet them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.standing.actions import tell
from stegvis.platform.accounts.models import Grant
from stegvis.platform.journal.models import Event
from tests.cast.people import Cast
from tests.journey.made import decide

pytestmark = pytest.mark.django_db
Signing = Callable[..., Any]
DAY = dt.timedelta(days=1)


def case_at(cast: Cast, key: str) -> str:
    return reverse("elements", args=[cast.person(key).person])


@pytest.mark.requirement("FM-02")
@pytest.mark.parametrize("who", ["inge", "mads", "mette"])
def test_each_element_stands_with_its_reason_for_whoever_may_read_the_plan(
    cast: Cast, sign_in: Signing, queries: Callable[[], Any], who: str
) -> None:
    visitor = sign_in(cast[who])
    visitor.get(case_at(cast, "abroad"))
    with queries() as made:
        answer = visitor.get(case_at(cast, "abroad"))
    assert answer.status_code == 200
    assert made.count <= 12, "\n".join(made.statements)
    assert answer.text.count('class="fid-n num"') == 6


@pytest.mark.requirement("FM-02")
def test_a_case_that_left_step_1_without_a_mediator_shows_the_second_element_red(
    cast: Cast, sign_in: Signing
) -> None:
    inge = sign_in(cast["inge"])
    assert "tag late" not in inge.get(case_at(cast, "abroad")).text
    decide(cast, cast["inge"], "abroad", "t2", effective_on=cast.on)
    page = inge.get(case_at(cast, "abroad")).text
    second = page.split('class="fid-n num"')[2]
    assert "tag late" in second
