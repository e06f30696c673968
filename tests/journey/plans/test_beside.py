"""Measures of others run beside the road, and what a person declines is told to nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.plans import actions
from stegvis.journey.plans.models import Choice, ParallelMeasure
from stegvis.journey.standing.models import DatedFact
from stegvis.journey.steps.facts import judged
from stegvis.platform.access.authority import Hidden
from stegvis.platform.journal.models import Event
from tests.cast.people import Cast, Colleague
from tests.core.programme.test_models import KEYS, model
from tests.journey.made import decide, stood_on
from tests.journey.plans.writing import enrolment_of

pytestmark = pytest.mark.django_db
Work = Callable[..., Any]
DEBT = actions.NewMeasure(kind="debt", what="Skuldsanering", owner="Kronofogden")


@pytest.fixture
def asta(cast: Cast, at_work: Work) -> Any:
    with at_work(cast["asta"]):
        yield cast["asta"]


@pytest.mark.requirement("FM-14", "N-12")
def test_an_open_measure_changes_no_advice_and_stops_no_step(cast: Cast, asta: Colleague) -> None:
    row = enrolment_of(cast)
    before = judged(row, on=cast.on).judged
    actions.ask_measure(row, DEBT, by=asta.actor)
    going = actions.NewMeasure(
        kind="family", what="Familjestöd", owner="Kommunen", legal_basis="service", since=cast.on
    )
    actions.ask_measure(row, going, by=asta.actor)
    after = judged(row, on=cast.on).judged
    assert after.open_moves == before.open_moves
    assert after.lacking == before.lacking
    decide(cast, asta, "own", "s3")
    assert stood_on(row.pk).step == "s3"


@pytest.mark.requirement("FM-14", "N-12")
def test_no_programme_has_a_measure_of_others_as_a_criterion(cast: Cast, asta: Colleague) -> None:
    for key in KEYS:
        asked = [criterion.needs.get("fact") for criterion in model(key).criteria.values()]
        assert "parallel_measure" not in asked


@pytest.mark.requirement("FM-14", "KN-33")
def test_a_request_is_unanswered_until_it_is_answered_or_begun(cast: Cast, asta: Colleague) -> None:
    row = enrolment_of(cast)
    waiting = ParallelMeasure.measures.filter(enrolment=row).unanswered()
    already = waiting.count()
    day = cast.on - dt.timedelta(days=30)
    asked = [
        actions.ask_measure(
            row, actions.NewMeasure("debt", f"Råd {n}", "Kommunen", requested_on=day), by=asta.actor
        )
        for n in range(3)
    ]
    assert waiting.count() == already + 3
    actions.answer_measure(asked[0], answer="no", on=cast.on, by=asta.actor)
    actions.begin_measure(asked[1], on=cast.on, by=asta.actor)
    assert waiting.count() == already + 1
    assert [one.state for one in asked] == ["refused", "going", "asked"]
    actions.end_measure(asked[1], on=cast.on, by=asta.actor)
    assert asked[1].state == "ended"
    with pytest.raises(NotNow, match="measure_ended"):
        actions.begin_measure(asked[1], on=cast.on, by=asta.actor)
    early = day - dt.timedelta(days=1)
    with pytest.raises(NotNow, match="day_order"):
        actions.answer_measure(asked[2], answer="yes", on=early, by=asta.actor)


@pytest.mark.requirement("KN-33")
def test_a_supervisor_sees_a_need_and_the_case_worker_asks_for_it(
    cast: Cast, at_work: Work
) -> None:
    with at_work(cast["vera"]):
        row = enrolment_of(cast)
        need = actions.need_support(row, "Råd om skulder", by=cast["vera"].actor)
        with pytest.raises(Hidden):
            actions.ask_measure(row, DEBT, by=cast["vera"].actor)
    with at_work(cast["asta"]):
        assert ParallelMeasure.measures.to_ask().filter(enrolment=row).get() == need
        actions.ask_measure(row, DEBT, by=cast["asta"].actor, flagged=need)
        assert not ParallelMeasure.measures.to_ask().filter(enrolment=row).exists()
        assert need.state == "asked"


def test_what_tells_of_health_is_not_named_to_the_core(cast: Cast, asta: Colleague) -> None:
    row = enrolment_of(cast)
    clinic = actions.NewMeasure("psychiatry", "Samtal", "Psykiatrin", health=True, since=cast.on)
    made = actions.ask_measure(row, clinic, by=asta.actor)
    told = DatedFact.objects.get(source=made.pk)
    assert told.values == {"measure": "other", "state": "going"}


@pytest.mark.requirement("KN-139", "N-07")
def test_a_decline_creates_no_message_no_fact_and_no_word_in_the_journal(
    cast: Cast, sign_in: Callable[..., Any], as_job: Callable[..., Any]
) -> None:
    def counted() -> tuple[int, int]:
        with as_job(cast.ekdala.tenant), connection.cursor() as cursor:
            cursor.execute("select count(*) from procrastinate_jobs")
            return cursor.fetchone()[0], DatedFact.objects.count()

    before = counted()
    address = reverse("plan_choices", args=[cast.person("own").person])
    sent = {
        "offered": "Plats i tvätten", "answer": "declined", "reason": "Ont i ryggen",
        "on": cast.on.isoformat(), "chosen": "",
    }  # fmt: skip
    assert sign_in(cast["asta"]).post(address, sent).status_code == 302
    assert counted() == before
    with as_job(cast.ekdala.tenant):
        row = Choice.objects.get()
        assert (row.answer, row.reason) == ("declined", "Ont i ryggen")
        written = list(Event.events.filter(what="choice_written"))
        assert [event.details for event in written] == [{}]
    assert not {"reported_to", "sent_to", "told"} & {f.name for f in Choice._meta.get_fields()}


@pytest.mark.requirement("KN-139")
def test_the_person_may_write_down_their_own_choice(cast: Cast, at_work: Work) -> None:
    with at_work(cast["olle"]):
        new = actions.NewChoice("Plats i tvätten", "chosen", chosen="Köket i stället")
        assert actions.choose(enrolment_of(cast), new, by=cast["olle"].actor).on == cast.on
    with at_work(cast["vera"]), pytest.raises(Hidden):
        actions.choose(enrolment_of(cast), new, by=cast["vera"].actor)
