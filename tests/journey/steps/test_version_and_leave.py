"""Going over to a newer version and leaving: decisions too, never done by a clock."""

from __future__ import annotations

import ast
import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stegvis.config.checkout import ROOT
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Assignment, Enrolment, Income
from stegvis.journey.programmes.actions import publish
from stegvis.journey.programmes.models import ProgrammeVersion
from stegvis.journey.standing.actions import begin_pause
from stegvis.journey.standing.models import Pause, StepPeriod
from stegvis.journey.steps import actions as steps
from stegvis.journey.steps.models import StepDecision
from stegvis.platform.access.models import Relation
from tests.cast.people import Cast
from tests.house.sources import modules, saying, tree
from tests.journey.made import decide, new, steps_of, stood_on

pytestmark = pytest.mark.django_db
Work = Callable[..., Any]


@pytest.fixture
def asta(cast: Cast, at_work: Work) -> Any:
    with at_work(cast["asta"]):
        yield cast["asta"]


def _refused(code: str) -> Any:
    return pytest.raises(NotNow, check=lambda fault: fault.code == code)


def _text(cast: Cast) -> str:
    return str(ProgrammeVersion.versions.get(pk=cast.ekdala.version).text)


@pytest.mark.requirement("INV-3", "X-05")
def test_going_over_to_a_newer_version_is_a_decision_and_the_step_stays(
    cast: Cast, asta: Any
) -> None:
    newer = publish(_text(cast).replace("Kom igång", "Komma igång"), on=cast.on)
    before = stood_on(cast.person("own").enrolment)
    row = steps.move_to_version(cast.person("own").enrolment, newer, new(cast, ""), by=asta.actor)
    assert (row.kind, row.to_step, row.by_id) == ("version", "s2", asta.member)
    assert Enrolment.enrolments.get(pk=row.enrolment_id).programme_id == newer.pk
    assert stood_on(row.enrolment_id) == before
    assert row.programme_id == newer.pk


def test_the_same_version_or_another_programme_is_refused(cast: Cast, asta: Any) -> None:
    same = ProgrammeVersion.versions.get(pk=cast.ekdala.version)
    other = publish((ROOT / "programmes/supported_employment/model.yaml").read_text(), on=cast.on)
    for version in (same, other):
        with _refused("another_programme"):
            steps.move_to_version(
                cast.person("own").enrolment, version, new(cast, ""), by=asta.actor
            )


def test_going_over_asks_for_a_written_reason(cast: Cast, asta: Any) -> None:
    newer = publish(_text(cast).replace("Kom igång", "Komma igång"), on=cast.on)
    with _refused("grounds_missing"):
        steps.move_to_version(
            cast.person("own").enrolment, newer, new(cast, "", grounds=" "), by=asta.actor
        )


@pytest.mark.parametrize("stands", ["s2", "s3"])
def test_nobody_goes_over_to_a_version_that_lacks_a_step_they_have_walked(
    cast: Cast, asta: Any, stands: str
) -> None:
    if stands == "s3":
        decide(cast, asta, "own", "s3")
    newer = publish(re.sub(r"\bs2\b", "s2_now", _text(cast)), on=cast.on)
    with _refused("step_not_in_version"):
        steps.move_to_version(cast.person("own").enrolment, newer, new(cast, ""), by=asta.actor)


@pytest.mark.requirement("AJ-62", "N-13", "INV-2")
def test_leaving_closes_what_is_open_and_says_what_the_person_lives_on(
    cast: Cast, asta: Any, as_job: Work
) -> None:
    one = cast.person("own")
    begin_pause(
        Enrolment.enrolments.get(pk=one.enrolment), by=asta.actor, since=cast.on, reason="care"
    )
    row = steps.leave(one.enrolment, new(cast, ""), by=asta.actor, reason="work", income="wage")
    assert (row.kind, row.by_id, row.closes_id) == ("leave", asta.member, one.period)
    with as_job(cast.ekdala.tenant):
        ended = Enrolment.enrolments.get(pk=one.enrolment)
        assert (ended.until, ended.exit_reason) == (cast.on, "work")
        assert not StepPeriod.periods.filter(enrolment=ended, until__isnull=True).exists()
        assert not Pause.objects.filter(enrolment=ended, until__isnull=True).exists()
        assert not Assignment.assignments.filter(enrolment=ended, until__isnull=True).exists()
        assert Income.objects.get(enrolment=ended, moment="exit").source == "wage"
        ties = Relation.relations.held(cast.on).filter(person=one.person)
        assert {tie.kind for tie in ties} == {"after"}, "all but how it went ends (KN-04)"


def test_leaving_asks_for_a_reason_and_a_day_after_the_step_began(cast: Cast, asta: Any) -> None:
    one = cast.person("own")
    given = {"by": asta.actor, "reason": "work", "income": "wage"}
    with _refused("grounds_missing"):
        steps.leave(one.enrolment, new(cast, "", grounds=""), **given)
    began = stood_on(one.enrolment).since
    with _refused("before_the_step_began"):
        steps.leave(one.enrolment, new(cast, "", effective_on=began), **given)
    assert steps_of(one.enrolment) == [("s2", True)]


def test_who_stands_on_no_step_leaves_too_but_not_before_the_enrolment(
    cast: Cast, as_job: Work, asta: Any
) -> None:
    from tests.journey.made import an_enrolment

    with as_job(cast.ekdala.tenant):
        row = an_enrolment(cast)
    given = {"by": asta.actor, "reason": "own_wish", "income": "unknown"}
    with _refused("before_the_enrolment"):
        steps.leave(row.pk, new(cast, "", effective_on=cast.on - dt.timedelta(days=1)), **given)
    steps.leave(row.pk, new(cast, ""), **given)


def test_a_leaving_is_no_mistake_of_steps_and_is_not_corrected_as_one(
    cast: Cast, asta: Any, as_job: Work
) -> None:
    row = steps.leave(
        cast.person("own").enrolment, new(cast, ""), by=asta.actor, reason="work", income="wage"
    )
    with as_job(cast.ekdala.tenant):
        assert steps.correctable(row.enrolment_id) is None


@pytest.mark.requirement("INV-2", "N-03", "N-13", "JI-33", "AJ-05", "INV-15")
def test_nothing_in_the_product_decides_without_a_member() -> None:
    """A decision is made in one place, and that place cannot be called without who decides; no
    task, command or clock calls it."""
    verbs = {"decide", "correct", "leave", "move_to_version"}
    calls = _calls({"StepDecision", *verbs})
    making = {path for path, call in calls if call == "StepDecision"}
    assert making == {ROOT / "src/stegvis/journey/steps/actions.py"}
    for name in verbs:
        given = getattr(steps, name).__annotations__
        assert given["by"] == "Actor", name
    callers = {path for path, call in calls if call in verbs and _knows_steps(path)}
    demo = ROOT / "src/stegvis/config/demo"
    assert {path.name for path in callers if demo not in path.parents} <= {"pages.py"}


def _calls(of: set[str]) -> set[tuple[Path, str]]:
    found = set()
    for path in saying(of, modules()):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call):
                found.add((path, getattr(node.func, "id", getattr(node.func, "attr", ""))))
    return {(path, call) for path, call in found if call in of}


def _knows_steps(path: Path) -> bool:
    return "journey.steps" in path.read_text(encoding="utf-8")


def test_a_decision_without_a_member_is_refused_by_the_database() -> None:
    assert StepDecision._meta.get_field("by").null is False
