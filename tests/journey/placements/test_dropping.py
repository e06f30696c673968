"""Broken off: what is proposed, what stays, and who alone sets the exception."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.placements import actions
from stegvis.journey.placements.actions import NewDropOut, NewException
from stegvis.journey.placements.models import DropOut, Placement
from stegvis.journey.standing.models import DatedFact, StepPeriod
from stegvis.journey.steps import actions as steps
from stegvis.journey.steps.facts import judged
from stegvis.platform.access.authority import Hidden
from tests.cast.people import Cast
from tests.journey.made import new as decision
from tests.journey.made import steps_of, stood_on
from tests.journey.placements.conftest import a_site, practice
from tests.journey.placements.test_going_out import told

pytestmark = pytest.mark.django_db
WEEK = dt.timedelta(days=7)


def _on(cast: Cast, danish: Enrolment, step: str, day: dt.date) -> None:
    new = decision(cast, step, seen=stood_on(danish.pk).pk, effective_on=day)
    steps.decide(danish.pk, new, by=cast["inge"].actor)


@pytest.fixture
def placed(cast: Cast, danish: Enrolment, inge: Any) -> Placement:
    """On step 3, placed a fortnight ago."""
    _on(cast, danish, "t2", cast.on - 4 * WEEK)
    _on(cast, danish, "t3", cast.on - 2 * WEEK)
    fresh = Enrolment.enrolments.get(pk=danish.pk)
    new = practice(a_site(danish.tenant_id), cast.on - 2 * WEEK, group=2, ends=cast.on + WEEK)
    return actions.place(fresh, new, by=inge)


def broken(cast: Cast, placed: Placement, **more: Any) -> NewDropOut:
    day = cast.on - dt.timedelta(days=1)
    return NewDropOut(day, "tasks", "person", placed.version, **more)


@pytest.mark.requirement("FM-50", "INV-13")
def test_a_drop_out_proposes_the_next_attempt_the_day_after_and_moves_nobody(
    cast: Cast, danish: Enrolment, inge: Any, placed: Placement
) -> None:
    before = steps_of(danish.pk)
    row = actions.drop_out(placed, broken(cast, placed), by=inge)
    assert (row.step, told(row, "drop_out")) == ("t3", {"step": "t3"})
    assert steps_of(danish.pk) == before
    (move,) = [one for one in judged(danish, on=cast.on).judged.open_moves if one.proposed]
    assert (move.to, move.attempt, move.since) == ("t2", 2, cast.on)
    _on(cast, danish, "t2", cast.on)
    period = StepPeriod.periods.standing().get(enrolment=danish, until__isnull=True)
    assert (period.step, period.attempt) == ("t2", 2)
    assert [step for step, _open in steps_of(danish.pk)] == ["t1", "t2", "t3", "t2"]
    assert DropOut.objects.filter(enrolment=danish).exists()  # history intact
    assert Placement.placements.get(pk=placed.pk).until == row.on


@pytest.mark.requirement("FM-51")
def test_a_mediator_cannot_set_the_exception_and_the_case_worker_can(
    cast: Cast, inge: Any, placed: Placement, at_work: Any, sign_in: Any
) -> None:
    danish = placed.enrolment
    row = actions.drop_out(placed, broken(cast, placed), by=inge)
    new = NewException("flexjob_target", "Skal vurderes til fleksjob")
    with at_work(cast["mads"]), pytest.raises(Hidden):
        actions.set_exception(row, new, by=cast["mads"].actor)
    address = reverse("drop_out_exception", args=[danish.person_id, row.pk])
    assert sign_in(cast["mads"]).get(address).status_code == 404
    sent = {"code": new.code, "grounds": new.grounds}
    assert sign_in(cast["inge"]).post(address, sent).status_code == 302
    fact = DatedFact.objects.get(enrolment=danish, kind="exception")
    assert fact.values == {"code": "flexjob_target", "by": "coordinating_case_worker"}
    moves = judged(danish, on=cast.on).judged.open_moves
    assert not [one for one in moves if one.proposed]
    with pytest.raises(NotNow, match="excepted_before"):
        actions.set_exception(row, new, by=inge)


@pytest.mark.requirement("FM-50")
def test_words_and_a_reason_of_health_are_for_few(
    cast: Cast, danish: Enrolment, inge: Any, placed: Placement, sign_in: Any
) -> None:
    day = cast.on
    new = NewDropOut(day, "health", "company", placed.version, words="Ord om bruddet")
    row = actions.drop_out(placed, new, by=inge)
    assert "reason" not in (told(row, "drop_out") or {})
    address = reverse("placements", args=[danish.person_id])
    own = sign_in(cast["inge"]).get(address).text
    assert "Ord om bruddet" in own
    assert "helbred" in own
    mediator = sign_in(cast["mads"]).get(address).text
    assert "Ord om bruddet" in mediator
    assert "Virksomheden: helbred" not in mediator
    manager = sign_in(cast["mette"]).get(address).text
    assert "Ord om bruddet" not in manager
    assert "Virksomheden: helbred" not in manager


def test_broken_off_once_and_not_ahead_of_time(
    cast: Cast, danish: Enrolment, inge: Any, placed: Placement
) -> None:
    late = NewDropOut(cast.on + WEEK, "tasks", "person", placed.version)
    with pytest.raises(NotNow, match="not_yet"):
        actions.drop_out(placed, late, by=inge)
    actions.drop_out(placed, broken(cast, placed), by=inge)
    with pytest.raises(NotNow, match="dropped_before"):
        actions.drop_out(placed, broken(cast, placed), by=inge)


def test_it_is_written_in_the_browser_and_the_road_proposes(
    cast: Cast, danish: Enrolment, inge: Any, placed: Placement, sign_in: Any
) -> None:
    visitor = sign_in(cast["mads"])
    address = reverse("drop_out", args=[danish.person_id, placed.pk])
    sent = {"on": cast.on.isoformat(), "reason": "hours", "side": "person",
            "seen": placed.version, "words": ""}  # fmt: skip
    assert visitor.post(address, {**sent, "reason": ""}).status_code == 200
    assert visitor.post(address, sent).status_code == 302
    assert DropOut.objects.get(placement=placed).reason == "hours"
