"""A first proposal tells what somebody did and what has gone forward, never what is lacking."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest

from stegvis.journey.intake.models import Enrolment
from stegvis.journey.reports import actions
from stegvis.journey.reports.models import ReportLine
from stegvis.journey.standing.actions import judge, tell
from tests.cast.people import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("AJ-47", "KN-34")]


def _drafted(cast: Cast, by: Any, *, days: int = 30) -> dict[str, str]:
    row = Enrolment.enrolments.get(pk=cast.person("own").enrolment)
    made = actions.draft(
        row,
        by=by,
        since=cast.on - dt.timedelta(days=days),
        until=cast.on + dt.timedelta(days=1),
        occasion="period",
    )
    return {line.section: line.text for line in ReportLine.objects.filter(report=made)}


def test_it_tells_what_was_judged_as_met_and_not_what_is_lacking(cast: Cast, asta: Any) -> None:
    row = Enrolment.enrolments.get(pk=cast.person("own").enrolment)
    for criterion, met in (("needs_less_support", True), ("instructions", False)):
        judge(row, by=asta, criterion=criterion, met=met, basis="Sagt i samtal", on=cast.on)
    lines = _drafted(cast, asta)["progress"].splitlines()
    assert len(lines) == 1
    assert "Sagt i samtal" not in lines[0]


def test_it_counts_how_often_work_was_looked_for_in_its_days(cast: Cast, asta: Any) -> None:
    row = Enrolment.enrolments.get(pk=cast.person("own").enrolment)
    for ago in (1, 5, 9, 80):
        day = cast.on - dt.timedelta(days=ago)
        tell(row, "event", source=uuid.uuid4(), on=day, what="job_search", about="application")
    assert _drafted(cast, asta)["job_seeking"] == "Har sökt arbete 3 gånger."


def test_it_says_where_somebody_stands_and_since_when(cast: Cast, asta: Any) -> None:
    assert _drafted(cast, asta)["done"].startswith("Steg 2 Lättare arbetsträning sedan ")


def test_what_was_written_freely_at_a_decision_is_not_copied(cast: Cast, asta: Any) -> None:
    assert "Kartlagd och redo." not in " ".join(_drafted(cast, asta, days=300).values())
