"""Hours a company has confirmed on its page: taken over in one press, once, never over a slip."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.core.values import paid
from stegvis.core.values.paid import Kind, Source
from stegvis.journey.agreements import actions as agreements
from stegvis.journey.agreements.models import EmployerHours
from stegvis.journey.hours import actions
from stegvis.journey.hours.facts import last_month, ledger, proposals
from stegvis.journey.hours.models import HoursEntry
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.placements.models import Placement
from stegvis.platform.access.authority import Hidden
from tests.cast.people import Cast
from tests.portals.caseworker.reading import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("static_files")]
Work = Callable[..., Any]


@pytest.fixture
def month(cast: Cast) -> dt.date:
    return last_month(cast.on)


@pytest.fixture
def say(cast: Cast, given: Any, month: dt.date, as_job: Work) -> Callable[..., EmployerHours]:
    """The company says so many hours of the month."""

    def said(hours: str, kind: str = "ordinary") -> EmployerHours:
        with as_job(cast.birkeso.tenant):
            (row,) = agreements.confirm_hours(
                given.link, f"{month:%Y-%m}", {kind: {"w": round(float(hours) * 60)}},
                as_agreed=True, submission=uuid.uuid4(),
            )  # fmt: skip
        return row

    return said


@pytest.fixture
def paid_slip(cast: Cast, placement: Placement, month: dt.date, at_work: Work) -> Placement:
    """A slip of pay says 23 hours."""
    with at_work(cast["mads"]):
        at, hours = placement.site.company.name, paid.parts("23")
        slip = actions.NewHours(month, at, hours, source=Source.PAY_SLIP)
        actions.state_hours(placement.enrolment, slip, by=cast["mads"].actor)
    return placement


def take(cast: Cast, placement: Placement, *shown: EmployerHours) -> int:
    keys = [row.pk for row in shown]
    return actions.take_over(placement.enrolment, keys, by=cast["mads"].actor)


@pytest.mark.requirement("FM-44", "X-05")
def test_it_is_written_once_and_a_correction_stands_in_its_place(
    cast: Cast, placement: Placement, month: dt.date, say: Callable[..., Any], at_work: Work
) -> None:
    first = say("24")
    with at_work(cast["mads"]):
        assert take(cast, placement, first) == 1
        assert take(cast, placement, first) == 0, "the second press, or a colleague's"
        row = HoursEntry.entries.get(enrolment=placement.enrolment, said__isnull=False)
        assert (row.amount, row.source, row.said_id) == (24 * paid.PARTS, "employer", first.pk)
        assert row.company_id == placement.site.company_id
    second = say("25.5")
    with at_work(cast["mads"]):
        with pytest.raises(NotNow, match="said_anew"):
            take(cast, placement, first)
        assert take(cast, placement, second) == 1
        found = ledger(placement.enrolment_id)
        assert [one.amount // paid.PARTS for one in found.rows if one.said_id] == [24, 25]
        assert found.of(month, Kind.ORDINARY) == paid.parts("25.5")
        assert not any(one.waits for one in proposals(placement.enrolment_id, found))


def test_a_figure_written_by_hand_since_is_left_alone(
    cast: Cast, placement: Placement, month: dt.date, say: Callable[..., Any], at_work: Work
) -> None:
    said = say("24")
    with at_work(cast["mads"]):
        new = actions.NewHours(month, placement.site.company.name, paid.parts("20"))
        actions.state_hours(placement.enrolment, new, by=cast["mads"].actor)
        assert take(cast, placement, said) == 0
        assert ledger(placement.enrolment_id).of(month, Kind.ORDINARY) == paid.parts("20")


def test_only_who_works_with_the_person_takes_over(
    cast: Cast, placement: Placement, say: Callable[..., Any], at_work: Work
) -> None:
    said = say("24")
    with at_work(cast["mette"]), pytest.raises(Hidden):
        actions.take_over(placement.enrolment, [said.pk], by=cast["mette"].actor)


@pytest.mark.requirement("FM-44")
def test_one_press_on_the_tab_and_slips_of_pay_count_beside_it(
    cast: Cast, paid_slip: Placement, say: Callable[..., Any], sign_in: Work, at_work: Work
) -> None:
    placement, said = paid_slip, say("24")
    mads = sign_in(cast["mads"])
    assert str(reverse("take_hours", args=[placement.person_id])) in (
        mads.get(reverse("my_day")).content.decode()
    ), "it waits on My day"
    tab = mads.get(reverse("month_hours", args=[placement.person_id]))
    assert str(said.pk) in tab.content.decode()
    assert tab.context["waits"][0]["slips"] == "23"
    at = reverse("take_hours", args=[placement.person_id])
    key = str(uuid.uuid4())
    for _press in range(2):
        assert mads.post(at, {"take": str(said.pk), "submission": key}).status_code == 302
    after = mads.get(reverse("month_hours", args=[placement.person_id]))
    assert after.context["waits"] == []
    with at_work(cast["mads"]):
        found = ledger(placement.enrolment_id)
        assert len([one for one in found.rows if one.said_id]) == 1
        assert found.of(last_month(cast.on), Kind.ORDINARY) == paid.parts("23"), "a slip is firmer"
    assert "24" in text_of(after), "and what the company said stands beside it"
    assert at not in mads.get(reverse("my_day")).content.decode()


def test_what_the_company_said_anew_meanwhile_is_shown_and_nothing_written(
    cast: Cast, placement: Placement, say: Callable[..., Any], sign_in: Work, at_work: Work
) -> None:
    first, _second = say("24"), say("26")
    mads = sign_in(cast["mads"])
    at = reverse("take_hours", args=[placement.person_id])
    page = mads.post(at, {"take": str(first.pk)})
    assert page.status_code == 200
    assert page.context["waits"][0]["hours"] == "26"
    assert mads.post(at, {"take": "x"}).status_code == 200
    with at_work(cast["mads"]):
        assert not HoursEntry.entries.filter(said__isnull=False).exists()
