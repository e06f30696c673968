"""Asta and a report about the person who is hers, which the referral says what it is used for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from stegvis.journey.intake.models import OrderLine
from stegvis.journey.reports import actions
from stegvis.journey.reports.models import Report, ReportLine
from stegvis.journey.waivers import actions as waivers
from stegvis.journey.waivers.models import Waiver
from tests.cast.people import Cast
from tests.journey.waivers.made import new


@pytest.fixture
def asta(cast: Cast, at_work: Callable[..., Any]) -> Iterator[Any]:
    with at_work(cast["asta"]):
        yield cast["asta"].actor


@pytest.fixture
def used(cast: Cast, as_job: Callable[..., Any]) -> None:
    """Her referral says what the answer is used for, and two passages are written."""
    own = cast.person("own")
    with as_job(cast.ekdala.tenant):
        OrderLine.objects.filter(referral=own.referral).update(uses=["job_matching"])
        report = Report.reports.get(pk=own.rows["report"])
        lines = {line.section: line for line in ReportLine.objects.filter(report=report)}
        actions.rewrite(report, lines["done"], "Har provat disk och kallskänk.", by=None)
        actions.rewrite(report, lines["progress"], "Frågar om hjälp.", by=None)


@pytest.fixture
def report(cast: Cast, used: None, asta: Any) -> Report:
    row: Report = Report.reports.get(pk=cast.person("own").rows["report"])
    return row


@pytest.fixture
def waive(cast: Cast, asta: Any) -> Callable[..., Waiver]:
    def make(**said: Any) -> Waiver:
        changed = {"categories": ("progress", "goals")} | said
        return waivers.give(cast.person("own").person, new(timezone.now(), **changed), by=asta)

    return make


def jobs() -> list[dict[str, Any]]:
    """What waits for the worker, as its arguments."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select args::text from procrastinate_jobs where task_name = 'reports.mail' order by id"
        )
        return [json.loads(row[0]) for row in cursor.fetchall()]
