"""One's own week in one's own calendar: by a secret address, without a name, ended by oneself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from stegvis.core.values.periods import Week
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.people.actions import protect
from stegvis.journey.week import actions
from stegvis.journey.week.actions import NewSlot
from stegvis.journey.week.models import Feed
from stegvis.journey.work.actions import DayHours, NewHours, set_hours
from stegvis.journey.workplaces.models import WorkArea, Workplace
from stegvis.platform.access.models import Shield
from tests.cast.people import Cast

pytestmark = pytest.mark.django_db
Work = Callable[..., Any]


def planned(cast: Cast, at_work: Work, as_job: Work) -> None:
    ekdala = cast.ekdala
    with as_job(ekdala.tenant):
        place = Workplace(tenant_id=ekdala.tenant, unit_id=ekdala.units[0], name="Huset; norr")
        place.save(force_insert=True)
        area = WorkArea(tenant_id=ekdala.tenant, workplace=place, code="kok", name="Köket, inne")
        area.save(force_insert=True)
    monday = Week.of(cast.on).plus(1).monday
    with at_work(cast["asta"]):
        row = Enrolment.enrolments.get(pk=cast.person("own").enrolment)
        actions.plan(row, [NewSlot(monday, "am", area.pk)], by=cast["asta"].actor)


def published(cast: Cast, at_work: Work) -> None:
    with at_work(cast["asta"]):
        monday = Week.of(cast.on).plus(1).monday
        actions.publish(cast.ekdala.units[0], monday, by=cast["asta"].actor)


def address(home: Any) -> str:
    found = home.get(reverse("my_calendar")).context["address"]
    return urlsplit(found).path if found else ""


def test_the_week_that_is_shown_is_in_the_calendar_without_a_name(
    cast: Cast, sign_in: Work, at_work: Work, as_job: Work, visitor: Any
) -> None:
    home = sign_in(cast["olle"])
    planned(cast, at_work, as_job)
    assert address(home) == ""
    home.post(reverse("my_calendar"), {"do": "make"})
    found = visitor.get(address(home))
    assert found["Content-Type"].startswith("text/calendar")
    assert "VEVENT" not in found.text, "a week that is not shown is not there"
    published(cast, at_work)
    text = visitor.get(address(home)).text
    assert "SUMMARY:Köket\\, inne\r\nLOCATION:Huset\\; norr\r\n" in text
    own = cast.person("own")
    for secret in (own.given, own.family, str(own.person), str(own.enrolment)):
        assert secret not in text


def test_an_address_that_was_ended_or_followed_by_another_leads_nowhere(
    cast: Cast, sign_in: Work, visitor: Any
) -> None:
    home = sign_in(cast["olle"])
    home.post(reverse("my_calendar"), {"do": "make"})
    first = address(home)
    home.post(reverse("my_calendar"), {"do": "make"})
    second = address(home)
    assert first != second
    assert visitor.get(first).status_code == 404
    assert visitor.get(second).status_code == 200
    home.post(reverse("my_calendar"), {"do": "end"})
    assert visitor.get(second).status_code == 404
    for wrong in ("x", "A" * 54, first.split("/")[-1][:30]):
        assert visitor.get(reverse("week_feed", args=[wrong.replace(".", "")])).status_code == 404


def test_whoever_becomes_protected_has_no_address_any_more(
    cast: Cast, sign_in: Work, as_job: Work, visitor: Any
) -> None:
    home = sign_in(cast["olle"])
    home.post(reverse("my_calendar"), {"do": "make"})
    there = address(home)
    with as_job(cast.ekdala.tenant):
        protect(cast.person("own").person, Shield.Grade.MARKED, on=cast.on, source="test")
    assert visitor.get(there).status_code == 404
    assert address(home) == ""
    home.post(reverse("my_calendar"), {"do": "make"})
    with as_job(cast.ekdala.tenant):
        assert Feed.feeds.filter(until__isnull=True).count() <= 1
    assert visitor.get(there).status_code == 404


def test_nothing_that_opens_the_week_is_kept(cast: Cast, sign_in: Work, as_job: Work) -> None:
    home = sign_in(cast["olle"])
    home.post(reverse("my_calendar"), {"do": "make"})
    secret = address(home).split("/")[-1].removesuffix(".ics")[22:]
    with as_job(cast.ekdala.tenant):
        row = Feed.feeds.get(until__isnull=True)
    assert secret not in {str(value) for value in vars(row).values()}


def test_a_half_day_is_as_long_as_the_hours_agreed(
    cast: Cast, sign_in: Work, at_work: Work, as_job: Work, visitor: Any
) -> None:
    planned(cast, at_work, as_job)
    published(cast, at_work)
    monday = Week.of(cast.on).plus(1).monday
    with at_work(cast["asta"]):
        row = Enrolment.enrolments.get(pk=cast.person("own").enrolment)
        hours = (DayHours(1, dt.time(9, 30), dt.time(11, 30)),)
        set_hours(row, NewHours(monday, hours), by=cast["asta"].actor)
    home = sign_in(cast["olle"])
    home.post(reverse("my_calendar"), {"do": "make"})
    zone = ZoneInfo("Europe/Stockholm")
    for name, at in (("DTSTART", dt.time(9, 30)), ("DTEND", dt.time(11, 30))):
        moment = dt.datetime.combine(monday, at, zone).astimezone(dt.UTC)
        assert f"{name}:{moment:%Y%m%dT%H%M%SZ}" in visitor.get(address(home)).text
