"""Tasks tried: picked in a planning document, written of, and three stand on the page as three."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.abilities.actions import NewPlanning, Planned, write_planning
from stegvis.journey.abilities.facts import model_of
from stegvis.journey.abilities.models import PlanningDocument
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.mapping.actions import note_language_need
from stegvis.journey.standing.facts import case
from stegvis.journey.work.actions import NewTry, end_language, plan_language, try_task
from stegvis.journey.work.facts import language_left, tried
from stegvis.journey.work.models import LanguageExercise, TaskTrial
from tests.cast.people import Cast

pytestmark = pytest.mark.django_db
FORM = "ac_planning_2"


def went(cast: Cast, task: str = "virka", **more: Any) -> NewTry:
    return NewTry(task, cast.on, cast.on, **{"can_do": "with_support", **more})


def _plan(cast: Cast, enrolment: Enrolment, *tasks: str, by: Any) -> None:
    rows = PlanningDocument.objects.filter(enrolment=enrolment, document=FORM)
    last = rows.order_by("-number").values_list("number", flat=True).first() or 0
    answers = [Planned(answer="Ja")] * 5
    answers[2], answers[4] = Planned(picked=tasks), Planned(picked=("kaffe",))
    write_planning(enrolment, NewPlanning(FORM, tuple(answers), cast.on, seen=last), by=by)


@pytest.mark.requirement("AJ-20")
def test_what_the_planning_document_picks_stands_among_the_tried(
    cast: Cast, enrolment: Enrolment, asta: Any
) -> None:
    _plan(cast, enrolment, "virka", "holkar", by=asta)
    try_task(enrolment, went(cast, "virka"), by=asta)
    found = tried(enrolment, model_of(enrolment))
    assert [(one.name, one.latest is not None) for one in found] == [
        ("Virka", True), ("Holkar", False),
    ]  # fmt: skip


@pytest.mark.requirement("AJ-21")
def test_after_three_trials_the_page_shows_three_tasks_and_how_they_went(
    cast: Cast, enrolment: Enrolment, asta: Any, sign_in: Any
) -> None:
    try_task(enrolment, went(cast, "virka", can_do="alone", liked="yes"), by=asta)
    try_task(enrolment, went(cast, "holkar", support_needed="Någon bredvid"), by=asta)
    try_task(enrolment, went(cast, "", named="Fiska", can_do="not_now", liked="no"), by=asta)
    assert len(tried(enrolment, model_of(enrolment))) == 3
    page = sign_in(cast["vera"]).get(reverse("work", args=[enrolment.person_id])).text
    for words in ("Virka", "Holkar", "Fiska", "Klarar själv", "Klarar med stöd", "Någon bredvid"):
        assert words in page
    facts = [one for one in case(enrolment.pk) if one.values.get("what") == "task_tried"]
    assert len(facts) == 3


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"task": "", "named": ""}, "task_missing"),
        ({"named": "Fiska"}, "task_missing"),
        ({"task": "no_such"}, "task_missing"),
        ({"can_do": "perhaps"}, "how_missing"),
        ({"since": dt.date(2000, 1, 1)}, "before_the_road"),
    ],
)
def test_half_a_trial_is_not_written(
    cast: Cast, enrolment: Enrolment, asta: Any, change: dict[str, Any], code: str
) -> None:
    given = {"task": "virka", "since": cast.on, "until": cast.on, "can_do": "alone", **change}
    with pytest.raises(NotNow) as told:
        try_task(enrolment, NewTry(**given), by=asta)
    assert told.value.code == code
    assert not TaskTrial.objects.filter(enrolment=enrolment).exists()


@pytest.mark.requirement("AJ-46")
def test_the_list_has_those_who_need_language_and_have_nothing_planned(
    cast: Cast, enrolment: Enrolment, asta: Any
) -> None:
    def left() -> list[Any]:
        return [row.person_id for row in language_left(asta, on=cast.on)]

    assert enrolment.person_id not in left()
    note_language_need(enrolment, by=asta, on=cast.on, need="vocational")
    assert left() == [enrolment.person_id]
    row = plan_language(enrolment, words="Tar emot beställningar", task="kaffe", by=asta)
    assert left() == []
    end_language(row, by=asta)
    assert left() == [enrolment.person_id]
    note_language_need(enrolment, by=asta, on=cast.on, need="none")
    assert left() == []


@pytest.mark.requirement("AJ-46")
def test_a_task_to_train_the_language_by_is_planned_from_the_list(
    cast: Cast, enrolment: Enrolment, asta: Any, sign_in: Any
) -> None:
    note_language_need(enrolment, by=asta, on=cast.on, need="extra")
    visitor = sign_in(cast["asta"])
    address = reverse("train_language", args=[enrolment.person_id])
    assert address in visitor.get(reverse("language_left")).text
    assert visitor.post(address, {"task": "kaffe", "words": ""}).status_code == 200
    assert not LanguageExercise.objects.filter(enrolment=enrolment).exists()
    sent = visitor.post(address, {"task": "kaffe", "words": "Hälsar och frågar"})
    assert sent.status_code == 302
    page = visitor.get(reverse("work", args=[enrolment.person_id])).text
    assert "Kaffekokning" in page
    assert "Hälsar och frågar" in page
    assert address not in visitor.get(reverse("language_left")).text
