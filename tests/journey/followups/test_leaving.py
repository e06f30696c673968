"""Before and after the exit: needs answered, both asked, and who kept the work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.followups import actions
from stegvis.journey.followups.facts import (
    evaluations,
    exit_reasons,
    kept_in_work,
    open_needs,
)
from stegvis.journey.followups.models import Evaluation, NeedResult
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.steps import actions as steps
from tests.cast.people import Cast
from tests.journey.followups.made import road
from tests.journey.made import a_person, an_enrolment, new

pytestmark = pytest.mark.django_db
Work = Callable[..., Any]
EVER = dt.date(2000, 1, 1), dt.date(2100, 1, 1)


def whole(cast: Cast, visitor: Any) -> tuple[str, dict[str, str]]:
    """The page of leaving, and a form where everything but the needs is answered."""
    at = reverse("leave", args=[cast.person("own").person])
    return at, {
        "on": cast.on.isoformat(), "reason": "work", "income": "wage", "motivation": "Anställd",
        "own_words": "Äntligen", "participant-right": "yes", "case_worker-right": "partly",
    }  # fmt: skip


@pytest.mark.requirement("KN-05")
def test_an_exit_with_a_need_unanswered_is_said_and_may_be_decided_otherwise_in_writing(
    cast: Cast, sign_in: Work, as_job: Work
) -> None:
    visitor = sign_in(cast["asta"])
    at, sent = whole(cast, visitor)
    (line,) = visitor.get(at).context["needs"].lines
    page = visitor.post(at, sent)
    assert f"result-{line.pk}" in page.context["needs"].errors
    not_worked_on = {**sent, f"needs-result-{line.pk}": "not_worked_on"}
    assert f"why-{line.pk}" in visitor.post(at, not_worked_on).context["needs"].errors
    with as_job(cast.ekdala.tenant):
        assert road(cast).until is None
        assert not NeedResult.objects.exists(), "nothing is stored half"
    otherwise = {**sent, "needs-otherwise": "Flyttade i går, hann inte."}
    assert visitor.post(at, otherwise).status_code == 302
    with as_job(cast.ekdala.tenant):
        row = NeedResult.objects.get(line=line)
        assert (row.result, row.words) == ("left_open", "Flyttade i går, hann inte.")


@pytest.mark.requirement("KN-05")
def test_each_line_gets_one_result_of_its_own_referral(cast: Cast, at_work: Work) -> None:
    with at_work(cast["asta"]):
        one = road(cast)
        (line,) = open_needs(one)
        how: dict[str, Any] = {"by": cast["asta"].actor, "on": cast.on}
        with pytest.raises(NotNow, match="reason_missing"):
            actions.answer_need(one, actions.NewNeed(line.pk, "not_worked_on"), **how)
        with pytest.raises(NotNow, match="no_such_line"):
            actions.answer_need(one, actions.NewNeed(one.pk, "reached"), **how)
        actions.answer_need(one, actions.NewNeed(line.pk, "reached"), **how)
        assert open_needs(one) == []


@pytest.mark.requirement("AJ-49")
def test_both_are_asked_before_the_exit_and_the_answers_are_counted(
    cast: Cast, sign_in: Work, as_job: Work
) -> None:
    visitor = sign_in(cast["asta"])
    at, sent = whole(cast, visitor)
    sent["needs-otherwise"] = "Se rapporten."
    lacking = {**sent, "participant-right": ""}
    page = visitor.post(at, lacking)
    assert any("right" in form.errors for form in page.context["asked"])
    unanswered = {**lacking, "participant-missing": "did_not_want"}
    assert visitor.post(at, unanswered).status_code == 302
    with as_job(cast.ekdala.tenant):
        found = evaluations(*EVER)
        assert found["case_worker"] == {"partly": 1}
        assert found["participant"] == {"": 1}, "asked, and no answer: counted as that"
        row = Evaluation.objects.get(of="participant")
        assert row.missing == "did_not_want"


@pytest.mark.requirement("JI-47")
def test_reasons_for_leaving_are_counted(cast: Cast, as_job: Work, at_work: Work) -> None:
    with as_job(cast.ekdala.tenant):
        before = exit_reasons(*EVER)
    assert before == {"work": 1}, "the one of the cast who has left"
    with at_work(cast["asta"]):
        words = new(cast, "")
        how: dict[str, Any] = {"reason": "ordinary_programme", "income": "other"}
        steps.leave(road(cast).pk, words, by=cast["asta"].actor, **how)
    with as_job(cast.ekdala.tenant):
        assert exit_reasons(*EVER) == {"ordinary_programme": 1, "work": 1}


def left(cast: Cast, days: int, *, income: str, until: dict[str, Any] | None = None) -> Enrolment:
    """Within a job: somebody who left so many days ago, living on `income`."""
    since = cast.on - dt.timedelta(days=400)
    row = an_enrolment(cast, a_person(cast))
    row.since, row.until = since, cast.on - dt.timedelta(days=days)
    row.exit_reason = "work"
    row.save_if_unchanged("since", "until", "exit_reason")
    from stegvis.journey.intake.models import Income

    Income(
        tenant_id=row.tenant_id, enrolment=row, person_id=row.person_id, moment="exit",
        source=income, on=row.until,
    ).save(force_insert=True)  # fmt: skip
    return row


@pytest.mark.requirement("KN-04")
def test_in_work_at_the_exit_and_after_ninety_days_are_counted_apart(
    cast: Cast, as_job: Work
) -> None:
    with as_job(cast.ekdala.tenant):
        since, until = cast.on - dt.timedelta(days=300), cast.on - dt.timedelta(days=20)
        lost = left(cast, 200, income="wage")
        kept = left(cast, 150, income="subsidised_wage")
        left(cast, 140, income="unknown")  # nobody asked her
        left(cast, 40, income="wage")  # his day has not come
        for row, status, days in ((lost, "unemployed", 92), (kept, "work", 85), (lost, "work", 5)):
            assert row.until is not None
            on = row.until + dt.timedelta(days=days)
            actions.check_outcome(row, status, by=None, on=on, source="participant")
        found = kept_in_work(since, until, on=cast.on)
        assert (found.left, found.at_exit, found.at_exit_unknown) == (4, 3, 1)
        assert (found.after, found.unknown, found.pending) == (1, 1, 1)


@pytest.mark.requirement("KN-04")
def test_an_outcome_is_asked_after_the_exit_only(cast: Cast, as_job: Work) -> None:
    with as_job(cast.ekdala.tenant), pytest.raises(NotNow, match="still_enrolled"):
        actions.check_outcome(road(cast), "work", by=None, on=cast.on, source="worker")
