"""Which tasks fit whom and why, the limits agreed, and what speaks against a placing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import reverse

from stegvis.core.matching.fits import Verdict
from stegvis.core.values.periods import Week
from stegvis.journey.abilities.actions import NewRating, rate
from stegvis.journey.abilities.facts import level_of
from stegvis.journey.abilities.models import Observation
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.week.models import Slot
from stegvis.journey.work.actions import (
    NewChoice,
    NewLimit,
    NewWork,
    agree_limit,
    choose_area,
    end_limit,
    give_work,
)
from stegvis.journey.work.facts import known_of, speaks_against, tasks_in, what_fits
from stegvis.journey.work.models import FunctionLimit, WorkAssignment
from stegvis.journey.workplaces.models import (
    Function,
    Requirement,
    Task,
    WorkAnalysis,
    WorkArea,
    Workplace,
)
from stegvis.platform.access.authority import Hidden
from tests.cast.people import Cast
from tests.journey.made import decide

pytestmark = pytest.mark.django_db
Work = Callable[..., Any]
LIFT, ALONE = "t_lift_heavy", "t_work_alone"


@dataclass(frozen=True, slots=True)
class Shop:
    """The carpentry, with a task that asks for lifting and one that asks for working alone."""

    area: WorkArea
    boards: Task
    glue: Task
    later: Task
    unknown: Task


@pytest.fixture
def shop(cast: Cast, enrolment: Enrolment) -> Shop:
    here = {"tenant_id": cast.ekdala.tenant}
    place = Workplace(**here, unit_id=enrolment.unit_id, name="AME-huset")
    area = WorkArea(**here, workplace=place, code="ton", name="Tonsnickeriet")
    kept = {"workplace": place, "area": area}
    boards, glue, later, unknown = (
        Task(**here, **kept, name=name, min_step=step)
        for name, step in (("Plankor", None), ("Limma", None), ("Leda lag", 4), ("Städa", None))
    )
    functions = [
        Function(**here, code=LIFT, name="Lyfta tungt", group="body"),
        Function(
            **here, code=ALONE, name="Arbeta själv", group="planning",
            abilities=["work_independently", "back_pain"],
        ),
    ]  # fmt: skip
    for row in (place, area, boards, glue, later, unknown, *functions):
        row.save(force_insert=True)
    for task, code, hard in ((boards, LIFT, True), (glue, ALONE, False), (later, ALONE, True)):
        _asks(cast, task, code, hard=hard)
    return Shop(area, boards, glue, later, unknown)


def _asks(cast: Cast, task: Task, code: str, *, hard: bool, level: int = 3) -> None:
    here = {"tenant_id": task.tenant_id}
    analysis = WorkAnalysis(**here, task=task, number=1, on=cast.on)
    analysis.save(force_insert=True)
    asked = Requirement(**here, analysis=analysis, function=code, level=level, hard=hard)
    asked.save(force_insert=True)


def see(cast: Cast, enrolment: Enrolment, ability: str, seen: str, *, ago: int = 3) -> None:
    Observation(
        tenant_id=enrolment.tenant_id, enrolment=enrolment, person_id=enrolment.person_id,
        ability=ability, seen=seen, on=cast.on - dt.timedelta(days=ago),
        by_id=cast["vera"].member,
    ).save(force_insert=True)  # fmt: skip


def verdicts(cast: Cast, enrolment: Enrolment, *, step: int | None = 2) -> dict[str, Verdict]:
    tasks = [one for one in tasks_in(enrolment.unit_id, on=cast.on) if one.area]
    known = known_of([enrolment.pk], on=cast.on)[enrolment.pk]
    found = what_fits(known, tasks, on=cast.on, step=step)
    return {one.task.name: one.verdict for one in found if one.task.area.name == "Tonsnickeriet"}  # type: ignore[union-attr]


@pytest.mark.requirement("AJ-58")
def test_what_was_seen_says_what_fits_and_what_is_not_known_is_tried(
    cast: Cast, enrolment: Enrolment, asta: Any, shop: Shop
) -> None:
    assert verdicts(cast, enrolment) == {
        "Plankor": Verdict.TRY, "Limma": Verdict.TRY, "Leda lag": Verdict.TRY,
        "Städa": Verdict.NOT_ANALYSED,
    }  # fmt: skip
    see(cast, enrolment, "work_independently", "with_support")
    assert verdicts(cast, enrolment)["Limma"] is Verdict.TRAIN
    assert verdicts(cast, enrolment)["Leda lag"] is Verdict.NOT_NOW, "there it must be known"
    see(cast, enrolment, "work_independently", "works", ago=1)
    assert verdicts(cast, enrolment)["Limma"] is Verdict.NOW


def test_what_is_said_counts_until_it_has_been_seen(
    cast: Cast, enrolment: Enrolment, asta: Any, shop: Shop
) -> None:
    rate(enrolment, NewRating("work_independently", cast.on, value=9), by=asta)
    assert verdicts(cast, enrolment)["Limma"] is Verdict.NOW
    see(cast, enrolment, "work_independently", "with_support", ago=20)
    assert verdicts(cast, enrolment)["Limma"] is Verdict.TRAIN


@pytest.mark.parametrize(("said", "level"), [(0, 0), (1, 0), (2, 1), (5, 2), (8, 3), (10, 4)])
def test_a_rating_is_told_on_the_scale_of_function(said: int, level: int) -> None:
    assert level_of(said, "ten") == level
    assert level_of(3, "function") == 3


@pytest.mark.requirement("N-15")
def test_what_somebody_rates_of_their_body_never_enters(
    cast: Cast, enrolment: Enrolment, asta: Any, shop: Shop
) -> None:
    rate(enrolment, NewRating("back_pain", cast.on, value=1), by=asta)
    assert verdicts(cast, enrolment)["Limma"] is Verdict.TRY
    assert speaks_against(enrolment.pk, on=cast.on, area=shop.area) == ()


@pytest.mark.requirement("KN-99", "AJ-58")
def test_an_agreed_limit_makes_it_not_now_until_it_ends_and_a_new_one_takes_over(
    cast: Cast, enrolment: Enrolment, asta: Any, shop: Shop
) -> None:
    agree_limit(enrolment, NewLimit(LIFT, 2), by=asta)
    row = agree_limit(enrolment, NewLimit(LIFT, 1), by=asta)
    assert FunctionLimit.objects.filter(enrolment=enrolment, until__isnull=True).count() == 1
    assert verdicts(cast, enrolment)["Plankor"] is Verdict.NOT_NOW
    (one,) = speaks_against(enrolment.pk, on=cast.on, area=shop.area)
    assert (one.function, one.asks, one.at_most, one.agreed) == (LIFT, 3, 1, True)
    assert one.tasks == ("Plankor",)
    assert speaks_against(enrolment.pk, on=cast.on, tasks=[shop.glue]) == ()
    end_limit(row, by=asta)
    assert speaks_against(enrolment.pk, on=cast.on, area=shop.area) == ()
    with pytest.raises(NotNow, match="no_such_function"):
        agree_limit(enrolment, NewLimit("no_such", 1), by=asta)


@pytest.mark.requirement("KN-99")
def test_back_and_carpentry_warn_and_bar_nothing(
    cast: Cast, enrolment: Enrolment, asta: Any, shop: Shop
) -> None:
    agree_limit(enrolment, NewLimit(LIFT, 1), by=asta)
    with pytest.raises(NotNow, match="speaks_against"):
        give_work(enrolment, NewWork(cast.on, "whole_area", shop.area), by=asta)
    with pytest.raises(NotNow, match="speaks_against"):
        choose_area(enrolment, NewChoice(shop.area, "chosen"), by=asta)
    given = NewWork(cast.on, "whole_area", shop.area, despite="Två bär plankorna tillsammans.")
    row = give_work(enrolment, given, by=asta)
    assert (row.despite, row.despite_words) == ([LIFT], "Två bär plankorna tillsammans.")
    other = give_work(enrolment, NewWork(cast.on, tasks=(shop.glue,), despite="x"), by=asta)
    assert (other.despite, other.despite_words) == ([], ""), "nothing spoke against it"
    said = NewChoice(shop.area, "chosen", words="Han vill, och lyfter med en annan.")
    assert choose_area(enrolment, said, by=asta).despite == [LIFT]


@pytest.mark.requirement("KN-99")
def test_what_was_seen_not_to_be_there_warns_too(
    cast: Cast, enrolment: Enrolment, asta: Any, shop: Shop
) -> None:
    see(cast, enrolment, "work_independently", "not_now")
    (one,) = speaks_against(enrolment.pk, on=cast.on, tasks=[shop.later])
    assert (one.function, one.agreed, one.at_most) == (ALONE, False, 0)
    assert speaks_against(enrolment.pk, on=cast.on, tasks=[shop.glue]) == (), "it is trained there"


@pytest.mark.requirement("KN-99")
def test_the_warning_stands_on_the_form_and_what_was_typed_stays(
    cast: Cast, enrolment: Enrolment, asta: Any, shop: Shop, sign_in: Any
) -> None:
    agree_limit(enrolment, NewLimit(LIFT, 1), by=asta)
    visitor = sign_in(cast["vera"])
    address = reverse("give_work", args=[enrolment.person_id])
    typed = {"scope": "whole_area", "area": str(shop.area.pk), "since": cast.on.isoformat()}
    page = visitor.post(address, typed)
    assert page.status_code == 200
    assert "En känd gräns talar emot" in page.text
    assert "Lyfta tungt" in page.text
    assert 'name="despite"' in page.text
    sent = visitor.post(address, typed | {"despite": "Två bär tillsammans."})
    assert sent.status_code == 302
    assert WorkAssignment.assignments.get(area=shop.area).despite == [LIFT]
    assert "Två bär tillsammans." in visitor.get(sent.url).text
    to = reverse("area_choice", args=[enrolment.person_id, shop.area.pk])
    assert "Lyfta tungt" in visitor.get(to).text


@pytest.mark.requirement("KN-99")
def test_put_on_the_board_against_a_limit_it_stands_and_is_told(
    cast: Cast, enrolment: Enrolment, asta: Any, shop: Shop, sign_in: Any
) -> None:
    agree_limit(enrolment, NewLimit(LIFT, 1), by=asta)
    week = Week.of(cast.on).plus(1)
    board, visitor = reverse("week_board", args=[str(week)]), sign_in(cast["vera"])
    place = {"person": str(enrolment.person_id), "place": f"{week.monday}|am|{shop.area.pk}"}
    page = visitor.post(board, place, follow=True)
    assert "En känd gräns talar emot det, prata om det: Lyfta tungt." in page.text
    assert Slot.slots.filter(person=enrolment.person_id, area=shop.area).count() == 1
    free = visitor.post(board, {**place, "place": f"{week.monday}|am|"}, follow=True)
    assert "En känd gräns" not in free.text


def test_the_person_may_choose_it_and_is_told_to_talk(
    cast: Cast, enrolment: Enrolment, asta: Any, shop: Shop, sign_in: Any
) -> None:
    agree_limit(enrolment, NewLimit(LIFT, 1), by=asta)
    page = sign_in(cast["olle"]).post(reverse("my_areas"), {"area": str(shop.area.pk), "yes": "1"})
    assert "Prata om det" in page.text


@pytest.mark.requirement("AJ-58")
@pytest.mark.usefixtures("asta")
def test_tasks_of_a_later_step_are_hidden_until_they_are_asked_for(
    cast: Cast, enrolment: Enrolment, shop: Shop, sign_in: Any, queries: Any
) -> None:
    decide(cast, cast["asta"], "own", "s2")
    visitor = sign_in(cast["vera"])
    address = reverse("fitting", args=[enrolment.person_id])
    visitor.get(address)
    with queries() as made:
        page = visitor.get(address).text
    assert made.count <= 12
    assert "Plankor" in page
    assert "Leda lag" not in page
    every = visitor.get(f"{address}?later=1").text
    assert "Leda lag" in every
    assert "Från steg 4" in every
    give = reverse("give_work", args=[enrolment.person_id])
    assert "Leda lag" not in visitor.get(give).text
    assert "Leda lag" in visitor.get(f"{give}?later=1").text


@pytest.mark.requirement("AJ-58")
def test_the_page_says_why_under_each_heading(
    cast: Cast, enrolment: Enrolment, asta: Any, shop: Shop, sign_in: Any
) -> None:
    see(cast, enrolment, "work_independently", "with_support")
    agree_limit(enrolment, NewLimit(LIFT, 1), by=asta)
    page = sign_in(cast["vera"]).get(reverse("fitting", args=[enrolment.person_id])).text
    for words in ("Kan göra nu", "Kan tränas", "Prova med handledare", "Inte nu"):
        assert words in page
    assert "Överenskommet: högst" in page
    assert "Sett " in page


@pytest.mark.requirement("AJ-58")
@pytest.mark.usefixtures("asta")
def test_a_task_lists_those_one_works_with_and_nobody_else(
    cast: Cast, enrolment: Enrolment, shop: Shop, sign_in: Any, queries: Any
) -> None:
    see(cast, enrolment, "work_independently", "works")
    visitor = sign_in(cast["vera"])
    address = reverse("task_people", args=[shop.glue.pk])
    visitor.get(address)
    with queries() as made:
        page = visitor.get(address).text
    assert made.count <= 12
    assert "Ekstrand-Kvist" in page
    assert page.index("Kan göra nu") < page.index("Ekstrand-Kvist")
    for hidden in ("Gömmersta", "Enhetsson", "Overgaard-Sund"):
        assert hidden not in page
    card = visitor.get(reverse("task", args=[shop.glue.pk])).text
    assert address in card
    assert address not in sign_in(cast["mona"]).get(reverse("task", args=[shop.glue.pk])).text


def test_a_limit_is_agreed_and_ended_in_the_browser(
    cast: Cast, enrolment: Enrolment, shop: Shop, sign_in: Any
) -> None:
    visitor = sign_in(cast["vera"])
    address = reverse("limits", args=[enrolment.person_id])
    typed = {"function": LIFT, "at_most": "1"}
    assert visitor.post(address, typed).status_code == 200, "the person has to agree"
    assert visitor.post(address, typed | {"agreed": "on"}).status_code == 302
    assert "Lyfta tungt" in visitor.get(address).text
    row = FunctionLimit.objects.get(enrolment=enrolment, until__isnull=True)
    assert visitor.post(address, {"end": str(row.pk)}).status_code == 302
    assert "Ingen gräns" in visitor.get(address).text


def test_whoever_may_not_write_agrees_on_nothing(
    cast: Cast, enrolment: Enrolment, shop: Shop, at_work: Work
) -> None:
    for key in ("mona", "olle"):
        with at_work(cast[key]), pytest.raises(Hidden):
            agree_limit(enrolment, NewLimit(LIFT, 1), by=cast[key].actor)
