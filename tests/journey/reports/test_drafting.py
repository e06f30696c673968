"""A first proposal tells what somebody did and what has gone forward, never what is lacking."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.utils import timezone

from stegvis.core.progression.plans import GOAL
from stegvis.journey.abilities.actions import NewRating, rate
from stegvis.journey.followups.actions import NewJobSearch, log_job_search
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.plans.actions import acknowledge, review_goal
from stegvis.journey.plans.models import Goal
from stegvis.journey.reports import actions
from stegvis.journey.reports.facts.covering import grounds_of
from stegvis.journey.reports.models import Report, ReportLine
from stegvis.journey.standing.actions import judge
from tests.cast.people import Cast
from tests.journey.made import decide
from tests.journey.plans.writing import drafted, enrolment_of, goal, text

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("AJ-47", "KN-34")]


def _draft(cast: Cast, by: Any, **days: dt.date) -> Report:
    given = {
        "since": cast.on - dt.timedelta(days=30), "until": cast.on + dt.timedelta(days=1), **days,
    }  # fmt: skip
    return actions.draft(enrolment_of(cast), by=by, occasion="period", **given)


def _drafted(cast: Cast, by: Any, *, days: int = 30) -> dict[str, str]:
    made = _draft(cast, by, since=cast.on - dt.timedelta(days=days))
    return {line.section: line.text for line in ReportLine.objects.filter(report=made)}


@pytest.fixture
def ready(cast: Cast, asta: Any) -> None:
    """Late enough on the road to look for work."""
    decide(cast, cast["asta"], "own", "s5", effective_on=cast.on - dt.timedelta(days=100))


def test_it_tells_what_was_judged_as_met_and_not_what_is_lacking(cast: Cast, asta: Any) -> None:
    row = Enrolment.enrolments.get(pk=cast.person("own").enrolment)
    for criterion, met in (("needs_less_support", True), ("instructions", False)):
        judge(row, by=asta, criterion=criterion, met=met, basis="Sagt i samtal", on=cast.on)
    lines = _drafted(cast, asta)["progress"].splitlines()
    assert len(lines) == 1
    assert "Sagt i samtal" not in lines[0]


@pytest.mark.requirement("AJ-36")
def test_it_counts_how_often_work_was_looked_for_in_its_days(
    cast: Cast, asta: Any, ready: None
) -> None:
    for ago in (1, 5, 9, 80):
        day = cast.on - dt.timedelta(days=ago)
        new = NewJobSearch("application", day, employer="Ekdala bageri")
        log_job_search(enrolment_of(cast), new, by=asta)
    assert _drafted(cast, asta)["job_seeking"] == "Har sökt arbete 3 gånger."
    assert _drafted(cast, asta, days=0)["job_seeking"] == ""


@pytest.mark.requirement("AJ-36")
def test_job_seeking_goes_only_where_a_waiver_covers_it(
    cast: Cast, asta: Any, ready: None, used: None, waive: Any
) -> None:
    log_job_search(enrolment_of(cast), NewJobSearch("application", cast.on), by=asta)
    made = _draft(cast, asta)
    lines = list(made.lines.all())
    struck = grounds_of(made, lines, at=timezone.now()).struck
    assert (struck["job_seeking"], struck["goals"]) == ("no_waiver", "empty")
    waive(categories=("job_seeking",))
    assert "job_seeking" in grounds_of(made, lines, at=timezone.now()).kept


def _plan(cast: Cast, *more: dict[str, str]) -> list[Goal]:
    """Agreed on: a job, the week, and what else is said."""
    said = text() | {f"{GOAL}{uuid.UUID(int=n)}": one for n, one in enumerate(more, start=50)}
    version = drafted(cast, cast["asta"], said)
    acknowledge(version, by=cast["asta"].actor, how="paper")
    acknowledge(version, by=cast["asta"].actor, how="decided", otherwise="Vi börjar ändå.")
    return list(Goal.objects.filter(of=version).order_by("position"))


def test_it_tells_the_goals_and_how_they_go_in_the_persons_favour(cast: Cast, asta: Any) -> None:
    more = [goal(f"Mål {n}.") for n in range(4)]
    rows = {one.text: one for one in _plan(cast, *more)}
    looks = {
        "Hålla min vecka": "reached", "Mål 0.": "going", "Mål 1.": "slow", "Mål 2.": "dropped",
    }  # fmt: skip
    for name, status in looks.items():
        review_goal(rows[name], status=status, comment="Sagt i förtroende.", by=asta)
    assert _drafted(cast, asta)["goals"].splitlines() == [
        "Nått: Hålla min vecka.",
        "På väg: Mål 0.",
        "Mål vi har kommit överens om: Ett jobb i ett kök.",
        "Mål vi har kommit överens om: Mål 1.",
        "Mål vi har kommit överens om: Mål 3.",
    ]


def test_a_goal_set_after_the_days_or_reached_before_them_is_not_told(
    cast: Cast, asta: Any
) -> None:
    rows = _plan(cast)
    assert _draft(cast, asta, until=cast.on).lines.get(section="goals").text == ""
    review_goal(rows[0], status="reached", by=asta)
    tomorrow, later = (cast.on + dt.timedelta(days=n) for n in (1, 9))
    told = _draft(cast, asta, since=tomorrow, until=later).lines.get(section="goals").text
    assert told == "Mål vi har kommit överens om: Hålla min vecka."


@pytest.mark.requirement("INV-6", "N-07")
def test_a_goal_that_leads_to_motivation_or_health_is_never_told(cast: Cast, asta: Any) -> None:
    own = cast.person("own")
    new = NewRating("back_pain", cast.on, value=3)
    bodily = rate(enrolment_of(cast), new, by=asta)
    habit = {"kind": "behaviour", "behaviour": str(own.rows["behaviour"])}
    hidden = [
        goal("Komma klockan sju", **habit),
        goal("Ställa klockan", kind="sub", under=str(uuid.UUID(int=50))),
        goal("Bära en låda i taget", source="form", source_key=str(bodily.pk)),
        goal("Hantera min ångest"),
    ]
    rows = _plan(cast, *hidden)
    for one in rows:
        review_goal(one, status="going", by=asta)
    told = _drafted(cast, asta)["goals"]
    assert told == "På väg: Ett jobb i ett kök.\nPå väg: Hålla min vecka."


def test_without_a_plan_the_passage_is_there_and_empty(cast: Cast, asta: Any) -> None:
    made = _draft(cast, asta)
    assert made.lines.get(section="goals").text == ""
    assert made.lines.get(section="goals").category == "goals"


def test_it_says_where_somebody_stands_and_since_when(cast: Cast, asta: Any) -> None:
    assert _drafted(cast, asta)["done"].startswith("Steg 2 Lättare arbetsträning sedan ")


def test_what_was_written_freely_at_a_decision_is_not_copied(cast: Cast, asta: Any) -> None:
    assert "Kartlagd och redo." not in " ".join(_drafted(cast, asta, days=300).values())
