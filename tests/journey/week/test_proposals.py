"""A week is proposed beside the board, taken over by a press, never over a colleague's change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.mapping.actions import CredentialText, note_credential
from stegvis.journey.week import actions, tasks
from stegvis.journey.week.actions import NewSlot
from stegvis.journey.week.models import Proposal, ProposedWeek, Slot
from stegvis.journey.work.actions import DayHours, NewHours, set_hours
from stegvis.journey.workplaces.models import WorkArea
from tests.cast.people import Cast
from tests.journey.week.conftest import Town
from tests.journey.week.test_planning import road

pytestmark = pytest.mark.django_db
Work = Callable[..., Any]


def address(town: Town) -> str:
    return reverse("week_proposal", args=[town.week])


def worked_out() -> None:
    """The worker does what was asked for last."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    job = ProcrastinateJob.objects.filter(task_name="week.propose").latest("id")
    tasks.propose.func(**job.args)


def asked(visitor: Any, town: Town, do: str = "fill", **more: Any) -> Any:
    assert visitor.post(address(town), {"do": do, **more}).status_code == 302
    worked_out()
    return visitor.get(address(town))


def works(cast: Cast, town: Town, at_work: Work, key: str = "own", days: int = 2) -> None:
    with at_work(cast["asta"]):
        week = tuple(DayHours(n + 1, dt.time(8), dt.time(15)) for n in range(days))
        set_hours(road(cast, key), NewHours(town.monday, week), by=cast["asta"].actor)


def stands(cast: Cast, town: Town, as_job: Work, key: str = "own") -> list[tuple[Any, ...]]:
    with as_job(cast.ekdala.tenant):
        rows = Slot.slots.of_week(town.monday).filter(person=cast.person(key).person)
        return list(rows.order_by("day", "half").values_list("day", "half", "area__code"))


def only(town: Town, code: str) -> None:
    """Every other area has shut by then."""
    others = WorkArea.areas.exclude(pk=town.areas[code].pk).filter(since__isnull=True)
    others.update(until=town.monday)


@pytest.mark.requirement("AJ-52")
def test_a_week_is_proposed_beside_the_board_and_taken_over_and_undone(
    cast: Cast, town: Town, sign_in: Work, at_work: Work, as_job: Work
) -> None:
    works(cast, town, at_work)
    visitor = sign_in(cast["asta"])
    shown = asked(visitor, town)
    assert shown.context["row"].state == "ready"
    assert shown.context["sums"]["new"] == 4
    assert stands(cast, town, as_job) == [], "nothing stands before it is taken over"
    assert visitor.post(address(town), {"do": "take"}).status_code == 302
    assert len(stands(cast, town, as_job)) == 4
    shown = visitor.get(address(town))
    assert (shown.context["open"], shown.context["taken"]) == (False, True)
    assert visitor.post(address(town), {"do": "undo"}).status_code == 302
    assert stands(cast, town, as_job) == []
    assert visitor.get(address(town)).context["open"], "undone it can be taken over again"


def test_a_change_made_since_is_never_overwritten_and_never_undone(
    cast: Cast, town: Town, sign_in: Work, at_work: Work, as_job: Work
) -> None:
    works(cast, town, at_work)
    works(cast, town, at_work, "protected_named")
    visitor = sign_in(cast["asta"])
    asked(visitor, town)
    with at_work(cast["asta"]):
        mine = NewSlot(town.monday, "am", town.areas["wood"].pk)
        actions.plan(road(cast), [mine], by=cast["asta"].actor)
    assert "Ändrat under tiden" in visitor.get(address(town)).text
    visitor.post(address(town), {"do": "take"})
    assert stands(cast, town, as_job) == [(town.monday, "am", "wood")]
    assert len(stands(cast, town, as_job, "protected_named")) == 4
    with at_work(cast["asta"]):
        away = NewSlot(town.monday, "am", None)
        actions.plan(road(cast, "protected_named"), [away], by=cast["asta"].actor)
    visitor.post(address(town), {"do": "undo"})
    assert len(stands(cast, town, as_job, "protected_named")) == 3


def test_one_person_alone_is_taken_over(
    cast: Cast, town: Town, sign_in: Work, at_work: Work, as_job: Work
) -> None:
    works(cast, town, at_work)
    works(cast, town, at_work, "protected_named")
    visitor = sign_in(cast["asta"])
    asked(visitor, town)
    visitor.post(address(town), {"do": "take", "person": cast.person("own").person})
    assert len(stands(cast, town, as_job)) == 4
    assert stands(cast, town, as_job, "protected_named") == []
    visitor.post(address(town), {"do": "take", "person": "nobody"})
    assert stands(cast, town, as_job, "protected_named") == []


