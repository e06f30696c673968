"""What the manager sees of the unit's talks: who waits, by name; all else as counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from stegvis.journey.followups import actions
from stegvis.journey.followups.facts import dose, gaps, pulse_trend
from stegvis.journey.followups.facts.counted import SMALL, _cell
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.standing.actions import tell
from stegvis.platform.tenancy.keys import uuid7
from tests.cast.people import Cast
from tests.journey.followups.made import new, road
from tests.journey.made import a_person, an_enrolment

pytestmark = pytest.mark.django_db
Work = Callable[..., Any]


@pytest.mark.requirement("KN-10")
def test_cases_with_a_broken_chain_are_listed_for_the_manager(
    cast: Cast, sign_in: Work, as_job: Work
) -> None:
    with as_job(cast.ekdala.tenant):
        one = road(cast)
        tell(one, "plan_agreed", source=uuid7(), on=cast.on - dt.timedelta(days=50))
    page = sign_in(cast["mona"]).get(reverse("unit_follow_ups"))
    listed = {gap["name"] for gap in page.context["gaps"]}
    assert cast.person("same_unit").name in listed, "295 days without a plan"
    assert cast.person("own").name not in listed, "50 days since the plan"
    assert not {one.name for one in cast.protected} & listed
    shorter = sign_in(cast["mona"]).get(reverse("unit_follow_ups") + "?days=30")
    assert cast.person("own").name in {gap["name"] for gap in shorter.context["gaps"]}
    with as_job(cast.ekdala.tenant):
        rows = Enrolment.enrolments.filter(pk=one.pk)
        assert [gap.lacking for _row, gap in gaps(rows, on=cast.on, longest=30)] == ["work"]


@pytest.mark.requirement("KN-141")
def test_wellbeing_is_shown_per_unit_with_n_of_n_and_few_answers_hidden(
    cast: Cast, sign_in: Work, as_job: Work
) -> None:
    with as_job(cast.ekdala.tenant):
        rows = [an_enrolment(cast, a_person(cast)) for _ in range(7)]
        for row, value in zip(rows, (5, 4, 4, 2, 1, None, None), strict=True):
            pulse = actions.NewPulse(thriving=value, needed=3 if value == 5 else None)
            actions.follow_up(row, new(cast, pulse=pulse), by=None)
        trend = pulse_trend(cast.ekdala.units[0], on=cast.on)
        now = {one.question: one for one in trend if one.month == cast.on.replace(day=1)}
        assert (now["thriving"].answered, now["thriving"].well) == (5, 3)
        assert now["thriving"].followed == 7, "two did not wish to answer"
        assert now["needed"].answered is None, "one answer would tell who gave it"
    page = sign_in(cast["mona"]).get(reverse("unit_follow_ups")).content.decode()
    assert "3 av 5" in page
    assert "(7 uppföljda)" in page
    assert "för få" in page


@given(st.dictionaries(st.integers(), st.integers(1, 5), max_size=30))
def test_no_cell_tells_what_a_small_group_said_to_a_one(said: dict[int, int]) -> None:
    cell = _cell(dt.date(2026, 11, 1), "thriving", len(said), said)
    if len(said) < SMALL:
        assert (cell.answered, cell.well) == (None, None)
    if cell.well is not None and len(said) < 2 * SMALL:
        assert 0 < cell.well < len(said)


@pytest.mark.requirement("JI-51")
def test_the_dose_of_coaching_is_told_per_week(cast: Cast, at_work: Work) -> None:
    with at_work(cast["asta"]):
        one = road(cast)
        by = cast["asta"].actor
        monday = cast.on - dt.timedelta(days=cast.on.weekday() + 7)
        talk: dict[str, Any] = {"party": "participant", "way": "phone", "on": monday}
        others: tuple[dict[str, Any], ...] = (
            {"minutes": 20},
            {},
            {"reached": False},
            {"party": "FK", "minutes": 90},
        )
        for said in others:
            contact = actions.NewContact(**(talk | said))
            actions.contact(one.person_id, contact, by=by, enrolment=one)
        actions.follow_up(one, new(cast, on=monday, minutes=40), by=by)
        rows = Enrolment.enrolments.filter(pk=one.pk)
        (week,) = dose(rows, since=monday, until=monday + dt.timedelta(days=7))
        assert (week.count, week.timed, week.minutes) == (3, 2, 60)
        assert (week.year, week.week) == monday.isocalendar()[:2]


def test_the_page_is_the_manager_s_and_names_those_it_shows_in_the_log(
    cast: Cast, sign_in: Work, queries: Work
) -> None:
    at = reverse("unit_follow_ups")
    for who in ("asta", "vera", "ada", "olle"):
        assert sign_in(cast[who]).get(at).status_code == 404
    visitor = sign_in(cast["mona"])
    with queries() as made:
        assert visitor.get(at).status_code == 200
    assert made.count <= 12, made.statements
