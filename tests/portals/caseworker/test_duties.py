"""The step's to-dos: made by entering the step, done or not needed, never in anybody's way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.standing.actions import open_duties, settle_duty
from stegvis.journey.standing.models import Duty, StepPeriod
from stegvis.platform.journal.models import Event
from tests.cast.people import Cast
from tests.journey.made import decide
from tests.portals.caseworker.reading import text_of

pytestmark = pytest.mark.django_db
Signing = Callable[..., Any]
Working = Callable[..., Any]

STEP_2 = {
    "support_coaching", "secrecy_waivers", "authority_contacts", "af_contact", "akassa",
    "study_guidance", "language_need", "follow_ups", "observe_abilities", "planning_document",
    "report_referrer",
}  # fmt: skip
"""V-07: what the source lists for step 2, and the supervisor's two."""


def _address(cast: Cast, who: str = "own") -> str:
    return reverse("duties", args=[cast.person(who).person])


def _duty(cast: Cast, code: str) -> Duty:
    found: Duty = Duty.objects.get(period=cast.person("own").period, code=code)
    return found


@pytest.mark.requirement("AJ-40")
def test_entering_step_two_makes_that_steps_optional_to_dos(cast: Cast, as_job: Working) -> None:
    with as_job(cast.ekdala.tenant):
        rows = list(Duty.objects.filter(period=cast.person("own").period).order_by("id"))
    assert {row.code for row in rows} == STEP_2
    assert {row.state for row in rows} == {"open"}
    assert all(row.optional for row in rows), "individually and as needed"


@pytest.mark.requirement("AJ-40")
def test_the_next_step_has_its_own_and_those_of_the_step_before_stay_as_they_were(
    cast: Cast, at_work: Working
) -> None:
    with at_work(cast["asta"]):
        settle_duty(_duty(cast, "akassa"), by=cast["asta"].actor, state="done", on=cast.on)
        decide(cast, cast["asta"], "own", "s3")
        period = StepPeriod.periods.get(enrolment=cast.person("own").enrolment, until=None)
        codes = set(Duty.objects.filter(period=period).values_list("code", flat=True))
        assert "follow_ups_three_party" in codes
        assert "study_guidance" not in codes
        assert _duty(cast, "akassa").state == "done"
        assert Duty.objects.get(period=period, code="akassa").state == "open"


@pytest.mark.requirement("AJ-40")
@pytest.mark.parametrize("state", ["done", "not_needed"])
def test_each_can_be_set_done_or_not_needed_and_opened_again(
    cast: Cast, sign_in: Signing, as_job: Working, state: str
) -> None:
    visitor = sign_in(cast["asta"])
    with as_job(cast.ekdala.tenant):
        row = _duty(cast, "study_guidance")
    sent = {"duty": str(row.pk), "version": row.version, "state": state}
    assert visitor.post(_address(cast), sent).status_code == 302
    html = text_of(visitor.get(_address(cast)))
    assert "10 av 11 kvar" in html
    with as_job(cast.ekdala.tenant):
        row = _duty(cast, "study_guidance")
        assert (row.state, row.settled_on, row.by_id) == (state, cast.on, cast["asta"].member)
        event = Event.events.filter(what="duty_settled").latest("seq")
        assert event.details == {"duty": "study_guidance", "state": state}
    visitor.post(_address(cast), {"duty": str(row.pk), "version": row.version, "state": "open"})
    assert "11 av 11 kvar" in text_of(visitor.get(_address(cast)))


def test_two_who_settle_the_same_at_once_are_told(
    cast: Cast, sign_in: Signing, as_job: Working
) -> None:
    visitor = sign_in(cast["asta"])
    with as_job(cast.ekdala.tenant):
        row = _duty(cast, "akassa")
        settle_duty(row, by=None, state="done", on=cast.on)
    visitor.post(_address(cast), {"duty": str(row.pk), "version": 1, "state": "not_needed"})
    assert "En kollega har ändrat" in text_of(visitor.get(_address(cast)))
    with as_job(cast.ekdala.tenant):
        assert _duty(cast, "akassa").state == "done"


def test_what_the_programme_asks_of_everyone_cannot_be_called_not_needed(
    cast: Cast, as_job: Working
) -> None:
    with as_job(cast.birkeso.tenant):
        period = cast.person("abroad").period
        row = Duty.objects.filter(period=period, optional=False).order_by("id").first()
        assert row is not None
        with pytest.raises(NotNow) as fault:
            settle_duty(row, by=None, state="not_needed", on=cast.on)
        assert fault.value.code == "always_asked"


def test_a_to_do_of_somebody_else_does_not_exist_here(
    cast: Cast, sign_in: Signing, as_job: Working
) -> None:
    with as_job(cast.ekdala.tenant):
        other = Duty.objects.filter(person=cast.person("same_unit").person).order_by("id").first()
    assert other is not None
    visitor = sign_in(cast["asta"])
    sent = {"duty": str(other.pk), "version": 1, "state": "done"}
    assert visitor.post(_address(cast), sent).status_code == 404
    for odd in ({"duty": "x"}, {"duty": str(other.pk)}):
        assert visitor.post(_address(cast), odd).status_code == 404
    assert visitor.post(_address(cast), {}).status_code == 302, "nothing pressed, nothing done"


def test_a_step_from_a_list_lays_out_its_to_dos_when_asked(
    cast: Cast, sign_in: Signing, as_job: Working
) -> None:
    own = cast.person("own")
    with as_job(cast.ekdala.tenant):
        period = StepPeriod.periods.get(pk=own.period)
        period.until = cast.on
        period.save_if_unchanged("until")
        StepPeriod(
            tenant_id=period.tenant_id, enrolment_id=period.enrolment_id, imported=True,
            person_id=period.person_id, ladder=period.ladder, step="s3", ordinal=3, since=cast.on,
        ).save(force_insert=True)  # fmt: skip
    visitor = sign_in(cast["asta"])
    assert "Steget började innan listan fördes" in text_of(visitor.get(_address(cast)))
    assert visitor.post(_address(cast), {"do": "lay_out"}).status_code == 302
    assert "10 av 10 kvar" in text_of(visitor.get(_address(cast)))


def test_laying_out_twice_is_once(cast: Cast, as_job: Working) -> None:
    from stegvis.journey.programmes.facts import programmes

    with as_job(cast.ekdala.tenant):
        period = StepPeriod.periods.get(pk=cast.person("own").period)
        step = programmes({cast.ekdala.version})[cast.ekdala.version].step("s2")
        settle_duty(_duty(cast, "akassa"), by=None, state="done", on=cast.on)
        open_duties(period, step)
        assert Duty.objects.filter(period=period).count() == len(STEP_2)
        assert _duty(cast, "akassa").state == "done"


def test_the_page_asks_little_of_the_database(
    cast: Cast, sign_in: Signing, queries: Callable[[], Any]
) -> None:
    visitor = sign_in(cast["asta"])
    visitor.get(_address(cast))
    with queries() as made:
        text_of(visitor.get(_address(cast)))
    assert made.count <= 9, "\n".join(made.statements)
    assert dt.date.today  # the page needs no clock of its own
