"""The catalogue, its seasons, the manual in versions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from django.urls import reverse

from stegvis.journey.workplaces import actions, facts
from stegvis.journey.workplaces.models import JobDescription, Task, WorkArea
from stegvis.journey.workplaces.pages.tasks import season
from tests.cast.people import Cast
from tests.portals.caseworker.reading import faults_of, rows_of, text_of

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Any]


def _named(page: str) -> list[str]:
    return [row[0].strip() for row in rows_of(page)[1:]]


@pytest.fixture
def filled(cast: Cast, as_job: SignIn) -> Cast:
    """Two more tasks beside the cast's."""
    place = cast.ekdala.work["workplace"]
    with as_job(cast.ekdala.tenant):
        rows = (
            {"name": "Holkar", "group": "Snickeri", "kind": "craft"},
            {"name": "Posten", "group": "Fasta", "kind": "fixed", "like_a_job": True},
        )
        for said in rows:
            row = Task.tasks.model(workplace_id=place)
            actions.keep_task(row, said, by=None)
    return cast


@pytest.mark.requirement("AJ-55", "AJ-25")
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"group": "Snickeri"}, ["Holkar"]),
        ({"kind": "craft"}, ["Holkar"]),
        ({"job": "1"}, ["Posten"]),
        ({"group": "Snickeri", "job": "1"}, []),
    ],
)
def test_the_catalogue_is_narrowed(
    filled: Cast, sign_in: SignIn, asked: dict[str, str], found: list[str]
) -> None:
    page = text_of(sign_in(filled["vera"]).get(reverse("tasks"), asked))
    assert [name for name in ("Holkar", "Posten", "Vattning av djur") if name in page] == found


@pytest.mark.requirement("AJ-55")
@pytest.mark.parametrize(
    ("months", "inside", "outside"),
    [((4, 10), (4, 7, 10), (3, 11)), ((11, 3), (11, 12, 1, 3), (4, 10)), ((8, 8), (8,), (7, 9))],
)
def test_a_season_may_run_over_new_year(
    months: tuple[int, int], inside: tuple[int, ...], outside: tuple[int, ...]
) -> None:
    row = Task(from_month=months[0], to_month=months[1])
    assert all(row.in_season(month) for month in inside)
    assert not any(row.in_season(month) for month in outside)
    assert season(row)


@pytest.mark.requirement("AJ-55")
@pytest.mark.parametrize("month", [11, 6])
def test_watering_animals_is_warned_of_in_november(
    cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, month: int
) -> None:
    real, warned = Task.in_season, month == 11
    monkeypatch.setattr(Task, "in_season", lambda self, _today: real(self, month))
    page = text_of(sign_in(cast["vera"]).get(reverse("task", args=[cast.ekdala.work["task"]])))
    assert ("Nu är det inte säsong" in page) is warned
    listed = text_of(sign_in(cast["vera"]).get(reverse("tasks")))
    assert ("Inte säsong" in listed) is warned


@pytest.mark.requirement("AJ-56")
def test_a_task_without_a_manual_is_on_the_list_until_it_is_described(
    filled: Cast, sign_in: SignIn
) -> None:
    vera, key = sign_in(filled["vera"]), filled.ekdala.work["task"]
    missing = (reverse("tasks"), {"lacks": "manual"})
    assert "Vattning av djur" in text_of(vera.get(*missing))
    typed = {"steps": "Fyll hinken\nGå till hagen", "text": "", "seen": "0"}
    assert vera.post(reverse("describe_task", args=[key]), typed).status_code == 302
    page = text_of(vera.get(*missing))
    assert "Vattning av djur" not in page
    assert "Holkar" in page


@pytest.mark.requirement("AJ-56")
def test_a_manual_has_versions_and_an_old_one_never_changes(
    cast: Cast, sign_in: SignIn, as_job: SignIn
) -> None:
    vera, key = sign_in(cast["vera"]), cast.ekdala.work["area"]
    address = reverse("describe_area", args=[key])
    assert vera.post(address, {"steps": "Ett", "seen": "0"}).status_code == 302
    late = text_of(vera.post(address, {"steps": "Två", "seen": "0"}))
    assert len(faults_of(late)) == 1
    assert "Två" in late
    assert vera.post(address, {"steps": "Två", "seen": "1"}).status_code == 302
    page = text_of(vera.get(reverse("area_manual", args=[key])))
    assert "Ett" in page
    assert "Två" in page
    with as_job(cast.ekdala.tenant):
        rows = JobDescription.objects.filter(area=key)
        assert sorted(rows.values_list("number", flat=True)) == [1, 2]
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(text="ändrad")


def test_an_empty_manual_says_nothing(cast: Cast, as_job: SignIn) -> None:
    with as_job(cast.ekdala.tenant):
        row = WorkArea.areas.get(pk=cast.ekdala.work["area"])
        with pytest.raises(actions.NotNow, match="says_nothing"):
            actions.describe(row, actions.NewDescription(" ", ()), by=None)


@pytest.mark.requirement("AJ-55")
def test_a_season_needs_both_its_ends(cast: Cast, sign_in: SignIn) -> None:
    typed = {"name": "Snö", "place": str(cast.ekdala.work["workplace"]), "kind": "fixed",
             "source": "standing", "from_month": "11"}  # fmt: skip
    page = text_of(sign_in(cast["vera"]).post(reverse("new_task"), typed))
    assert len(faults_of(page)) == 1
    good = typed | {"to_month": "3"}
    assert sign_in(cast["vera"]).post(reverse("new_task"), good).status_code == 302


@pytest.mark.requirement("KN-128")
def test_a_picture_stands_beside_its_word(cast: Cast, sign_in: SignIn) -> None:
    vera, place = sign_in(cast["vera"]), cast.ekdala.work["workplace"]
    typed = {"name": "Kaffekokning", "place": str(place), "kind": "other", "source": "standing",
             "pictogram": "coffee"}  # fmt: skip
    vera.post(reverse("new_task"), typed)
    page = text_of(vera.get(reverse("tasks"), {"kind": "other"}))
    assert '<svg class="pic"' in page
    assert "Kaffekokning" in page
    assert 'aria-hidden="true"' in page


def test_what_is_in_use_is_in_the_catalogue(filled: Cast, as_job: SignIn) -> None:
    with as_job(filled.ekdala.tenant):
        Task.tasks.filter(name="Holkar").update(until=filled.on)
        names = [row.name for row in facts.catalogue(on=filled.on)]
        assert "Holkar" not in names
        assert "Posten" in names
