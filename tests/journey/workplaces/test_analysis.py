"""A task taken apart: steps, what is asked, who reviewed it, where it is needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from django.urls import reverse

from stegvis.journey.abilities.models import Observation
from stegvis.journey.workplaces import actions, facts
from stegvis.journey.workplaces.models import Function, Requirement, Task, WorkAnalysis
from stegvis.journey.workplaces.words import PICTURES, starter
from stegvis.platform.ui.pictures import picture
from tests.cast.people import Cast
from tests.portals.caseworker.reading import faults_of, text_of

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Any]


def _typed(steps: list[str], asked: list[dict[str, str]], **more: str) -> dict[str, str]:
    typed = {"context": "customer", "tools": "Såg", "risks": "Damm", "seen": "1",
             "occupations": "SSYK 7522 Möbelsnickare",
             "s-TOTAL_FORMS": str(len(steps)), "s-INITIAL_FORMS": "0",
             "r-TOTAL_FORMS": str(len(asked)), "r-INITIAL_FORMS": "0"} | more  # fmt: skip
    for n, text in enumerate(steps):
        typed |= {f"s-{n}-text": text, f"s-{n}-pictogram": "hammer"}
    for n, one in enumerate(asked):
        typed |= {f"r-{n}-{name}": value for name, value in {"level": "2", **one}.items()}
    return typed


MUST = {"function": "safety_glasses", "level": "4", "hard": "must", "step": "2", "why": "Spån"}
TRAIN = {"function": "endurance", "hard": "train", "why": "Hela passet"}


@pytest.fixture
def vera(cast: Cast, sign_in: SignIn) -> Any:
    sign_in(cast["mona"]).post(reverse("work_starters"))
    return sign_in(cast["vera"])


@pytest.mark.requirement("KN-64", "KN-65", "KN-66", "KN-67", "KN-128")
def test_the_card_says_must_and_train_the_steps_the_customer_and_the_occupations(
    cast: Cast, vera: Any
) -> None:
    key = cast.ekdala.work["task"]
    typed = _typed(["Mät", "Såga"], [MUST, TRAIN])
    assert vera.post(reverse("analyse_task", args=[key]), typed).status_code == 302
    page = text_of(vera.get(reverse("task", args=[key])))
    must, train = page.index("Måste kunnas innan"), page.index("Tränas här")
    assert must < page.index("använda skyddsglasögon") < train < page.index("orka hela passet")
    assert page.index("Mät") < page.index("Såga") < must
    assert '<svg class="pic"' in page[:must]
    for words in ("SSYK 7522 Möbelsnickare", "En kund som beställer", "(steg 2)", "Spån"):
        assert words in page


@pytest.mark.requirement("KN-64")
def test_a_new_version_leaves_the_one_before_and_begins_unreviewed(
    cast: Cast, vera: Any, as_job: SignIn
) -> None:
    key = cast.ekdala.work["task"]
    address = reverse("analyse_task", args=[key])
    vera.post(address, _typed(["Mät"], []))
    late = text_of(vera.post(address, _typed(["För sent"], [])))
    assert len(faults_of(late)) == 1
    assert "För sent" in late
    with as_job(cast.ekdala.tenant):
        rows = list(WorkAnalysis.objects.filter(task=key).order_by("number"))
        assert [row.number for row in rows] == [1, 2]
        assert [step.text for step in rows[0].steps.order_by("ordinal")] == ["Hämta vatten"]
        assert rows[1].reviewed_on is None
        with pytest.raises(DatabaseError), transaction.atomic():
            Requirement.objects.filter(analysis=rows[0]).update(level=1)


@pytest.mark.requirement("KN-64")
def test_it_is_reviewed_by_somebody_else_on_a_day(
    cast: Cast, vera: Any, sign_in: SignIn, as_job: SignIn
) -> None:
    key = cast.ekdala.work["task"]
    vera.post(reverse("analyse_task", args=[key]), _typed(["Mät"], []))
    with as_job(cast.ekdala.tenant):
        row = WorkAnalysis.objects.get(task=key, number=2)
    address = reverse("review_analysis", args=[key, row.pk])
    assert "Någon annan" in text_of(vera.post(address))
    assert sign_in(cast["mona"]).post(address).status_code == 302
    with as_job(cast.ekdala.tenant):
        row.refresh_from_db()
        assert (row.reviewed_by_id, row.reviewed_on) == (cast["mona"].member, cast.on)
    assert "redan granskad" in text_of(sign_in(cast["mona"]).post(address))


@pytest.mark.requirement("KN-64")
def test_a_task_nobody_has_taken_apart_is_on_the_list_and_asks_nothing_known(
    cast: Cast, vera: Any, as_job: SignIn
) -> None:
    with as_job(cast.ekdala.tenant):
        row = Task(workplace_id=cast.ekdala.work["workplace"])
        actions.keep_task(row, {"name": "Holkar"}, by=None)
        assert facts.requirements_of(row, on=cast.on) == {}
    page = text_of(vera.get(reverse("tasks"), {"lacks": "analysis"}))
    assert "Holkar" in page
    assert "Vattning av djur" not in page


@pytest.mark.requirement("KN-65")
@pytest.mark.parametrize(
    "asked",
    [[TRAIN | {"step": "3"}], [TRAIN, TRAIN]],
    ids=["of a step that is not there", "twice"],
)
def test_a_requirement_that_does_not_fit_stores_nothing_and_keeps_what_was_typed(
    cast: Cast, vera: Any, as_job: SignIn, asked: list[dict[str, str]]
) -> None:
    key = cast.ekdala.work["task"]
    page = text_of(vera.post(reverse("analyse_task", args=[key]), _typed(["Mät"], asked)))
    assert "Hela passet" in page
    assert faults_of(page)
    with as_job(cast.ekdala.tenant):
        assert WorkAnalysis.objects.filter(task=key).count() == 1


@pytest.mark.requirement("KN-65")
def test_later_rooms_read_what_an_area_asks(cast: Cast, vera: Any, as_job: SignIn) -> None:
    key = cast.ekdala.work["task"]
    vera.post(reverse("analyse_task", args=[key]), _typed(["Mät", "Såga"], [TRAIN, MUST]))
    with as_job(cast.ekdala.tenant):
        task = Task.tasks.select_related("area").get(pk=key)
        found = facts.requirements_of(task.area, on=cast.on)
        assert found == facts.requirements_of(task, on=cast.on)
        must, train = found[key]
        assert (must.function, must.level, must.hard, must.step) == ("safety_glasses", 4, True, 2)
        assert (train.hard, train.step, train.abilities) == (False, None, ("stamina",))


@pytest.mark.requirement("KN-65")
def test_the_functions_we_begin_with_are_about_forty_and_answer_to_what_is_observed(
    cast: Cast, as_job: SignIn
) -> None:
    with as_job(cast.birkeso.tenant):
        n = actions.take_in_starters("da")
        assert actions.take_in_starters("da") == 0
        rows = list(Function.objects.order_by("id"))
        assert n == len(rows) + 8
        assert 38 <= len(rows) <= 45
        assert all(row.name for row in rows)
    known = {"keep_hours", "plan_work", "take_instructions", "function_socially", "keep_times",
             "attendance", "work_independently", "own_initiative", "back_pain", "stamina",
             "lift_and_carry"}  # fmt: skip
    said = {code for one in starter()["functions"] for code in one.get("abilities", ())}
    assert said <= known
    assert len(said) == len(known)
    assert Observation._meta.get_field("ability").max_length >= max(map(len, said))


@pytest.mark.requirement("KN-128")
def test_every_picture_of_work_is_in_the_set() -> None:
    assert all(picture(name) for name in PICTURES)


@pytest.mark.requirement("KN-76")
@pytest.mark.parametrize("who", ["asta", "vera", "jonna", "mona"])
def test_the_card_is_open_to_those_who_talk_and_guide(
    cast: Cast, sign_in: SignIn, who: str
) -> None:
    page = text_of(sign_in(cast[who]).get(reverse("task", args=[cast.ekdala.work["task"]])))
    assert "Hämta vatten" in page


@pytest.mark.requirement("KN-76")
def test_the_talk_has_a_way_to_the_tasks(cast: Cast, sign_in: SignIn) -> None:
    person = cast.person("own").person
    page = text_of(sign_in(cast["asta"]).get(reverse("week", args=[person])))
    assert f'href="{reverse("tasks")}"' in page[page.index("<main") :]
