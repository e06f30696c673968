"""A month whose hours are missing stands once on My day, and can be entered from there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.core.values.periods import add_months
from stegvis.journey.hours.facts import last_month
from stegvis.journey.placements.models import Placement
from stegvis.journey.steps.facts import judged
from stegvis.platform.ui.day import Part
from stegvis.portals.caseworker.coming import follow_ups, most_pressing
from tests.cast.people import Cast
from tests.journey.agreements.conftest import place
from tests.journey.made import decide

pytestmark = pytest.mark.django_db
Work = Callable[..., Any]


@pytest.fixture
def placement(cast: Cast, as_job: Work, at_work: Work) -> Placement:
    """Out at a company since before last month, on the last step, and no hours written down."""
    since = add_months(last_month(cast.on), -1)
    with at_work(cast["inge"], on=since):
        decide(cast, cast["inge"], "abroad", "t3")
    with as_job(cast.birkeso.tenant):
        return place(cast.person("abroad"), since=since)


@pytest.mark.requirement("FM-44")
def test_a_missing_month_is_one_row(cast: Cast, placement: Placement, sign_in: Work) -> None:
    page = sign_in(cast["mads"]).get(reverse("my_day"))
    rows = [item for part in Part for item in page.context[part.value]]
    rows = [item for item in rows if item.person == placement.person_id]
    (missing,) = [item for item in rows if item.event == "hours"]
    assert reverse("enter_hours", args=[placement.person_id]) in missing.url


@pytest.mark.requirement("FM-44")
def test_what_stands_already_is_not_asked_for_by_its_cadence(
    cast: Cast, placement: Placement, at_work: Work
) -> None:
    with at_work(cast["mads"]):
        found = judged(placement.enrolment, on=cast.on).judged
    by = cast.on + dt.timedelta(days=40)
    (code,) = [one.code for one in found.programme.cadences if one.event == "hours"]
    assert code in [due.what for due in follow_ups(found)], "it would be asked for"
    whole = most_pressing(found, cast.on, by=by)
    assert whole is not None
    assert whole.what == code
    assert most_pressing(found, cast.on, by=by, but=frozenset({"hours"})) is None
