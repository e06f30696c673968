"""Who needs a place, who has been inside long, how old the searches are."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from stegvis.core.outcomes.reaching import Point
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.placements import actions
from stegvis.journey.placements.facts.early import (
    Curve,
    InTrial,
    curves_of,
    first_external,
    trial_of,
)
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


def _gone_to(since: dt.date, first: int | None, step: int | None) -> Any:
    """An enrolment in the trial: placed and come to the step after so many days, if at all."""
    day = {
        name: None if n is None else since + n * DAY
        for name, n in (("first", first), ("reached", step))
    }
    row = Enrolment(since=since)
    vars(row).update(day)
    return row


@pytest.mark.requirement("JI-31")
def test_the_curves_start_when_early_is_over_and_those_under_way_are_followed_until_today(
    cast: Cast,
) -> None:
    since = cast.on - 100 * DAY
    trial = EarlyTrial(name="T", early_days=10, step=5, since=since, until=since + DAY)
    early = [_gone_to(since, 5, 40), *[_gone_to(since, 5, None) for _n in range(5)]]
    late = [_gone_to(since, 60, 70), *[_gone_to(since, None, None) for _n in range(5)]]
    at_once = _gone_to(since, None, 9)  # there before the clock starts: in neither
    made = curves_of(trial, [*early, *late, at_once], on=cast.on)
    assert made is not None
    assert [one.n for one in made] == [6, 6]
    first, second = ({one.days: one.share for one in arm.points} for arm in made)
    assert (first[0], first[30], first[60]) == (0, Decimal("0.1667"), Decimal("0.1667"))
    assert (second[30], second[60]) == (0, Decimal("0.1667"))
    assert max(first) == 60, "nobody is followed longer than to today"


@pytest.mark.requirement("JI-31")
def test_no_curve_is_told_of_fewer_than_five_or_without_a_step_fixed_before(cast: Cast) -> None:
    since = cast.on - 100 * DAY
    trial = EarlyTrial(name="T", early_days=10, step=5, since=since, until=since + DAY)
    people = [_gone_to(since, 5, None) for _n in range(5)]
    few = [_gone_to(since, None, None) for _n in range(4)]
    assert curves_of(trial, people + few, on=cast.on) is None
    enough = [*people, *few, _gone_to(since, 30, None)]
    assert curves_of(trial, enough, on=cast.on) is not None
    trial.step = None
    assert curves_of(trial, enough, on=cast.on) is None


@pytest.mark.requirement("JI-31")
def test_the_page_draws_both_curves_with_how_many_and_the_same_as_a_table(
    cast: Cast, enrolment: Enrolment, asta: Any, sign_in: Any, monkeypatch: Any
) -> None:
    on = cast.on + 7 * DAY
    sent = {"name": "Tidig plats", "early_days": "30", "since": on.isoformat(),
            "until": (on + 90 * DAY).isoformat()}  # fmt: skip
    visitor = sign_in(cast["mona"])
    assert visitor.post(reverse("early_trials"), sent).status_code == 200
    assert visitor.post(reverse("early_trials"), sent | {"step": "5"}).status_code == 302
    page = visitor.get(reverse("early_trials")).text
    assert "steg 5" in page
    assert "<figure" not in page
    points = (Point(0, Decimal(0), 7), Point(30, Decimal("0.25"), 6))
    told = (Curve(7, points), Curve(9, points))
    monkeypatch.setattr("stegvis.journey.placements.pages.lists.curves_of", lambda *_a, **_k: told)
    page = visitor.get(reverse("early_trials")).text
    assert "Tidigt placerade, 7 deltagare" in page
    assert "Inte placerade då, 9 deltagare" in page
    assert page.count('d="M0 100H24V75"') == 2


@pytest.mark.requirement("JI-10")
def test_the_first_placement_stands_beside_the_earliest_day(
    cast: Cast, enrolment: Enrolment, asta: Any
) -> None:
    new = actions.NewMeasures("Prova halvdagar", cast.on - 20 * DAY)
    actions.plan_first(enrolment, new, by=asta)
    assert started([enrolment.pk])[enrolment.pk].late is None
    actions.place(enrolment, practice(a_site(enrolment.tenant_id), cast.on - 5 * DAY), by=asta)
    assert started([enrolment.pk])[enrolment.pk].late == 15
