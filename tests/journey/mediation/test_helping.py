"""A contact and how it went, others drawn in on consent, barriers, advice, sparring."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from stegvis.journey.followups.models import ContactEvent
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.mediation import actions, facts
from stegvis.journey.mediation.models import Hindrance, Partner, SparredCase
from stegvis.journey.standing.models import DatedFact
from stegvis.journey.waivers import actions as waivers
from stegvis.journey.waivers.models import Waiver
from stegvis.platform.access.authority import Hidden
from tests.cast.people import Cast
from tests.journey.waivers.made import new as new_waiver

pytestmark = pytest.mark.django_db
Working = Callable[..., Any]


def the_road(cast: Cast) -> Enrolment:
    row: Enrolment = Enrolment.enrolments.get(pk=cast.person("abroad").enrolment)
    return row


def agreed(cast: Cast, at_work: Working, kind: str, name: str, *categories: str) -> Waiver:
    said = {"counterpart_kind": kind, "counterpart_name": name, "categories": categories}
    with at_work(cast["inge"]):
        made = new_waiver(timezone.now(), **said, basis="consent")
        return waivers.give(the_road(cast).person_id, made, by=cast["inge"].actor)


def touched(cast: Cast, went: str, **more: Any) -> Any:
    new = actions.NewTouch("phone", went, cast.on, **more)
    return actions.touch(the_road(cast), new, by=cast["mads"].actor)


@pytest.mark.requirement("FM-20")
def test_a_contact_says_how_it_went_and_a_missed_one_is_no_contact(
    cast: Cast, at_work: Working
) -> None:
    with at_work(cast["mads"]):
        assert touched(cast, "") is None
        assert ContactEvent.events.get().reached is False
        assert not DatedFact.objects.filter(kind="contact").exists()
        touched(cast, "more", acute=True)
        assert facts.need_more([the_road(cast).pk]) == {the_road(cast).pk: cast.on}
        told = DatedFact.objects.get(kind="event", values__what="acute_contact")
        assert told.values["by"] == "job_mediator"
        touched(cast, "well")
        assert facts.need_more([the_road(cast).pk]) == {}


@pytest.mark.requirement("FM-22")
def test_others_are_drawn_in_only_as_long_as_the_person_has_agreed(
    cast: Cast, at_work: Working
) -> None:
    new = actions.NewPartner("SOCIAL_DK", "Socialforvaltningen", cast.on)
    with at_work(cast["mads"]), pytest.raises(NotNow, match="no_consent"):
        actions.add_partner(the_road(cast), new, by=cast["mads"].actor)
    waiver = agreed(cast, at_work, "SOCIAL_DK", "Socialforvaltningen", "goals")
    with at_work(cast["mads"]):
        row = actions.add_partner(the_road(cast), new, by=cast["mads"].actor)
        said = {"by": cast["mads"].actor, "on": cast.on, "joint": True}
        actions.exchange(the_road(cast), [row], **said)
        assert DatedFact.objects.filter(values__what="joint_meeting").count() == 1
    with at_work(cast["inge"]):
        waivers.withdraw(waiver, by=cast["inge"].actor)
    with at_work(cast["mads"]), pytest.raises(NotNow, match="consent_over"):
        actions.exchange(the_road(cast), [Partner.objects.get()], **said)


@pytest.mark.requirement("FM-40")
def test_a_derived_barrier_that_is_solved_closes_and_is_counted(
    cast: Cast, at_work: Working
) -> None:
    with at_work(cast["mads"]):
        mads = cast["mads"].actor
        bus = actions.NewHindrance("derived", "Bussen kører for sent.", cast.on, about="transport")
        row = actions.note_hindrance(the_road(cast), bus, by=mads)
        own = actions.NewHindrance("primary", "Det gør ondt.", cast.on, about="transport")
        actions.note_hindrance(the_road(cast), own, by=mads)
        with pytest.raises(NotNow, match="result_missing"):
            actions.solve(row, " ", by=mads, on=cast.on)
        actions.act_on(row, "Prøv turen sammen.", "Mads", by=mads)
        actions.solve(row, "Tager bussen selv.", by=mads, on=cast.on)
        with pytest.raises(NotNow, match="solved_already"):
            actions.solve(row, "Igen.", by=mads, on=cast.on)
        counted = facts.barriers([the_road(cast).pk])
        assert counted == {"transport": {"open": 0, "solved": 1}, "": {"open": 1, "solved": 0}}
        keys = Hindrance.objects.values("pk")
        told = DatedFact.objects.filter(kind="barrier", source__in=keys).order_by("pk")
        said = [(fact.values.get("about"), fact.values["state"]) for fact in told]
        assert said == [("transport", "solved"), (None, "open")], "of its own it may be health"


@pytest.mark.requirement("FM-41", "N-05")
def test_advice_needs_consent_and_holds_no_diagnosis(cast: Cast, at_work: Working) -> None:
    said = ("HEALTH_COORDINATOR", "Hvordan holder ryggen til opgaverne?")
    with at_work(cast["mads"]), pytest.raises(NotNow, match="no_consent"):
        actions.ask_advice(the_road(cast), *said, by=cast["mads"].actor, on=cast.on)
    agreed(cast, at_work, "HEALTH_COORDINATOR", "Region Sund", "goals")
    with at_work(cast["mads"]), pytest.raises(NotNow, match="no_consent"):
        actions.ask_advice(the_road(cast), *said, by=cast["mads"].actor, on=cast.on)
    agreed(cast, at_work, "HEALTH_COORDINATOR", "Region Sund", "health")
    with at_work(cast["mads"]):
        mads = cast["mads"].actor
        row = actions.ask_advice(the_road(cast), *said, by=mads, on=cast.on)
        for text in ("DM545 lænd", "Har F32.1"):
            with pytest.raises(NotNow, match="a_diagnosis"):
                actions.answer_advice(row, text, "Ida", by=mads, on=cast.on)
        actions.answer_advice(row, "Skift stilling hver halve time.", "Ida", by=mads, on=cast.on)
    for who in ("mette", "agnes"):
        with at_work(cast[who]), pytest.raises(Hidden):
            actions.answer_advice(row, "Mere.", "x", by=cast[who].actor, on=cast.on)


@pytest.mark.requirement("FM-54")
def test_cases_are_talked_over_by_those_who_may_see_them(cast: Cast, at_work: Working) -> None:
    new = actions.NewSparring("manager", cast.on, "Når borgeren siger fra")
    for who in ("mads", "inge", "mette"):
        with at_work(cast[who]):
            actions.spar(new, [(the_road(cast), "Ring oftere.")], by=cast[who].actor)
    with at_work(cast["inge"]):
        assert SparredCase.objects.count() == 3
        hidden = Enrolment.enrolments.get(pk=cast.person("protected_abroad").enrolment)
        with pytest.raises(NotNow, match="no_case_chosen"):
            actions.spar(new, [], by=cast["inge"].actor)
    with at_work(cast["mads"]), pytest.raises(Hidden):
        actions.spar(new, [(hidden, "")], by=cast["mads"].actor)


@pytest.mark.requirement("FM-26")
def test_talks_of_the_first_step_are_counted_and_calls_are_not(
    cast: Cast, at_work: Working
) -> None:
    from stegvis.journey.followups.actions import NewContact, contact

    with at_work(cast["mads"]):
        road, mads = the_road(cast), cast["mads"].actor
        for way in ("meeting", "meeting", "video", "phone"):
            said = NewContact("participant", way, cast.on - dt.timedelta(days=2))
            contact(road.person_id, said, by=mads, enrolment=road)
        before = NewContact("participant", "meeting", cast.on - dt.timedelta(days=260))
        contact(road.person_id, before, by=mads, enrolment=road)
        assert facts.talks_in_step([road.pk]) == {road.pk: 3}
        assert facts.talks_in_step([road.pk], ordinal=2) == {}
