"""Participants' own ideas: proposed, answered, made tasks; theirs alone all the while."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.workplaces.models import Idea, Task
from tests.cast.people import Cast
from tests.portals.caseworker.reading import faults_of, text_of

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Any]


@pytest.fixture
def proposed(cast: Cast, sign_in: SignIn, as_job: SignIn) -> Idea:
    typed = {"idea": "Bygga en bikupa", "more": "Jag kan bin"}
    assert sign_in(cast["olle"]).post(reverse("my_ideas"), typed).status_code == 302
    with as_job(cast.ekdala.tenant):
        row: Idea = Idea.objects.get(text="Bygga en bikupa")
    return row


def _task(cast: Cast, **more: str) -> dict[str, str]:
    place = str(cast.ekdala.work["workplace"])
    return {"name": "Bikupor", "place": place, "kind": "craft", "answer": "Ja, på torsdag"} | more


@pytest.mark.requirement("AJ-57")
def test_an_idea_is_proposed_accepted_and_is_then_a_task(
    cast: Cast, sign_in: SignIn, as_job: SignIn, proposed: Idea
) -> None:
    vera = sign_in(cast["vera"])
    assert "Bygga en bikupa" in text_of(vera.get(reverse("ideas")))
    address = reverse("idea", args=[proposed.person, proposed.pk])
    assert vera.post(address, _task(cast)).status_code == 302
    assert "Bygga en bikupa" not in text_of(vera.get(reverse("ideas")))
    with as_job(cast.ekdala.tenant):
        task = Task.tasks.get(name="Bikupor")
        assert task.source == Task.Source.OWN_IDEA
        assert Idea.objects.get(pk=proposed.pk).task_id == task.pk
    card = text_of(vera.get(reverse("task", args=[task.pk])))
    assert cast.person("own").given not in card
    assert "Ja, på torsdag" in text_of(sign_in(cast["olle"]).get(reverse("my_ideas")))


@pytest.mark.requirement("AJ-57")
def test_not_now_is_said_with_why(cast: Cast, sign_in: SignIn, proposed: Idea) -> None:
    vera = sign_in(cast["vera"])
    address = reverse("idea", args=[proposed.person, proposed.pk])
    assert len(faults_of(text_of(vera.post(address, {"do": "decline"})))) == 1
    typed = {"do": "decline", "answer": "Vi har ingen såg än"}
    assert vera.post(address, typed).status_code == 302
    assert "Vi har ingen såg än" in text_of(sign_in(cast["olle"]).get(reverse("my_ideas")))
    assert len(faults_of(text_of(vera.post(address, typed)))) == 1 or "redan" in text_of(
        vera.get(address)
    )


@pytest.mark.requirement("AJ-57")
def test_an_idea_is_taken_back_while_nobody_has_answered(
    cast: Cast, sign_in: SignIn, proposed: Idea
) -> None:
    sign_in(cast["olle"]).post(reverse("my_ideas"), {"back": str(proposed.pk)})
    assert "Bygga en bikupa" not in text_of(sign_in(cast["vera"]).get(reverse("ideas")))


def test_an_idea_of_one_who_is_not_yours_is_not_there(
    cast: Cast, sign_in: SignIn, proposed: Idea
) -> None:
    for key, one in cast.participants.items():
        hidden = one.rows.get("idea")
        if hidden is None or one.town != cast.ekdala or not key.startswith("protected"):
            continue
        address = reverse("idea", args=[one.person, hidden])
        assert sign_in(cast["mona"]).get(address).status_code == 404
        assert str(hidden) not in text_of(sign_in(cast["vera"]).get(reverse("ideas")))


def test_an_empty_idea_is_asked_for_and_stores_nothing(
    cast: Cast, sign_in: SignIn, as_job: SignIn
) -> None:
    page = text_of(sign_in(cast["olle"]).post(reverse("my_ideas"), {"more": "Bara detta"}))
    assert "Bara detta" in page
    with as_job(cast.ekdala.tenant):
        assert not Idea.objects.filter(more="Bara detta").exists()