def test_what_the_person_chose_is_kept_and_the_rest_may_be_planned_anew(
    cast: Cast, town: Town, sign_in: Work, at_work: Work
) -> None:
    works(cast, town, at_work)
    with at_work(cast["asta"]):
        for half, area, who in (("am", "laundry", "person"), ("pm", "kitchen", "staff")):
            new = NewSlot(town.monday, half, town.areas[area].pk)
            actions.plan(road(cast), [new], by=cast["asta"].actor, planned_by=who)
    visitor = sign_in(cast["asta"])
    for do in ("fill", "anew"):
        (own,) = asked(visitor, town, do).context["people"]
        assert [move["kind"] for move in own["moves"]] == ["new", "new"], do


def test_taken_half_days_and_days_without_a_supervisor_are_let_be_and_why_is_told(
    cast: Cast, town: Town, sign_in: Work, at_work: Work, as_job: Work
) -> None:
    works(cast, town, at_work)
    with as_job(cast.ekdala.tenant):
        only(town, "laundry")
    with at_work(cast["asta"]):
        actions.take(road(cast), town.monday, "am", by=cast["asta"].actor, free=False)
        actions.lead(town.areas["laundry"].pk, cast["vera"].member, 3)
        for key in ("protected_named",):
            slots = [NewSlot(town.monday, "pm", town.areas["laundry"].pk)]
            actions.plan(road(cast, key), slots, by=cast["asta"].actor)
    shown = asked(sign_in(cast["asta"]), town)
    own = next(o for o in shown.context["people"] if o["person"] == cast.person("own").person)
    assert len(own["moves"]) == 2, "Monday morning is taken, and in the afternoon the place is"
    assert (own["lacks"], "Laundry" in own["why"]) == (1, True)


def test_whoever_is_hidden_from_the_asker_is_nowhere_in_a_proposal(
    cast: Cast, town: Town, sign_in: Work, at_work: Work, as_job: Work
) -> None:
    """A place they hold is free, as on the board (0034)."""
    hidden = cast.person("protected_hidden")
    works(cast, town, at_work, days=1)
    with as_job(cast.ekdala.tenant):
        row = road(cast, hidden.key)
        for half in ("am", "pm"):
            new = NewSlot(town.monday, half, town.areas["laundry"].pk)
            actions.plan(row, [new], by=None)
        only(town, "laundry")
    shown = asked(sign_in(cast["asta"]), town)
    (own,) = shown.context["people"]
    assert (own["person"], own["lacks"]) == (cast.person("own").person, 0)
    with as_job(cast.ekdala.tenant):
        assert not ProposedWeek.weeks.filter(person=hidden.person).exists()


def test_a_proposal_is_its_askers_alone(
    cast: Cast, town: Town, sign_in: Work, at_work: Work
) -> None:
    works(cast, town, at_work)
    asked(sign_in(cast["asta"]), town)
    other = sign_in(cast["vera"])
    assert other.get(address(town)).context["row"] is None
    assert sign_in(cast["mona"]).get(address(town)).status_code == 404


def test_a_proposal_is_cancelled_on_its_way_and_thrown_away_when_it_is_there(
    cast: Cast, town: Town, sign_in: Work, at_work: Work, as_job: Work
) -> None:
    works(cast, town, at_work)
    visitor = sign_in(cast["asta"])
    visitor.post(address(town), {"do": "fill"})
    assert "Den väntar på sin tur" in visitor.get(address(town)).text
    visitor.post(address(town), {"do": "cancel"})
    worked_out()
    assert visitor.get(address(town)).context["row"] is None
    asked(visitor, town)
    visitor.post(address(town), {"do": "throw"})
    with as_job(cast.ekdala.tenant):
        assert not ProposedWeek.weeks.exists()
        states = set(Proposal.proposals.order_by().values_list("state", flat=True))
    assert states == {"cancelled", "thrown"}


def test_whoever_may_no_longer_plan_is_proposed_nobody(
    cast: Cast, town: Town, sign_in: Work, at_work: Work, as_job: Work
) -> None:
    """The worker has the rights the asker has then, not those they had when they asked."""
    from stegvis.platform.accounts.models import Grant

    works(cast, town, at_work)
    visitor = sign_in(cast["asta"])
    visitor.post(address(town), {"do": "fill"})
    with as_job(cast.ekdala.tenant):
        Grant.grants.filter(member=cast["asta"].member).update(until=cast.on)
    worked_out()
    with as_job(cast.ekdala.tenant):
        assert Proposal.proposals.get().state == "ready"
        assert not ProposedWeek.weeks.exists()


def test_somebody_ill_has_their_half_days_free_and_nobody_else_moves(
    cast: Cast, town: Town, sign_in: Work, at_work: Work, as_job: Work
) -> None:
    own = cast.person("own").person
    works(cast, town, at_work)
    with at_work(cast["asta"]):
        for key in ("own", "protected_named"):
            slots = [NewSlot(town.monday, half, town.areas["kitchen"].pk) for half in ("am", "pm")]
            actions.plan(road(cast, key), slots, by=cast["asta"].actor)
    day = town.monday.isoformat()
    visitor = sign_in(cast["asta"])
    shown = asked(visitor, town, "away", who=own, since=day, until=day)
    (one,) = shown.context["people"]
    assert (one["person"], one["ill"]) == (own, True)
    assert [move["kind"] for move in one["moves"]] == ["away", "away"]
    visitor.post(address(town), {"do": "take"})
    assert stands(cast, town, as_job) == []
    assert len(stands(cast, town, as_job, "protected_named")) == 2


