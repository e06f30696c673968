"""Hours as they are written down: corrected by new rows, told to the core month by month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from stegvis.core.values import paid
from stegvis.core.values.paid import Kind, Source
from stegvis.journey.hours import actions
from stegvis.journey.hours.facts import last_month, ledger
from stegvis.journey.hours.models import HoursEntry
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.standing.models import DatedFact
from tests.cast.people import Cast
from tests.portals.caseworker.reading import text_of

pytestmark = pytest.mark.django_db
FARM = "Grønne Gården"


@pytest.fixture
def road(cast: Cast, as_job: Callable[..., Any]) -> Iterator[Enrolment]:
    with as_job(cast.ekdala.tenant):
        yield Enrolment.enrolments.get(pk=cast.person("own").enrolment)


def state(road: Enrolment, cast: Cast, said: str, **more: Any) -> HoursEntry:
    given = {"month": last_month(cast.on), "employer": FARM, "amount": paid.parts(said)}
    return actions.state_hours(road, actions.NewHours(**{**given, **more}), by=None)


def told(road: Enrolment, month: dt.date) -> dict[str, Any]:
    row = DatedFact.objects.get(source=actions.fact_of(road.pk, month), kind="hours")
    values: dict[str, Any] = row.values
    return values


@pytest.mark.requirement("FM-44", "INV-11", "N-17")
def test_each_kind_is_told_for_itself_and_employers_together(road: Enrolment, cast: Cast) -> None:
    month = last_month(cast.on)
    state(road, cast, "14:20")
    state(road, cast, "15:40", employer="Bageriet")
    state(road, cast, "40", kind=Kind.PRACTICE)
    values = told(road, month)
    assert (values["ordinary"], values["practice"]) == (30.0, 40.0)
    assert "subsidised" not in values, "what is not known is never zero"


@pytest.mark.requirement("FM-44")
def test_a_correction_is_a_row_and_the_old_one_stays(road: Enrolment, cast: Cast) -> None:
    first = state(road, cast, "29,5")
    actions.correct_hours(first, paid.parts("30"), by=None, note="Läst fel")
    assert told(road, first.month)["ordinary"] == 30.0
    assert [row.amount for row in ledger(road.pk).rows if row.employer == FARM] == [
        paid.parts("29,5"), paid.parts("30"),
    ]  # fmt: skip
    with pytest.raises(NotNow, match="corrected_before"):
        actions.correct_hours(first, paid.parts("31"), by=None)
    with transaction.atomic(), pytest.raises(DatabaseError):
        HoursEntry.entries.filter(pk=first.pk).update(amount=1)


def test_the_same_is_never_said_twice_whatever_the_spelling(road: Enrolment, cast: Cast) -> None:
    state(road, cast, "10")
    with pytest.raises(NotNow, match="stated_before"):
        state(road, cast, "12", employer="  GRØNNE   gården ")
    state(road, cast, "12", source=Source.PAY_SLIP, voucher="B1")
    state(road, cast, "3", source=Source.PAY_SLIP, voucher="B2")
    assert told(road, last_month(cast.on))["ordinary"] == 15.0, "slips add up and are the firmest"


@pytest.mark.parametrize(
    ("fault", "more"),
    [
        ("month_ahead", {"month": dt.date(2199, 1, 1)}),
        ("month_too_far_back", {"month": dt.date(2001, 1, 1)}),
        ("employer_missing", {"employer": "  "}),
        ("too_many", {"amount": paid.MOST + 1}),
        ("negative", {"amount": -1}),
    ],
)
def test_what_cannot_be_is_refused(
    road: Enrolment, cast: Cast, fault: str, more: dict[str, Any]
) -> None:
    with pytest.raises(NotNow, match=fault):
        state(road, cast, "1", **more)


@pytest.mark.requirement("FM-44", "FM-48")
def test_the_page_shows_the_line_and_proposes_what_a_person_decides(
    cast: Cast, sign_in: Callable[..., Any], queries: Callable[[], Any]
) -> None:
    own = cast.person("own")
    asta = sign_in(cast["asta"])
    month = last_month(cast.on)
    at = reverse("enter_hours", args=[own.person])
    sent = {
        "hours": "30,0", "month": f"{month:%Y-%m}", "employer": "other", "other": FARM,
        "kind": "ordinary", "source": "employer",
    }  # fmt: skip
    assert asta.post(at, sent | {"hours": "1,001"}).status_code == 200, "kept, and one sentence"
    assert asta.post(at, sent).status_code == 302
    with queries() as made:
        page = asta.get(reverse("month_hours", args=[own.person]))
    assert made.count <= 12
    assert page.context["reached"] == [], "no step of this programme ends with hours"
    assert FARM in text_of(page)
    paper = asta.get(reverse("hours_statement", args=[own.person]))
    assert paper.content.startswith(b"%PDF")
    assert "30" in text_of(sign_in(cast["olle"]).get(reverse("my_hours")))


@pytest.mark.requirement("FM-48", "INV-12")
def test_thirty_hours_are_proposed_where_a_step_ends_with_them(
    cast: Cast, sign_in: Callable[..., Any]
) -> None:
    one, inge = cast.person("abroad"), sign_in(cast["inge"])
    sent = {
        "hours": "29,75", "month": f"{last_month(cast.on):%Y-%m}", "employer": "other",
        "other": FARM, "kind": "ordinary", "source": "employer",
    }  # fmt: skip
    at, shown = (reverse(name, args=[one.person]) for name in ("enter_hours", "month_hours"))
    assert inge.post(at, sent).status_code == 302
    assert inge.get(shown).context["reached"] == []
    more = {"hours": "0,25", "other": "Bageriet"}
    assert inge.post(at, sent | more).status_code == 302
    page = inge.get(shown)
    assert len(page.context["reached"]) == 1
    assert reverse("leave", args=[one.person]) in page.content.decode()


def test_what_stands_there_is_shown_and_corrected_by_a_second_press(
    cast: Cast, sign_in: Callable[..., Any]
) -> None:
    own, asta = cast.person("own"), sign_in(cast["asta"])
    at = reverse("enter_hours", args=[own.person])
    sent = {
        "hours": "20", "month": f"{last_month(cast.on):%Y-%m}", "employer": "other", "other": FARM,
        "kind": "ordinary", "source": "employer",
    }  # fmt: skip
    assert asta.post(at, sent).status_code == 302
    page = asta.post(at, sent | {"hours": "22,5"})
    assert page.status_code == 200
    assert 'value="22,5"' in page.content.decode(), "what was typed is kept"
    stands = page.context["stands"]["pk"]
    assert asta.post(at, sent | {"hours": "22,5", "instead": str(stands)}).status_code == 302


def test_a_programme_that_asks_for_no_number_names_none(
    cast: Cast, road: Enrolment, sign_in: Callable[..., Any]
) -> None:
    """Seen on the page: “at least 0.01 a month”, which nobody asks for."""
    state(road, cast, "4")
    page = sign_in(cast["asta"]).get(reverse("month_hours", args=[road.person_id])).text
    assert "0,01" not in page
    assert "d-limit" not in page
    assert "Varje timme med lön" in page
