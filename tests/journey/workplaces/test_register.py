"""The register of workplaces: kinds, areas, and figures that nobody has."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from stegvis.journey.workplaces import actions, facts
from stegvis.journey.workplaces.models import WorkArea, Workplace, WorkplaceKind
from stegvis.journey.workplaces.words import starter
from tests.cast.people import Cast
from tests.portals.caseworker.reading import faults_of, text_of

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Any]
EVERY_FIELD = {"financing": "unknown", "manual": "unknown", "version": "1"}


@pytest.mark.requirement("INV-21", "AJ-50", "AJ-54")
@settings(max_examples=40)
@given(st.lists(st.none() | st.decimals("0.25", "80", places=2), max_size=12))
def test_a_sum_is_of_what_is_known_and_the_unknown_is_counted(hours: list[Decimal | None]) -> None:
    found = facts.capacity(WorkArea(hours_week=one) for one in hours)
    known = [one for one in hours if one is not None]
    assert (found.known, found.unknown) == (len(known), len(hours) - len(known))
    assert found.hours == (sum(known) if known else None)


@pytest.mark.requirement("INV-21")
@pytest.mark.parametrize("field", ["hours_week", "places"])
def test_the_table_keeps_no_zero(cast: Cast, as_job: SignIn, field: str) -> None:
    with as_job(cast.ekdala.tenant):
        rows = WorkArea.areas.filter(pk=cast.ekdala.work["area"])
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**{field: 0})
        assert getattr(rows.get(), field) is None


@pytest.mark.requirement("AJ-50", "AJ-54", "INV-21")
def test_nine_areas_with_three_figures_are_130_hours_known_and_six_without(
    cast: Cast, sign_in: SignIn
) -> None:
    mona = sign_in(cast["mona"])
    place = cast.ekdala.work["workplace"]
    for n, hours in enumerate(("40", "80", "10", "", "", "", "", "")):
        typed = EVERY_FIELD | {"name": f"Område {n}", "hours_week": hours}
        assert mona.post(reverse("new_area", args=[place]), typed).status_code == 302
    page = text_of(mona.get(reverse("workplace", args=[place])))
    assert "130 tim/vecka kända, 6 områden utan uppgift." in page
    # The other unit's only area says nothing either.
    every = text_of(mona.get(reverse("workplaces")))
    assert "130 tim/vecka kända, 7 områden utan uppgift." in every


@pytest.mark.requirement("AJ-50", "INV-21")
def test_zero_hours_are_refused_with_one_sentence_and_what_was_typed_stays(
    cast: Cast, sign_in: SignIn
) -> None:
    address = reverse("change_area", args=[cast.ekdala.work["area"]])
    typed = EVERY_FIELD | {"name": "Snickeriet", "hours_week": "0", "risks": "Damm i luften"}
    page = text_of(sign_in(cast["mona"]).post(address, typed))
    assert len(faults_of(page)) == 1
    assert "Damm i luften" in page


@pytest.mark.requirement("KN-02")
def test_the_register_begins_with_eight_kinds_and_takes_the_municipalitys_own(
    cast: Cast, sign_in: SignIn, as_job: SignIn
) -> None:
    mona = sign_in(cast["mona"])
    mona.post(reverse("work_starters"))
    mona.post(reverse("work_starters"))
    page = text_of(mona.get(reverse("workplaces")))
    kinds = [one["texts"]["sv"] for one in starter()["kinds"]]
    assert len(kinds) == 8
    assert all(kind in page for kind in kinds)
    typed = EVERY_FIELD | {
        "name": "Träbilen", "unit_id": str(cast["mona"].unit), "new_kind": "mobil träverkstad",
        "offer": "Snickeri hemma hos kunden", "day_0": "7-16", "day_1": "7.30–15",
    }  # fmt: skip
    assert mona.post(reverse("new_workplace"), typed).status_code == 302
    assert "mobil träverkstad" in text_of(mona.get(reverse("workplaces")))
    with as_job(cast.ekdala.tenant):
        row = Workplace.objects.get(name="Träbilen")
        assert row.hours[:3] == [["07:00", "16:00"], ["07:30", "15:00"], None]
        assert WorkplaceKind.objects.filter(name="mobil träverkstad").count() == 1


@pytest.mark.requirement("KN-02")
def test_another_units_workplace_is_there_to_read_and_not_to_change(
    cast: Cast, sign_in: SignIn
) -> None:
    key = cast.ekdala.work["workplace"]
    marta = sign_in(cast["marta"])  # of the other unit
    assert "Verkstaden" in text_of(marta.get(reverse("workplace", args=[key])))
    for name in ("change_workplace", "new_area"):
        assert marta.get(reverse(name, args=[key])).status_code == 404
        assert marta.post(reverse(name, args=[key]), {"name": "x"}).status_code == 404


def test_two_hands_at_one_area_lose_nothing(cast: Cast, sign_in: SignIn) -> None:
    mona = sign_in(cast["mona"])
    address = reverse("change_area", args=[cast.ekdala.work["area"]])
    typed = EVERY_FIELD | {"name": "Snickeriet", "risks": "Först"}
    assert mona.post(address, typed).status_code == 302
    page = text_of(mona.post(address, typed | {"risks": "Sedan"}))
    assert len(faults_of(page)) == 1
    assert "Sedan" in page


@pytest.mark.requirement("AJ-50")
def test_later_rooms_ask_for_the_areas_of_a_unit(cast: Cast, as_job: SignIn) -> None:
    with as_job(cast.ekdala.tenant):
        first, second = cast.ekdala.units
        assert [one.name for one in facts.areas_of(first, on=cast.on)] == ["Snickeriet"]
        assert [one.name for one in facts.areas_of(second, on=cast.on)] == ["Sömnaden"]
        names = [one.name for one in facts.tasks_of(cast.ekdala.work["area"], on=cast.on)]
        assert names == ["Vattning av djur"]


def test_a_name_stands_once(cast: Cast, as_job: SignIn) -> None:
    with as_job(cast.ekdala.tenant):
        unit = cast.ekdala.units[0]
        with pytest.raises(actions.NotNow, match="name_taken"):
            actions.keep_workplace(Workplace(unit_id=unit), {"name": "VERKSTADEN"}, by=None)


@pytest.mark.parametrize("page", ["workplaces", "tasks", "services", "ideas"])
def test_lists_cost_few_questions(
    cast: Cast, sign_in: SignIn, queries: Callable[..., Any], page: str
) -> None:
    vera = sign_in(cast["vera"])
    with queries() as asked:
        text_of(vera.get(reverse(page)))
    assert len(asked) <= 12, [one["sql"] for one in asked]
