"""Who needs a place, who has been inside long, how old the searches are."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.intake.models import Enrolment
from stegvis.journey.placements import actions
from stegvis.journey.placements.facts.early import InTrial, first_external, trial_of
from stegvis.journey.placements.facts.lists import (
    long_inside,
    needs_place,
    on_the_road,
    open_searches,
    reminders,
)
from stegvis.journey.placements.facts.starting import started
from stegvis.journey.placements.models import EarlyTrial, Placement
from stegvis.journey.standing.actions import tell
from tests.cast.people import Cast
from tests.journey.made import decide
from tests.journey.placements.conftest import a_site, practice

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _nobody_outside(enrolment: Enrolment) -> None:
    """The cast's own placement is taken as one inside the house."""
    rows = Placement.placements.filter(enrolment=enrolment)
    rows.update(site_kind="arbetscentrum")


def _on_step_5(cast: Cast, enrolment: Enrolment, days: int) -> Enrolment:
    since = cast.on - days * DAY
    decide(cast, cast["asta"], "own", "s5", effective_on=since)
    return Enrolment.enrolments.get(pk=enrolment.pk)


@pytest.mark.requirement("AJ-39")
@pytest.mark.parametrize(("days", "named"), [(29, 0), (30, 1)])
def test_thirty_days_on_step_5_without_a_place_is_on_the_list(
    cast: Cast, enrolment: Enrolment, asta: Any, days: int, named: int
) -> None:
    _on_step_5(cast, enrolment, days)
    rows = on_the_road(asta, on=cast.on)
    found = [one.row.enrolment.pk for one in needs_place(rows, {}, on=cast.on)]
    assert found.count(enrolment.pk) == named
    actions.set_reminder("needs_place", 10)
    found = [one.row.enrolment.pk for one in needs_place(rows, reminders(), on=cast.on)]
    assert enrolment.pk in found


@pytest.mark.requirement("AJ-39", "KN-138")
def test_a_place_takes_the_name_off_the_lists(cast: Cast, enrolment: Enrolment, asta: Any) -> None:
    row = _on_step_5(cast, enrolment, 40)
    assert enrolment.pk in _inside(cast, asta)
    actions.place(row, practice(a_site(row.tenant_id), cast.on), by=asta)
    rows = on_the_road(asta, on=cast.on)
    assert enrolment.pk not in {one.row.enrolment.pk for one in needs_place(rows, {}, on=cast.on)}
    assert enrolment.pk not in _inside(cast, asta)


def _inside(cast: Cast, asta: Any) -> list[Any]:
    found = long_inside(on_the_road(asta, on=cast.on), {}, on=cast.on)
    return [one.row.enrolment.pk for one in found]


@pytest.mark.requirement("KN-138")
def test_those_inside_stand_by_days_and_a_place_inside_the_house_counts_as_inside(
    cast: Cast, enrolment: Enrolment, asta: Any
) -> None:
    new = practice(a_site(enrolment.tenant_id), cast.on, site_kind="ame_huset")
    actions.place(enrolment, new, by=asta)
    found = long_inside(on_the_road(asta, on=cast.on), {"inside": 100}, on=cast.on)
    days = [one.days for one in found]
    assert days == sorted(days, reverse=True)
    assert enrolment.pk in _inside(cast, asta)
    assert all(one.long == (one.days >= 100) for one in found)


@pytest.mark.requirement("FM-43")
def test_open_searches_have_an_age_and_those_agreed_a_median(
    cast: Cast, danish: Enrolment, inge: Any
) -> None:
    new = {"effective_on": cast.on - 40 * DAY}
    decide(cast, cast["inge"], "abroad", "t2", **new)
    found = open_searches(on_the_road(inge, on=cast.on), on=cast.on)
    assert [(one.step, one.days) for one in found.open] == [("t2", 40)]
    assert (found.median, found.n) == (None, 0)
    tell(danish, "agreement", source=danish.pk, on=cast.on - 10 * DAY, signed_by=["participant"])
    found = open_searches(on_the_road(inge, on=cast.on), on=cast.on)
    assert (found.median, found.n) == (30, 1)


@pytest.mark.requirement("AJ-39", "KN-138")
def test_nobody_hidden_is_on_the_page_and_a_manager_sets_the_days(
    cast: Cast, enrolment: Enrolment, asta: Any, sign_in: Any
) -> None:
    actions.set_reminder("needs_place", 1)
    page = sign_in(cast["asta"]).get(reverse("needing_place")).text
    for one in cast.participants.values():
        if one.key in {"protected_hidden", "barred", "abroad"}:
            assert one.family not in page
    manager = sign_in(cast["mona"])
    sent = manager.post(reverse("needing_place"), {"code": "inside", "days": "90"})
    assert sent.status_code == 302
    assert reminders()["inside"] == 90
    assert (
        sign_in(cast["asta"])
        .post(reverse("needing_place"), {"code": "inside", "days": "5"})
        .status_code
        == 200
    )
    assert reminders()["inside"] == 90


@pytest.mark.requirement("JI-31")
def test_a_trial_counts_who_is_in_it_and_leaves_out_who_came_before(
    cast: Cast, enrolment: Enrolment, asta: Any
) -> None:
    since = enrolment.since
    trial = EarlyTrial(name="T", early_days=10, since=since, until=since + 5 * DAY)
    rows = Enrolment.enrolments.filter(pk=enrolment.pk).annotate(first=first_external())
    assert trial_of(trial, rows, on=cast.on) == InTrial(0, 0, 1, 0)
    actions.place(enrolment, practice(a_site(enrolment.tenant_id), since + 10 * DAY), by=asta)
    assert trial_of(trial, rows.all(), on=cast.on) == InTrial(1, 0, 0, 0)
    late = EarlyTrial(name="T", early_days=9, since=since, until=since + 5 * DAY)
    assert trial_of(late, rows.all(), on=cast.on) == InTrial(0, 1, 0, 0)
    after = EarlyTrial(name="T", early_days=9, since=since + DAY, until=since + 5 * DAY)
    assert trial_of(after, rows.all(), on=cast.on).eligible == 0


@pytest.mark.requirement("JI-10")
def test_the_first_placement_stands_beside_the_earliest_day(
    cast: Cast, enrolment: Enrolment, asta: Any
) -> None:
    new = actions.NewMeasures("Prova halvdagar", cast.on - 20 * DAY)
    actions.plan_first(enrolment, new, by=asta)
    assert started([enrolment.pk])[enrolment.pk].late is None
    actions.place(enrolment, practice(a_site(enrolment.tenant_id), cast.on - 5 * DAY), by=asta)
    assert started([enrolment.pk])[enrolment.pk].late == 15
