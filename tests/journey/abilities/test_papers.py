"""Planning documents in versions, mapping at a workshop, summaries, adaptations, support, place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from stegvis.journey.abilities import facts
from stegvis.journey.abilities.actions import (
    NewAdaptation,
    NewOrder,
    NewPlace,
    NewPlanning,
    NewSummary,
    NewSupport,
    Planned,
    adapt,
    answer_order,
    close_order,
    end_adaptation,
    give_support,
    order_mapping,
    place_step,
    summarise,
    write_planning,
)
from stegvis.journey.abilities.models import (
    Adaptation,
    ObservationSummary,
    PlanningDocument,
    StepPlace,
    WorkshopOrder,
)
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Assignment, Enrolment
from stegvis.journey.standing.models import DatedFact
from stegvis.platform.access.authority import Hidden
from stegvis.platform.tenancy.models import StaleRow
from tests.cast.people import Cast
from tests.journey.abilities.conftest import ago
from tests.journey.made import stood_on

pytestmark = pytest.mark.django_db
New = Callable[..., Any]


def _answers(n: int, **of: Planned) -> tuple[Planned, ...]:
    return tuple(of.get(f"f{i}", Planned(f"Svar {i}")) for i in range(1, n + 1))


def _write(cast: Cast, enrolment: Enrolment, by: Any, document: str, n: int, **more: Any) -> Any:
    seen = more.pop("seen", 0)
    answers = more.pop("answers", _answers(n))
    return write_planning(enrolment, NewPlanning(document, answers, cast.on, seen=seen), by=by)


@pytest.mark.requirement("AJ-17", "AJ-27", "AJ-35")
@pytest.mark.parametrize(("step", "n"), [(1, 7), (3, 6), (4, 5)])
def test_each_steps_document_has_the_sources_questions_and_all_are_answered(
    cast: Cast, enrolment: Enrolment, asta: Any, step: int, n: int
) -> None:
    code = f"ac_planning_{step}"
    form = facts.forms(facts.model_of(enrolment))[code]
    assert len(form.fields) == n
    for missing in (_answers(n, f2=Planned(" ")), _answers(n - 1)):
        with pytest.raises(NotNow, match="not_answered"):
            _write(cast, enrolment, asta, code, n, answers=missing)
    row = _write(
        cast, enrolment, asta, code, n, answers=_answers(n, f2=Planned("Bort", not_relevant=True))
    )
    assert [one["question"] for one in row.answers] == [dict(texts) for texts in form.fields]
    assert row.answers[1] | {"question": {}} == {
        "question": {}, "answer": "", "not_relevant": True, "picked": [],
    }  # fmt: skip
    told = DatedFact.objects.get(source=row.pk)
    assert (told.kind, told.values) == ("document", {"document": code, "state": "written"})


@pytest.mark.requirement("AJ-27")
def test_the_language_question_takes_a_task_that_trains_it(
    cast: Cast, enrolment: Enrolment, asta: Any
) -> None:
    model = facts.model_of(enrolment)
    form = facts.forms(model)["ac_planning_3"]
    assert form.fields[4]["sv"].startswith("Språkträning")
    offered = {term.code for term in facts.picks(model, form)[5]}
    assert "receptionist" in offered
    answers = _answers(6, f5=Planned(picked=("receptionist",)))
    row = _write(cast, enrolment, asta, "ac_planning_3", 6, answers=answers)
    assert row.answers[4]["picked"] == ["receptionist"]


def test_a_version_is_never_changed_and_a_slower_hand_is_told(
    cast: Cast, enrolment: Enrolment, asta: Any
) -> None:
    first = _write(cast, enrolment, asta, "ac_planning_1", 7)
    second = _write(cast, enrolment, asta, "ac_planning_1", 7, seen=1)
    assert (first.number, second.number) == (1, 2)
    with pytest.raises(StaleRow):
        _write(cast, enrolment, asta, "ac_planning_1", 7, seen=1)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        PlanningDocument.objects.filter(pk=first.pk).update(number=9)


def test_a_form_the_programme_does_not_have_is_refused(
    cast: Cast, enrolment: Enrolment, asta: Any
) -> None:
    for code in ("week_schedule", "nothing"):
        with pytest.raises(NotNow, match="no_such_document"):
            _write(cast, enrolment, asta, code, 7)


def _order(cast: Cast, **more: Any) -> NewOrder:
    given = {
        "site": "dataverkstad", "questions": ("Klarar tangentbordet?", " "),
        "supervisor": cast["vera"].member, "since": cast.on, "due_on": ago(cast, -28),
    }  # fmt: skip
    return NewOrder(**{**given, **more})


@pytest.mark.requirement("AJ-14")
def test_the_supervisor_at_the_workshop_sees_the_order_and_its_questions(
    cast: Cast, at_work: New, as_job: New
) -> None:
    one = cast.person("same_unit")
    with at_work(cast["vera"]):
        assert not WorkshopOrder.objects.filter(person=one.person).exists()
    with at_work(cast["aron"]):
        enrolment = Enrolment.enrolments.get(pk=one.enrolment)
        order = order_mapping(enrolment, _order(cast), by=cast["aron"].actor)
    with at_work(cast["vera"]):
        row = WorkshopOrder.objects.select_related("assignment").get(pk=order.pk)
        assert row.questions == ["Klarar tangentbordet?"]
        answer_order(row, ["Ja, med två fingrar"], by=cast["vera"].actor)
        with pytest.raises(Hidden):
            close_order(row, by=cast["vera"].actor)
    with at_work(cast["aron"]):
        row.refresh_from_db()
        assert row.answers == ["Ja, med två fingrar"]
        close_order(row, by=cast["aron"].actor)
        assert Assignment.assignments.get(pk=row.assignment_id).until is not None
    with at_work(cast["vera"]):
        assert not WorkshopOrder.objects.filter(pk=order.pk).exists()


def test_an_order_asks_something_ends_after_it_begins_and_leaves_other_ties_alone(
    cast: Cast, enrolment: Enrolment, asta: Any
) -> None:
    with pytest.raises(NotNow, match="nothing_asked"):
        order_mapping(enrolment, _order(cast, questions=(" ",)), by=asta)
    with pytest.raises(NotNow, match="backwards"):
        order_mapping(enrolment, _order(cast, due_on=cast.on), by=asta)
    row = order_mapping(enrolment, _order(cast), by=asta)
    assert row.assignment_id is None, "Vera works with the person anyway"
    close_order(row, by=asta)
    with pytest.raises(NotNow, match="order_is_closed"):
        answer_order(row, ["Nej"], by=asta)


@pytest.mark.requirement("KN-70")
def test_a_summary_has_both_columns_and_own_words_or_why_not(
    cast: Cast, enrolment: Enrolment, asta: Any
) -> None:
    for words, missing in (("", ""), ("Jag", "did_not_want")):
        with pytest.raises(NotNow, match="own_words_missing"):
            summarise(enrolment, NewSummary("Bra", "Mindre", cast.on, words, missing), by=asta)
    row = summarise(enrolment, NewSummary("Bra", "Mindre", cast.on, "Jag trivs"), by=asta)
    assert (row.works, row.not_now, row.own_words) == ("Bra", "Mindre", "Jag trivs")
    with pytest.raises(IntegrityError, match="own_words"), transaction.atomic():
        ObservationSummary(
            tenant_id=enrolment.tenant_id, enrolment=enrolment, person_id=enrolment.person_id,
            works="a", not_now="b", on=cast.on, by_id=asta.member,
        ).save(force_insert=True)  # fmt: skip


@pytest.mark.requirement("KN-107")
def test_an_adaptation_is_there_by_consent_and_has_no_room_for_a_diagnosis(
    cast: Cast, enrolment: Enrolment, asta: Any
) -> None:
    new = NewAdaptation("Korta instruktioner, en i taget", agreed=False, on=cast.on, why="Då")
    with pytest.raises(NotNow, match="not_agreed"):
        adapt(enrolment, new, by=asta)
    row = adapt(enrolment, replace(new, agreed=True), by=asta)
    names = {field.name for field in Adaptation._meta.get_fields()}
    assert not {name for name in names if "diagnos" in name or "illness" in name}
    end_adaptation(row, by=asta)
    with pytest.raises(NotNow, match="already_ended"):
        end_adaptation(row, by=asta)


@pytest.mark.requirement("KN-107")
def test_the_person_says_themselves_what_helps(cast: Cast, at_work: New) -> None:
    with at_work(cast["olle"]):
        enrolment = Enrolment.enrolments.get(pk=cast.person("own").enrolment)
        row = adapt(
            enrolment,
            NewAdaptation("Plats vid väggen", agreed=True, on=cast.on),
            by=cast["olle"].actor,
        )
    assert row.by_id == cast["olle"].member


@pytest.mark.requirement("AJ-34")
def test_support_on_demand_and_a_share_in_the_company_are_told(
    cast: Cast, enrolment: Enrolment, asta: Any
) -> None:
    asked = give_support(enrolment, NewSupport("asked", cast.on), by=asta)
    company = give_support(enrolment, NewSupport("company", cast.on), by=asta)
    told = {fact.source: fact.values for fact in DatedFact.objects.filter(kind="event")}
    assert told[asked.pk] == {"what": "support_on_demand", "result": "asked"}
    assert told[company.pk] == {"what": "company", "result": "company"}


@pytest.mark.requirement("AJ-18")
def test_a_rare_place_is_saved_with_a_reason_alone(
    cast: Cast, enrolment: Enrolment, asta: Any
) -> None:
    period = stood_on(enrolment.pk)
    with pytest.raises(NotNow, match="reason_missing"):
        place_step(enrolment, period, NewPlace("other_rare", "training"), by=asta)
    with pytest.raises(NotNow, match="no_such_place"):
        place_step(enrolment, period, NewPlace("external_employer"), by=asta)
    with pytest.raises(NotNow, match="no_such_place"):
        place_step(enrolment, period, NewPlace("arbetscentrum", "holiday"), by=asta)
    row = place_step(enrolment, period, NewPlace("other_rare", "both", "Egen väg in"), by=asta)
    assert (row.rare, stood_on(enrolment.pk).purpose) == (True, "both")
    again = place_step(enrolment, stood_on(enrolment.pk), NewPlace("arbetscentrum"), by=asta)
    assert (again.pk, again.rare, again.reason) == (row.pk, False, "")
    with pytest.raises(IntegrityError, match="rare_place"), transaction.atomic():
        StepPlace.objects.filter(pk=row.pk).update(rare=True)
