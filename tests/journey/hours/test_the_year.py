"""The first year and what comes after it: boxes, the hand-over, self-support, after-care."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import reverse

from stegvis.core.values.periods import add_months
from stegvis.journey.hours import actions
from stegvis.journey.hours.facts import contacts_due, years
from stegvis.journey.hours.models import AfterCare
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.standing.actions import tell
from stegvis.journey.standing.models import DatedFact
from stegvis.platform.access.models import Kind, Relation
from stegvis.platform.tenancy.keys import uuid7
from tests.cast.people import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def road(cast: Cast, as_job: Callable[..., Any]) -> Iterator[Enrolment]:
    with as_job(cast.ekdala.tenant):
        yield Enrolment.enrolments.get(pk=cast.person("own").enrolment)


@pytest.mark.requirement("FM-48")
def test_self_support_is_told_once_and_can_be_struck(road: Enrolment, cast: Cast) -> None:
    row = actions.say_self_support(road, "job", by=None, since=cast.on)
    with pytest.raises(NotNow, match="self_support_before"):
        actions.say_self_support(road, "job", by=None, since=cast.on)
    fact = DatedFact.objects.get(source=row.pk)
    assert (fact.kind, fact.values, fact.struck) == ("self_support", {"through": "job"}, False)
    actions.strike_self_support(row, by=None)
    fact.refresh_from_db()
    assert fact.struck


def test_nothing_is_handed_over_before_the_year_is_over(road: Enrolment, cast: Cast) -> None:
    with pytest.raises(NotNow, match="no_year_over"):
        actions.hand_over(road, cast["asta"].member, by=None)


@pytest.mark.requirement("FM-37")
def test_a_year_at_a_company_is_handed_over_once_and_told(
    cast: Cast, as_job: Callable[..., Any]
) -> None:
    with as_job(cast.birkeso.tenant):
        _handed(cast)


def _handed(cast: Cast) -> None:
    road = Enrolment.enrolments.filter(until__isnull=True).order_by("id").first()
    road.since = add_months(cast.on, -14)
    road.save_if_unchanged("since")
    tell(road, "placement", source=uuid7(), on=add_months(cast.on, -12), site="external")
    (year,) = years([road], on=cast.on)
    assert year.hand_over
    mediator = cast["mads"].member
    row = actions.hand_over(road, mediator, by=None)
    fact = DatedFact.objects.get(source=row.pk)
    assert (fact.kind, fact.values) == ("event", {"what": "ordinary_contact_course"})
    with pytest.raises(NotNow, match="handed_over_before"):
        actions.hand_over(road, mediator, by=None)


@pytest.mark.requirement("FM-49")
def test_after_care_is_planned_kept_and_reaches_past_the_exit(
    cast: Cast, sign_in: Callable[..., Any], at_work: Callable[..., Any]
) -> None:
    own, asta = cast.person("own"), sign_in(cast["asta"])
    at = reverse("after_care", args=[own.person])
    until = add_months(cast.on, 6)
    sent = {"do": "plan", "until": until.isoformat(), "every": "2"}
    assert asta.post(at, sent).status_code == 200, "only where the person wants it"
    assert asta.post(at, sent | {"wanted": "on"}).status_code == 302
    with at_work(cast["asta"]):
        plan = AfterCare.objects.get(enrolment=own.enrolment)
        planned = list(plan.contacts.values_list("planned", flat=True))
        assert planned == [add_months(cast.on, n) for n in (2, 4, 6)]
        tie = Relation.relations.get(person=own.person, kind=Kind.AFTER)
        assert (tie.member_id, tie.until) == (cast["asta"].member, until + dt.timedelta(days=1))
        assert not contacts_due(cast["asta"].actor, on=cast.on).exists()
        assert contacts_due(cast["asta"].actor, on=planned[0]).count() == 1
    assert asta.post(at, {"do": "end"}).status_code == 302


def test_the_pages_of_the_year_are_short(
    cast: Cast, sign_in: Callable[..., Any], queries: Callable[[], Any]
) -> None:
    asta = sign_in(cast["asta"])
    with queries() as made:
        assert asta.get(reverse("first_year")).status_code == 200
    assert made.count <= 12
