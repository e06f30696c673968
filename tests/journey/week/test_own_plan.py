"""The days people plan themselves: on their own page, with a supervisor, and what came of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import reverse

from stegvis.core.progression.criteria import Judge
from stegvis.core.progression.measures import State
from stegvis.journey.attendance.actions import Mark, mark
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.standing.models import DatedFact
from stegvis.journey.steps.facts import judged
from stegvis.journey.week import actions
from stegvis.journey.week.actions import NewSlot
from stegvis.journey.week.facts import own_areas, own_weeks
from stegvis.journey.week.models import Review, Slot
from stegvis.journey.work.actions import NewChoice, choose_area, set_hours
from stegvis.platform.access.authority import Hidden
from tests.cast.people import Cast
from tests.journey.week.conftest import Town
from tests.journey.week.test_planning import road
from tests.journey.work.conftest import hours

pytestmark = pytest.mark.django_db
Work = Callable[..., Any]


def day_of(town: Town, n: int) -> dt.date:
    return town.monday + dt.timedelta(days=n)


def put(cast: Cast, town: Town, *days: int, area: str = "kitchen", by: str = "olle") -> int:
    """Both halves of these days, as the person themselves plans them."""
    slots = [
        NewSlot(day_of(town, n), half, town.areas[area].pk) for n in days for half in ("am", "pm")
    ]
    return actions.plan_own(road(cast), slots, by=cast[by].actor)


def told(cast: Cast) -> dict[str, Any]:
    values: dict[str, Any] = DatedFact.objects.get(enrolment=road(cast), kind="planned_week").values
    return values


@pytest.fixture
def olle(cast: Cast, at_work: Work) -> Iterator[Any]:
    with at_work(cast["olle"]):
        yield cast["olle"].actor


@pytest.mark.requirement("AJ-26")
@pytest.mark.usefixtures("olle")
def test_who_fills_monday_to_wednesday_alone_has_a_horizon_of_three(
    cast: Cast, town: Town, as_job: Work
) -> None:
    assert put(cast, town, 0, 1, 2) == 6
    with as_job(cast.ekdala.tenant):
        own = own_weeks([road(cast).person_id], town.monday)[road(cast).person_id]
        assert (own.horizon, own.is_whole) == (3, False)
        assert told(cast)["days_planned"] == 3
        assert told(cast)["planned_by"] == "participant"
        rows = Slot.slots.filter(enrolment=road(cast))
        assert {(row.planned_by, row.by_id) for row in rows} == {("person", cast["olle"].member)}


@pytest.mark.usefixtures("olle")
def test_the_person_plans_as_nobody_else_and_not_in_the_past(cast: Cast, town: Town) -> None:
    by, slot = cast["olle"].actor, NewSlot(town.monday, "am", town.areas["wood"].pk)
    with pytest.raises(Hidden):
        actions.plan(road(cast), [slot], by=by)
    other = cast.person("same_unit")
    with pytest.raises(Hidden):
        actions.plan_own(Enrolment(pk=other.enrolment, person_id=other.person), [], by=by)
    with pytest.raises(NotNow, match="too_late"):
        actions.plan_own(road(cast), [NewSlot(cast.on, "am", None)], by=by)


def test_where_one_may_put_oneself_is_what_was_chosen_and_all_while_nothing_was(
    cast: Cast, town: Town, at_work: Work
) -> None:
    with at_work(cast["asta"]):
        names = {one.name for one in own_areas(road(cast), town.monday, on=cast.on)}
        assert {"Kitchen", "Laundry", "Wood"} <= names
        choose_area(road(cast), NewChoice(town.areas["wood"], "chosen"), by=cast["asta"].actor)
    with at_work(cast["olle"]):
        assert [o.name for o in own_areas(road(cast), town.monday, on=cast.on)] == ["Wood"]
        with pytest.raises(NotNow, match="no_such_area"):
            put(cast, town, 0, area="laundry")


def _marked(cast: Cast, town: Town, came: dict[int, str]) -> None:
    """As a job, on the days themselves: what the attendance says."""
    for n, status in came.items():
        day = day_of(town, n)
        at = dt.datetime.combine(day, dt.time(8), dt.UTC)
        mark([Mark(road(cast), status, at)], day, {}, by=None, imported=True)


def _whole_week(cast: Cast, town: Town, at_work: Work) -> None:
    with at_work(cast["asta"]):
        set_hours(road(cast), hours(cast.on, 9, 15), by=cast["asta"].actor)
    with at_work(cast["olle"]):
        put(cast, town, *range(5))


def _state(cast: Cast, town: Town) -> State:
    """The criterion of the programme, judged from what the rooms have told."""
    found = judged(road(cast), on=day_of(town, 7))
    return Judge(found.programme, found.judged.road).finding("plans_one_week_or_more").state


@pytest.mark.requirement("AJ-31")
def test_one_week_planned_and_carried_out_meets_the_criterion_from_the_records(
    cast: Cast, town: Town, at_work: Work, as_job: Work
) -> None:
    _whole_week(cast, town, at_work)
    with as_job(cast.ekdala.tenant):
        _marked(cast, town, dict.fromkeys(range(4), "present"))
        assert "days_done" not in told(cast), "Friday is not marked: nobody knows"
        _marked(cast, town, {4: "late"})
        assert (told(cast)["days"], told(cast)["days_planned"], told(cast)["days_done"]) == (
            5,
            5,
            5,
        )
        assert _state(cast, town) is State.MET


@pytest.mark.requirement("AJ-31")
def test_four_of_five_days_are_no_whole_week(
    cast: Cast, town: Town, at_work: Work, as_job: Work
) -> None:
    _whole_week(cast, town, at_work)
    with as_job(cast.ekdala.tenant):
        _marked(cast, town, {**dict.fromkeys(range(4), "present"), 4: "absent"})
        assert told(cast)["days_done"] == 4
        assert _state(cast, town) is State.NOT_MET
        _marked(cast, town, {4: "present"})
        assert told(cast)["days_done"] == 5, "corrected it is told anew"


@pytest.mark.requirement("AJ-26", "AJ-31")
def test_what_staff_plan_into_it_is_no_longer_the_persons_own(
    cast: Cast, town: Town, at_work: Work, as_job: Work
) -> None:
    _whole_week(cast, town, at_work)
    with at_work(cast["vera"]):
        slot = NewSlot(day_of(town, 2), "am", town.areas["wood"].pk)
        actions.plan(road(cast), [slot], by=cast["vera"].actor)
    with as_job(cast.ekdala.tenant):
        assert told(cast)["days_planned"] == 4
        _marked(cast, town, dict.fromkeys(range(5), "present"))
        assert _state(cast, town) is State.NOT_MET


@pytest.mark.requirement("AJ-26", "KN-126")
def test_the_days_are_planned_on_the_persons_own_page(
    cast: Cast, town: Town, sign_in: Any, as_job: Work, queries: Any
) -> None:
    visitor = sign_in(cast["olle"])
    address = reverse("my_days") + "?next"
    assert "Välj var du vill vara" in visitor.get(address).text
    kitchen = str(town.areas["kitchen"].pk)
    typed = {f"{day_of(town, n)}-{half}": kitchen for n in (0, 1) for half in ("am", "pm")}
    assert visitor.post(address, typed).status_code == 302
    with queries() as made:
        page = visitor.get(address).text
    assert made.count <= 20, made.statements
    assert "2 dagar i följd" in page
    mine = visitor.get(reverse("my_week") + "?next").text
    assert "Kitchen" in mine, "one's own plan is seen before the week is shown to all"
    refused = visitor.post(address, {f"{day_of(town, 2)}-am": "no-area"})
    assert "Området finns inte på enhete" in refused.text
    with as_job(cast.ekdala.tenant):
        assert Slot.slots.filter(enrolment=road(cast)).count() == 4


@pytest.mark.requirement("KN-126")
def test_the_whole_workplace_is_planned_with_those_it_is_about(
    cast: Cast, town: Town, sign_in: Any, at_work: Work, as_job: Work
) -> None:
    """Their own days, their wishes and that it was gone through together stand on one board."""
    with at_work(cast["olle"]):
        put(cast, town, 0, 1)
    visitor = sign_in(cast["vera"])
    board = reverse("week_board", args=[town.week])
    assert "egen plan" in visitor.get(f"{board}?by=person").text
    assert "Genomgånget tillsammans" not in visitor.get(board).text
    assert visitor.post(board, {"do": "through"}).status_code == 302
    assert "Genomgånget tillsammans" in visitor.get(board).text
    with as_job(cast.ekdala.tenant):
        assert Review.reviews.get(monday=town.monday).by_id == cast["vera"].member


@pytest.mark.requirement("AJ-26")
def test_a_supervisor_who_changes_one_half_day_leaves_the_rest_the_persons_own(
    cast: Cast, town: Town, sign_in: Any, at_work: Work, as_job: Work
) -> None:
    with at_work(cast["olle"]):
        put(cast, town, 0, 1)
    visitor = sign_in(cast["vera"])
    address = reverse("person_week", args=[road_of(cast), town.week])
    page = visitor.get(address).text
    assert "Planerar 2 arbetsdagar i följd själv" in page
    seen = page.split('name="seen" value="')[1].split('"')[0]
    kitchen, wood = str(town.areas["kitchen"].pk), str(town.areas["wood"].pk)
    typed = {f"{day_of(town, n)}-{half}": kitchen for n in (0, 1) for half in ("am", "pm")}
    typed |= {f"{day_of(town, 2)}-am": wood, "do": "week", "seen": seen, "own": "on"}
    assert visitor.post(address, typed).status_code == 302
    with as_job(cast.ekdala.tenant):
        rows = Slot.slots.filter(enrolment=road(cast), day=day_of(town, 0))
        assert {row.by_id for row in rows} == {cast["olle"].member}


def road_of(cast: Cast) -> Any:
    return cast.person("own").person
