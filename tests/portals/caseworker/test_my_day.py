"""My day: who needs me, which steps wait, which referrals wait, and nothing that cannot be done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.intake.models import Enrolment
from stegvis.journey.standing import actions
from tests.cast.people import Cast
from tests.journey.made import a_referral, an_enrolment, decide
from tests.portals.caseworker.reading import text_of

pytestmark = pytest.mark.django_db
Signing = Callable[..., Any]


def _day(sign_in: Signing, cast: Cast, who: str = "asta") -> str:
    return text_of(sign_in(cast[who]).get(reverse("my_day")))


def _part(html: str, name: str) -> str:
    return html.partition(f'aria-labelledby="{name}"')[2].partition("</section>")[0]


def test_whoever_stands_on_no_step_needs_a_first_decision(
    cast: Cast, sign_in: Signing, as_job: Callable[..., Any]
) -> None:
    with as_job(cast.ekdala.tenant):
        an_enrolment(cast)
    assert "Nyman Provsson" in _part(_day(sign_in, cast), "needs")


def test_a_step_to_look_at_again_waits_on_its_day_and_not_before(
    cast: Cast, sign_in: Signing, at_work: Callable[..., Any]
) -> None:
    own = cast.person("own")
    with at_work(cast["asta"], on=cast.on - dt.timedelta(days=30)):
        decide(cast, cast["asta"], "own", "s2", review_on=cast.on)
    assert own.name in _part(_day(sign_in, cast), "needs")
    with at_work(cast["asta"]):
        decide(cast, cast["asta"], "own", "s2", review_on=cast.on + dt.timedelta(days=1))
    html = _day(sign_in, cast)
    assert "data-walk" not in _part(html, "needs")
    assert own.name in _part(html, "agenda")


@pytest.mark.requirement("AJ-30", "N-03")
def test_a_step_whose_criteria_are_met_waits_for_a_decision_and_nothing_moves_by_itself(
    cast: Cast, sign_in: Signing, at_work: Callable[..., Any]
) -> None:
    own, asta = cast.person("own"), cast["asta"]
    with at_work(asta):
        row = Enrolment.enrolments.get(pk=own.enrolment)
        for criterion in ("more_self_going", "needs_less_support"):
            actions.judge(
                row, by=asta.actor, criterion=criterion, met=True, basis="Sett", on=cast.on
            )
    html = _part(_day(sign_in, cast), "decisions")
    assert own.name in html
    assert f"{reverse('decide', args=[own.person])}?to=s3" in html
    assert cast.person("own").period is not None
    with at_work(asta):
        assert [p.step for p in row.periods.filter(until__isnull=True)] == ["s2"]


@pytest.mark.parametrize("who", ["vera", "jonna"])
def test_who_may_not_decide_is_not_led_to_a_decision(
    cast: Cast, sign_in: Signing, at_work: Callable[..., Any], who: str
) -> None:
    own, asta = cast.person("own"), cast["asta"]
    with at_work(asta):
        row = Enrolment.enrolments.get(pk=own.enrolment)
        for criterion in ("more_self_going", "needs_less_support"):
            actions.judge(
                row, by=asta.actor, criterion=criterion, met=True, basis="Sett", on=cast.on
            )
    visitor = sign_in(cast[who])
    for address in (reverse("my_day"), reverse("person", args=[own.person])):
        html = text_of(visitor.get(address))
        for name in ("decide", "leave", "standing"):
            assert reverse(name, args=[own.person]) not in html, name


def test_who_is_on_a_pause_needs_nobody(
    cast: Cast, sign_in: Signing, as_job: Callable[..., Any]
) -> None:
    with as_job(cast.ekdala.tenant):
        row = an_enrolment(cast)
        actions.begin_pause(row, by=None, since=cast.on, reason="illness")
    assert "Nyman Provsson" not in _part(_day(sign_in, cast), "needs")


def test_a_referral_is_shown_by_its_number_and_never_by_the_name(
    cast: Cast, sign_in: Signing, as_job: Callable[..., Any]
) -> None:
    with as_job(cast.ekdala.tenant):
        late = a_referral(cast, received_on=cast.on - dt.timedelta(days=15))
    html = _day(sign_in, cast)
    assert late.number in _part(html, "referrals")
    assert "Nyman Provsson" not in html
    assert cast.person("intake").name not in html
    assert cast.person("intake_elsewhere").name not in html


def test_those_hidden_from_one_are_not_even_counted(cast: Cast, sign_in: Signing) -> None:
    html = _day(sign_in, cast)
    assert "Alla dina 2 deltagare" in html
    for key in ("protected_hidden", "ended", "barred", "left"):
        assert cast.person(key).family not in html