def test_a_supervisor_ill_moves_those_they_lead_to_where_there_is_room(
    cast: Cast, town: Town, sign_in: Work, at_work: Work
) -> None:
    vera, monday = cast["vera"].member, town.monday
    works(cast, town, at_work)
    with at_work(cast["asta"]):
        actions.lead(town.areas["laundry"].pk, vera, None)
        slots = [
            NewSlot(monday, "am", town.areas["laundry"].pk),
            NewSlot(monday, "pm", town.areas["kitchen"].pk),
        ]
        actions.plan(road(cast), slots, by=cast["asta"].actor)
    days = {"since": monday.isoformat(), "until": (monday + dt.timedelta(days=4)).isoformat()}
    shown = asked(sign_in(cast["asta"]), town, "away", who=vera, **days)
    (one,) = shown.context["people"]
    assert [(move["kind"], move["was"]) for move in one["moves"]] == [("moved", "Laundry")]


def test_a_wrong_absence_is_said_and_asks_for_nothing(
    cast: Cast, town: Town, sign_in: Work, as_job: Work
) -> None:
    visitor, own = sign_in(cast["asta"]), cast.person("own").person
    late, early = (town.monday + dt.timedelta(days=n) for n in (3, 1))
    for wrong in ({}, {"who": own, "since": late, "until": early}, {"who": "x"}):
        assert visitor.post(address(town), {"do": "away", **wrong}).status_code == 200
    assert visitor.post(address(town), {"do": "nothing"}).status_code == 302
    with as_job(cast.ekdala.tenant):
        assert not Proposal.proposals.exists()


def test_the_page_takes_as_many_statements_for_many_as_for_few(
    cast: Cast, town: Town, sign_in: Work, at_work: Work, queries: Work
) -> None:
    works(cast, town, at_work)
    visitor = sign_in(cast["asta"])
    asked(visitor, town)
    with queries() as few:
        visitor.get(address(town))
    works(cast, town, at_work, "protected_named")
    asked(visitor, town)
    with queries() as many:
        visitor.get(address(town))
    assert many.count <= few.count
    assert many.count <= 18


def test_from_a_persons_attendance_it_is_a_press_to_plan_without_them(
    cast: Cast, sign_in: Work
) -> None:
    own = cast.person("own").person
    visitor = sign_in(cast["asta"])
    there = visitor.get(reverse("person_attendance", args=[own])).context["replan"]
    assert f'<option value="{own}" selected>' in visitor.get(there).text
    manager = sign_in(cast["mona"]).get(reverse("person_attendance", args=[own]))
    assert manager.context["replan"] == ""


@pytest.mark.requirement("KN-51")
def test_nobody_is_proposed_where_one_drives_without_a_licence_that_holds(
    cast: Cast, town: Town, sign_in: Work, at_work: Work, as_job: Work
) -> None:
    works(cast, town, at_work)
    with as_job(cast.ekdala.tenant):
        only(town, "kitchen")
        WorkArea.areas.filter(pk=town.areas["kitchen"].pk).update(licence="B")
    visitor = sign_in(cast["asta"])
    assert asked(visitor, town).context["sums"]["new"] == 0
    with at_work(cast["asta"]):
        friday = town.monday + dt.timedelta(days=4)
        text = CredentialText("licence", "Körkort", "yes", classes=("B",), valid_to=friday)
        note_credential(road(cast), text, by=cast["asta"].actor)
    assert asked(visitor, town).context["sums"]["new"] == 4
    assert visitor.post(address(town), {"do": "take"}).status_code == 302
    assert len(stands(cast, town, as_job)) == 4


def test_what_the_municipality_aims_at_is_followed_behind_the_rest(
    cast: Cast, sign_in: Any, town: Town, at_work: Work, as_job: Work
) -> None:
    visitor = sign_in(cast["ada"])
    said = {"first": "variety", "then": "variety", "version": 0}
    assert "Samma mål står två gånger." in visitor.post(reverse("plan_aims"), said).content.decode()
    assert visitor.post(reverse("plan_aims"), {**said, "then": "even_load"}).status_code == 302
    again = visitor.post(reverse("plan_aims"), {**said, "then": ""}).content.decode()
    assert "En kollega har ändrat" in again
    works(cast, town, at_work, days=2)
    asker = sign_in(cast["asta"])
    answer = asked(asker, town)
    assert "Stödet jämnt fördelat över veckan" in answer.content.decode()
    asker.post(address(town), {"do": "take"})
    there = [area for _day, _half, area in stands(cast, town, as_job)]
    assert (len(there), len(set(there))) == (4, 4), "another each half day"


def test_only_the_administrator_chooses_what_proposals_aim_at(cast: Cast, sign_in: Any) -> None:
    assert sign_in(cast["asta"]).get(reverse("plan_aims")).status_code == 404
