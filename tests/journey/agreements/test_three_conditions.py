"""Between step 2 and step 3: an agreement, a follow-up plan and a fixed contact person (FM-42). Two
of three name the one that is missing, and nobody moves by themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.agreements import actions
from stegvis.journey.agreements.models import AgreementVersion
from stegvis.journey.placements.actions.placing import tell_placement
from stegvis.journey.placements.models import Placement
from stegvis.journey.standing.models import StepPeriod
from stegvis.journey.steps.facts import judged
from tests.cast.people import Cast
from tests.journey.made import decide

pytestmark = pytest.mark.django_db
Work = Callable[..., Any]
ALL = {"agreement_signed", "follow_up_plan_made", "fixed_contact_person"}


@pytest.fixture
def on_step_2(cast: Cast, ready: AgreementVersion, placement: Placement, at_work: Work) -> Any:
    """An agreement that lies ready, and nobody named at the company yet."""
    with at_work(cast["inge"], on=cast.on):
        decide(cast, cast["inge"], "abroad", "t2")
    return ready


def lacks(cast: Cast, placement: Placement, at_work: Work) -> set[str]:
    with at_work(cast["inge"]):
        moves = judged(placement.enrolment, on=cast.on).judged.open_moves
        (ahead,) = [move for move in moves if move.to == "t3"]
        return set(ahead.because.values.get("codes", ()))


def sign(cast: Cast, version: AgreementVersion, at_work: Work, by: str) -> None:
    """The person on paper, the company on paper, and whoever signs for the municipality."""
    with at_work(cast[by]):
        for side, how in (
            ("participant", "paper"), ("employer", "paper"), ("municipality", "signed_in"),
        ):  # fmt: skip
            act = actions.Signing(side, how, version.digest)
            actions.sign(version, act, by=cast[by].actor)


def named(cast: Cast, placement: Placement, at_work: Work) -> None:
    with at_work(cast["mads"]):
        tell_placement(Placement.placements.get(pk=placement.pk))


@pytest.mark.requirement("FM-42", "FM-34")
def test_the_plan_is_the_mediators_and_is_named_where_it_is_missing(
    cast: Cast, on_step_2: AgreementVersion, placement: Placement, at_work: Work
) -> None:
    named(cast, placement, at_work)
    assert lacks(cast, placement, at_work) == ALL - {"fixed_contact_person"}
    sign(cast, on_step_2, at_work, "inge")
    assert lacks(cast, placement, at_work) == {"follow_up_plan_made"}, "no mediator has signed"


@pytest.mark.requirement("FM-42", "INV-12")
def test_with_all_three_the_step_is_open_and_a_person_decides(
    cast: Cast, on_step_2: AgreementVersion, placement: Placement, at_work: Work, sign_in: Work
) -> None:
    named(cast, placement, at_work)
    sign(cast, on_step_2, at_work, "mads")
    assert lacks(cast, placement, at_work) == set()
    page = sign_in(cast["inge"]).get(reverse("decide", args=[placement.person_id]) + "?to=t3")
    assert [one["state"] for one in page.context["criteria"]] == ["met"] * 3
    with at_work(cast["inge"]):
        rows = StepPeriod.periods.filter(enrolment=placement.enrolment, until__isnull=True)
        assert [row.step for row in rows] == ["t2"]


@pytest.mark.requirement("FM-42")
def test_without_a_contact_person_that_is_what_is_missing(
    cast: Cast, on_step_2: AgreementVersion, placement: Placement, at_work: Work
) -> None:
    sign(cast, on_step_2, at_work, "mads")
    assert lacks(cast, placement, at_work) <= {"fixed_contact_person"}
