"""The board shows who works where, tells what does not fit, and is used by pressing alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.week import actions
from stegvis.journey.week.actions import NewSlot
from stegvis.journey.week.models import Published, Review, Slot
from stegvis.journey.workplaces.models import WorkArea
from tests.cast.people import Cast
from tests.journey.week.conftest import Town
from tests.journey.week.test_planning import road

pytestmark = pytest.mark.django_db
Work = Callable[..., Any]


def at(town: Town, name: str = "week_board") -> str:
    return reverse(name, args=[town.week])


def planned(cast: Cast, town: Town, keys: tuple[str, ...], area: str, at_work: Work) -> None:
    with at_work(cast["asta"]):
        for key in keys:
            slots = [NewSlot(town.monday, half, town.areas[area].pk) for half in ("am", "pm")]
            actions.plan(road(cast, key), slots, by=cast["asta"].actor)


@pytest.mark.requirement("AJ-52", "AJ-53")
def test_whoever_has_no_place_is_named_and_gets_one_by_two_presses(
    cast: Cast, town: Town, sign_in: Work, as_job: Work
) -> None:
    visitor, own = sign_in(cast["asta"]), cast.person("own")
    shown = visitor.get(at(town))
    assert own.person in [key for key, _name in shown.context["lacking"]]
    chosen = f"{at(town)}?chosen={own.person}"
    assert "hela dagen" in visitor.get(chosen).text
    place = f"{town.monday}|both|{town.areas['kitchen'].pk}"
    assert visitor.post(chosen, {"person": own.person, "place": place}).status_code == 302
    with as_job(cast.ekdala.tenant):
        assert Slot.slots.filter(person=own.person, area=town.areas["kitchen"]).count() == 2
    assert own.person not in [key for key, _name in visitor.get(at(town)).context["lacking"]]


@pytest.mark.requirement("AJ-54")
def test_two_on_one_place_are_told_and_never_refused(
    cast: Cast, town: Town, sign_in: Work, at_work: Work
) -> None:
    others = [k for k in ("own", "intake_done", "paused", "protected_named") if _is_astas(cast, k)]
    planned(cast, town, tuple(others[:2]), "laundry", at_work)
    shown = sign_in(cast["asta"]).get(at(town))
    assert len(others) >= 2
    assert "2 deltagare på 1 platser." in shown.text
    assert shown.context["rows"][1]["cells"][0]["over"] == 1


@pytest.mark.requirement("AJ-54")
def test_booked_hours_stand_beside_the_areas_own_whether_more_or_fewer(
    cast: Cast, town: Town, sign_in: Work, at_work: Work, as_job: Work
) -> None:
    with as_job(cast.ekdala.tenant):
        WorkArea.areas.filter(pk=town.areas["laundry"].pk).update(hours_week=80)
    planned(cast, town, ("own",), "laundry", at_work)
    text = sign_in(cast["asta"]).get(at(town)).text
    assert "8 av 80 tim bokade" in text
    assert "0 tim bokade, timmar inte kända" in text, "unknown is not zero"


def _is_astas(cast: Cast, key: str) -> bool:
    one = cast.participants.get(key)
    return bool(one and one.enrolment and one.town == cast.ekdala)


def test_a_wrong_week_is_no_page_and_a_wrong_press_changes_nothing(
    cast: Cast, town: Town, sign_in: Work, as_job: Work
) -> None:
    visitor = sign_in(cast["asta"])
    for wrong in ("2026-W54", "48", "x"):
        assert visitor.get(reverse("week_board", args=[wrong])).status_code == 404
    own = cast.person("own").person
    for place in ("", "x|am|y", f"{town.monday}|am|nobody", "2026-13-01|am|"):
        assert visitor.post(at(town), {"person": own, "place": place}).status_code == 302
    with as_job(cast.ekdala.tenant):
        assert not Slot.slots.exists()


@pytest.mark.requirement("KN-57")
def test_a_week_is_gone_through_and_shown_and_a_manager_only_reads(
    cast: Cast, town: Town, sign_in: Work, as_job: Work
) -> None:
    visitor = sign_in(cast["asta"])
    for do in ("through", "publish"):
        assert visitor.post(at(town), {"do": do}).status_code == 302
    with as_job(cast.ekdala.tenant):
        assert Review.reviews.filter(monday=town.monday).count() == 1
        assert Published.weeks.filter(monday=town.monday).count() == 1
    shown = sign_in(cast["mona"]).get(at(town))
    assert shown.status_code == 200
    assert 'name="do"' not in shown.text


@pytest.mark.requirement("AJ-53", "KN-56")
def test_everyones_week_is_a_sheet_each_with_five_days(
    cast: Cast, town: Town, sign_in: Work, at_work: Work
) -> None:
    planned(cast, town, ("own",), "wood", at_work)
    text = sign_in(cast["asta"]).get(at(town, "week_paper")).text
    assert text.count('class="pw"') == 1
    for day in ("Måndag", "Tisdag", "Onsdag", "Torsdag", "Fredag"):
        assert f"<b>{day}</b>" in text
    assert cast.person("own").family not in text, "a sheet on the wall has the first name alone"


def test_the_board_takes_as_many_statements_for_a_full_week_as_for_an_empty_one(
    cast: Cast, town: Town, sign_in: Work, at_work: Work, queries: Work
) -> None:
    visitor = sign_in(cast["asta"])
    visitor.get(at(town))
    with queries() as empty:
        visitor.get(at(town))
    planned(cast, town, ("own",), "wood", at_work)
    with queries() as full:
        visitor.get(at(town))
    assert full.count <= empty.count + 1
    assert full.count <= 18


@pytest.mark.requirement("AJ-52")
def test_the_person_sees_their_week_when_it_has_been_shown_and_not_before(
    cast: Cast, town: Town, sign_in: Work, at_work: Work
) -> None:
    from stegvis.journey.week.facts import own_week

    planned(cast, town, ("own",), "kitchen", at_work)
    with at_work(cast["asta"]):
        own = cast.person("own").person
        assert own_week(own, town.monday) == []
        actions.publish(road(cast).unit_id, town.monday, by=cast["asta"].actor)
        assert [one.half for one in own_week(own, town.monday)] == ["am", "pm"]
        assert own_week(own, town.monday + dt.timedelta(weeks=1)) == []


@pytest.mark.parametrize("week", ["0001-W01", "9999-W52"])
def test_the_ends_of_the_calendar_are_no_weeks(week: str, cast: Cast, sign_in: Work) -> None:
    visitor = sign_in(cast["vera"])
    for name in ("week_board", "week_paper", "week_proposal", "attendance_report"):
        assert visitor.get(reverse(name, args=[week])).status_code == 404, name
