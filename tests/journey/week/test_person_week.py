"""One person's week on their own page: planned, wished about, and whom they are kept apart from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.intake.models import Enrolment
from stegvis.journey.week import actions
from stegvis.journey.week.models import Apart, Slot, Taken, Wish
from stegvis.platform.access.authority import reached
from stegvis.platform.access.decision import FieldClass
from tests.cast.building import as_member
from tests.cast.people import Cast
from tests.journey.week.conftest import Town

pytestmark = pytest.mark.django_db
Work = Callable[..., Any]
REASON = "Gammal tvist om en bil"


def page(cast: Cast, town: Town) -> str:
    return reverse("person_week", args=[cast.person("own").person, town.week])


def state(visitor: Any, cast: Cast, town: Town) -> str:
    """What the page says it has shown."""
    return str(visitor.get(page(cast, town)).context["state"])


def test_two_who_plan_one_week_see_each_others_change_before_it_is_gone(
    cast: Cast, town: Town, sign_in: Work, as_job: Work
) -> None:
    visitor, morning = sign_in(cast["asta"]), f"{town.monday}-am"
    old = state(visitor, cast, town)
    first = {"do": "week", morning: str(town.areas["wood"].pk), "seen": old}
    assert visitor.post(page(cast, town), first).status_code == 302
    second = {"do": "week", morning: str(town.areas["kitchen"].pk), "seen": old}
    shown = visitor.post(page(cast, town), second)
    assert "En kollega har ändrat veckan under tiden." in shown.text
    assert shown.context["form"][morning].value() == str(town.areas["kitchen"].pk), "kept as chosen"
    with as_job(cast.ekdala.tenant):
        assert Slot.slots.get(half="am").area_id == town.areas["wood"].pk
    again = {**second, "seen": shown.context["state"]}
    assert visitor.post(page(cast, town), again).status_code == 302


def test_ten_half_days_are_saved_at_once_with_what_is_taken_and_what_is_tried(
    cast: Cast, town: Town, sign_in: Work, as_job: Work
) -> None:
    visitor, monday = sign_in(cast["asta"]), town.monday
    sent = {
        "do": "week", f"{monday}-am": str(town.areas["wood"].pk), f"try-{monday}-am": "on",
        f"{monday}-pm": "taken", "own": "on", "seen": state(visitor, cast, town),
    }  # fmt: skip
    assert visitor.post(page(cast, town), sent).status_code == 302
    with as_job(cast.ekdala.tenant):
        slot = Slot.slots.get(person=cast.person("own").person)
        assert (slot.half, slot.trying, slot.planned_by) == ("am", True, "person")
        assert Taken.halves.filter(person=slot.person_id, half="pm").count() == 1
    shown = visitor.get(page(cast, town))
    assert shown.context["form"][f"{monday}-pm"].value() == "taken"
    assert shown.context["own"] is True


def test_an_area_of_another_unit_is_refused_and_the_rest_is_kept_as_it_was_chosen(
    cast: Cast, town: Town, sign_in: Work, as_job: Work
) -> None:
    sent = {
        "do": "week", f"{town.monday}-am": str(cast.person("own").person),
        f"{town.monday}-pm": str(town.areas["wood"].pk),
    }  # fmt: skip
    shown = sign_in(cast["asta"]).post(page(cast, town), sent)
    assert shown.status_code == 200
    assert shown.context["form"][f"{town.monday}-pm"].value() == str(town.areas["wood"].pk)
    with as_job(cast.ekdala.tenant):
        assert not Slot.slots.exists()


@pytest.mark.requirement("KN-57")
def test_a_wish_is_answered_and_a_no_says_why(
    cast: Cast, town: Town, sign_in: Work, as_job: Work
) -> None:
    visitor = sign_in(cast["asta"])
    sent = {"do": "wish", "wish-words": "Köket på fredag", "wish-granted": "no"}
    shown = visitor.post(page(cast, town), sent)
    assert "Säg varför det inte går." in shown.text
    assert "Köket på fredag" in shown.text
    answered = {**sent, "wish-answer": "Fullt, men veckan efter går det"}
    assert visitor.post(page(cast, town), answered).status_code == 302
    with as_job(cast.ekdala.tenant):
        row = Wish.wishes.get(person=cast.person("own").person)
        assert (row.granted, row.answer) == (False, "Fullt, men veckan efter går det")


def test_why_two_are_kept_apart_is_read_by_the_case_worker_and_never_on_the_board(
    cast: Cast, town: Town, sign_in: Work, at_work: Work, as_job: Work
) -> None:
    own, other = cast.person("own"), _another_of_astas(cast)
    with at_work(cast["asta"]):
        actions.keep_apart(own.person, other, REASON, by=cast["asta"].actor, on=cast.on)
    visitor = sign_in(cast["asta"])
    assert REASON in visitor.get(reverse("apart", args=[own.person])).text
    assert REASON not in visitor.get(reverse("apart", args=[other])).text
    assert REASON not in visitor.get(reverse("week_board", args=[town.week])).text
    for who in ("vera", "mona"):
        assert sign_in(cast[who]).get(reverse("apart", args=[own.person])).status_code in (403, 404)
    with as_job(cast.ekdala.tenant):
        assert Apart.pairs.filter(until__isnull=True).count() == 2, "one for each of them"
        (pair,) = set(Apart.pairs.values_list("pair", flat=True))
    with at_work(cast["asta"]):
        actions.end_apart(pair, by=cast["asta"].actor, on=cast.on)
        assert not Apart.pairs.filter(until__isnull=True).exists()


def _another_of_astas(cast: Cast) -> Any:
    with as_member(cast["asta"]):
        wall = reached(cast["asta"].actor, FieldClass.SENSITIVE, on=cast.on, column="person_id")
        rows = Enrolment.enrolments.open().filter(wall).exclude(person=cast.person("own").person)
        return rows.order_by("pk").values_list("person_id", flat=True)[0]
