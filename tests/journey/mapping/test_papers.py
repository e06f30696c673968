"""CV and letter in versions, looked over late on the road; grades and references as tasks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.mapping import actions, facts
from stegvis.journey.mapping.models import Credential, Paper
from stegvis.journey.programmes.facts import programmes
from stegvis.journey.steps import actions as steps
from stegvis.journey.steps.facts import judged
from stegvis.platform.access.decision import Actor
from stegvis.platform.tenancy.models import StaleRow
from tests.cast.people import Cast
from tests.journey.made import new, stood_on

pytestmark = pytest.mark.django_db


def _cv(cast: Cast, **fields: Any) -> actions.NewPaper:
    given = actions.NewPaper("cv", "made", cast.on, 0, {"about": "Jag kan laga mat.", "work": ""})
    return replace(given, **fields)


def _to_do(enrolment: Enrolment) -> set[tuple[str, str]]:
    model = programmes({enrolment.programme_id})[enrolment.programme_id]
    return {(one.what, one.about) for one in facts.to_do(enrolment, model)}


@pytest.mark.requirement("FM-10")
@pytest.mark.parametrize("fields", [{}, {"state": "elsewhere", "source": "jobnet", "sections": {}}])
def test_a_cv_made_here_or_kept_at_jobnet_meets_the_exit_of_step_one(
    cast: Cast, as_job: Callable[..., Any], fields: dict[str, Any]
) -> None:
    one = cast.person("abroad")
    with as_job(one.town.tenant):
        enrolment = Enrolment.enrolments.get(pk=one.enrolment)
        before = {row.criterion for row in judged(enrolment, on=cast.on).judged.lacking}
        actions.write_paper(enrolment, _cv(cast, **fields), by=None)
        after = {row.criterion for row in judged(enrolment, on=cast.on).judged.lacking}
    assert before - after == {"cv_made"}


@pytest.mark.requirement("FM-10")
def test_the_person_writes_their_own_cv(
    cast: Cast, enrolment: Enrolment, at_work: Callable[..., Any]
) -> None:
    with at_work(cast["olle"]):
        row = actions.write_paper(enrolment, _cv(cast), by=cast["olle"].actor)
    assert (row.source, row.by_id) == ("own", None)


def test_a_reason_why_not_is_no_cv(cast: Cast, as_job: Callable[..., Any]) -> None:
    one = cast.person("abroad")
    with as_job(one.town.tenant):
        enrolment = Enrolment.enrolments.get(pk=one.enrolment)
        actions.write_paper(enrolment, _cv(cast), by=None)
        given_up = _cv(cast, state="not_made", reason="Vil ikke nu", seen=1)
        actions.write_paper(enrolment, given_up, by=None)
        lacking = {row.criterion for row in judged(enrolment, on=cast.on).judged.lacking}
    assert "cv_made" in lacking


def test_each_saving_is_a_version_and_the_ones_before_stay(
    cast: Cast, enrolment: Enrolment, asta: Actor
) -> None:
    actions.write_paper(enrolment, _cv(cast), by=asta)
    actions.write_paper(enrolment, _cv(cast, seen=1, sections={"about": "Nytt"}), by=asta)
    rows = Paper.objects.filter(enrolment=enrolment).order_by("number")
    assert [row.sections["about"] for row in rows] == ["Jag kan laga mat.", "Nytt"]
    with pytest.raises(StaleRow):
        actions.write_paper(enrolment, _cv(cast, seen=1), by=asta)


@pytest.mark.requirement("AJ-12")
def test_both_papers_are_asked_for_in_step_one_until_made_or_given_up_with_a_reason(
    cast: Cast, enrolment: Enrolment, asta: Actor
) -> None:
    seen = stood_on(enrolment.pk).pk
    steps.decide(enrolment.pk, new(cast, "s1", seen=seen), by=asta)
    both = {("make", "cv"), ("make", "application_letter")}
    assert both <= _to_do(enrolment)
    actions.write_paper(enrolment, _cv(cast), by=asta)
    letter = _cv(cast, kind="application_letter", state="not_made", sections={})
    with pytest.raises(NotNow, match="reason_missing"):
        actions.write_paper(enrolment, letter, by=asta)
    actions.write_paper(enrolment, replace(letter, reason="Väntar till hösten"), by=asta)
    assert not both & _to_do(enrolment)


@pytest.mark.requirement("AJ-12")
def test_step_five_asks_to_go_through_both_until_it_is_done(
    cast: Cast, enrolment: Enrolment, asta: Actor
) -> None:
    long_ago = cast.on - dt.timedelta(days=100)
    for kind in Paper.Kind.values:
        section = {"about": "a", "why": "b"}
        actions.write_paper(enrolment, _cv(cast, kind=kind, on=long_ago, sections=section), by=asta)
    assert not {one for one in _to_do(enrolment) if one[0] == "review"}
    steps.decide(enrolment.pk, new(cast, "s5", seen=stood_on(enrolment.pk).pk), by=asta)
    both = {("review", "cv"), ("review", "application_letter")}
    assert both <= _to_do(enrolment)
    actions.review_paper(enrolment, "cv", by=asta, on=cast.on)
    assert both & _to_do(enrolment) == {("review", "application_letter")}
    actions.review_paper(enrolment, "application_letter", by=asta, on=cast.on)
    assert not both & _to_do(enrolment)


@pytest.mark.requirement("AJ-13")
def test_missing_grades_are_an_open_task_with_an_owner_and_a_day_until_they_come(
    cast: Cast, enrolment: Enrolment, asta: Actor
) -> None:
    grades = actions.CredentialText("grades", "Slutbetyg, grundskolan", "no")
    with pytest.raises(NotNow, match="owner_missing"):
        actions.note_credential(enrolment, grades, by=asta)
    due = cast.on + dt.timedelta(days=14)
    row = actions.note_credential(enrolment, replace(grades, owner="participant", due=due), by=asta)
    assert ("obtain", "grades") in _to_do(enrolment)
    actions.obtained(row, by=asta, on=cast.on)
    assert ("obtain", "grades") not in _to_do(enrolment)
    assert Credential.objects.get(pk=row.pk).obtained_on == cast.on


@pytest.mark.requirement("AJ-13")
def test_how_a_referee_is_reached_is_kept_only_with_consent(
    cast: Cast, enrolment: Enrolment, asta: Actor
) -> None:
    reference = actions.CredentialText("reference", "Köksmästaren", "yes", contact="070-1")
    with pytest.raises(NotNow, match="consent_missing"):
        actions.note_credential(enrolment, reference, by=asta)
    row = actions.note_credential(enrolment, replace(reference, consent_on=cast.on), by=asta)
    row.consent_on = None
    with pytest.raises(IntegrityError, match="referee_with_consent"), transaction.atomic():
        row.save_if_unchanged("consent_on")
