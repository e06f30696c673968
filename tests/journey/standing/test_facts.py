"""The rows of the product as the core's facts: of every kind, as the published format says."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest

from stegvis.config.checkout import ROOT
from stegvis.core.progression.case import Case, read
from stegvis.core.progression.judgement import judgement, to_json
from stegvis.journey.intake import actions as intake
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.standing import actions
from stegvis.journey.standing.actions import NewCategory, NewReading
from stegvis.journey.standing.facts import cases
from stegvis.journey.steps import actions as steps
from stegvis.journey.steps.facts import case, judged
from tests.cast.people import Cast
from tests.journey.made import an_enrolment, new, stood_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def walked(cast: Cast, as_job: Callable[..., Any], at_work: Callable[..., Any]) -> Any:
    """Somebody of whom everything is known that can be written down, and who has left."""
    since = cast.on - dt.timedelta(days=100)
    with as_job(cast.ekdala.tenant):
        row = an_enrolment(cast, since=since)
        intake.assign(
            row, by=None, member=cast["vera"].member, part=intake.Assignment.Part.WORK_SUPERVISOR,
            since=since,
        )  # fmt: skip
    asta = cast["asta"].actor
    day = since + dt.timedelta(days=10)
    with at_work(cast["asta"]):
        row = Enrolment.enrolments.get(pk=row.pk)
        steps.decide(row.pk, new(cast, "s2", effective_on=day), by=asta)
        pause = actions.begin_pause(row, by=asta, since=day + dt.timedelta(days=5), reason="care")
        actions.end_pause(pause, by=asta, on=day + dt.timedelta(days=9))
        actions.set_category(row, NewCategory("need_category", "AM2", day), by=asta)
        actions.set_category(row, NewCategory("screening_group", "g1", day), by=asta)
        reading = NewReading("utvecklingstrappan", "u3", 3, day, "Samtal", persons_own=4)
        actions.read_scale(row, reading, by=asta)
        actions.judge(row, by=asta, criterion="more_self_going", met=True, basis="Sett", on=day)
        seen = stood_on(row.pk).pk
        steps.decide(row.pk, new(cast, "s3", effective_on=cast.on, seen=seen), by=asta)
        on = cast.on + dt.timedelta(days=1)
        steps.leave(row.pk, new(cast, "", effective_on=on), by=asta, reason="work", income="wage")
    return row.pk


def _plain(fact: Any) -> dict[str, Any]:
    until = {"until": fact.until.isoformat()} if fact.until else {}
    return {"on": fact.on.isoformat(), "kind": fact.kind, **until, **fact.values}


@pytest.fixture
def exported(cast: Cast, as_job: Callable[..., Any], walked: Any) -> dict[str, Any]:
    with as_job(cast.ekdala.tenant):
        facts = case(Enrolment.enrolments.get(pk=walked))
    return {"schema": 1, "programme": "jobbtrappa", "facts": [_plain(fact) for fact in facts]}


@pytest.mark.requirement("X-05", "INV-5")
def test_every_kind_of_row_becomes_a_fact_of_the_published_format(
    exported: dict[str, Any],
) -> None:
    schema = json.loads((ROOT / "docs/formats/case.schema.json").read_text())
    jsonschema.validate(exported, schema)
    assert {fact["kind"] for fact in exported["facts"]} == {
        "referral", "enrolment", "exit", "step", "pause", "category", "screening",
        "scale_reading", "income_source", "judgement", "assignment", "decision",
    }  # fmt: skip


@pytest.mark.requirement("INV-2")
def test_the_core_says_the_same_of_the_exported_case(
    cast: Cast, as_job: Callable[..., Any], exported: dict[str, Any], walked: Any
) -> None:
    found: Case = read(json.loads(json.dumps(exported)))
    later = cast.on + dt.timedelta(days=30)
    with as_job(cast.ekdala.tenant):
        here = judged(Enrolment.enrolments.get(pk=walked), on=later)
    outside = judgement(here.programme, found.facts, later)
    assert to_json(outside) == to_json(here.judged)


def test_the_facts_of_many_are_asked_for_once(
    cast: Cast, as_job: Callable[..., Any], queries: Callable[[], Any]
) -> None:
    keys = [one.enrolment for one in cast.participants.values() if one.town == cast.ekdala]
    with as_job(cast.ekdala.tenant), queries() as made:
        found = cases([key for key in keys if key])
    assert made.count == 1
    assert found.keys() == {key for key in keys if key}


def test_nobody_asked_for_asks_nothing(cast: Cast, queries: Callable[[], Any]) -> None:
    with queries() as made:
        assert cases([]) == {}
    assert made.count == 0


def test_a_step_undone_by_a_correction_is_no_fact(cast: Cast, at_work: Callable[..., Any]) -> None:
    one, asta = cast.person("own"), cast["asta"]
    with at_work(asta):
        seen = stood_on(one.enrolment).pk
        wrong = steps.decide(one.enrolment, new(cast, "s3", seen=seen), by=asta.actor)
        steps.correct(wrong.pk, new(cast, "s2", grounds="Fel person"), by=asta.actor)
        facts = case(Enrolment.enrolments.get(pk=one.enrolment))
    assert [fact.values["step"] for fact in facts if fact.kind == "step"] == ["s2"]
