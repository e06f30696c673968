"""Whether something may be told is asked of the moment it is told, and answered to the minute."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from stegvis.core.values.moments import closes_at, opens_at
from stegvis.journey.waivers import actions
from stegvis.journey.waivers.facts import Counterpart, covering, covers, ending_soon
from stegvis.journey.waivers.models import Waiver
from tests.cast.people import Cast
from tests.journey.waivers.made import new

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("AJ-41")]
AF = Counterpart("AF", "Arbetsförmedlingen")
MINUTE = dt.timedelta(minutes=1)
START = dt.datetime(2026, 10, 24, 22, 0, tzinfo=dt.UTC)  # the night the clock is put back
MINUTES = st.integers(0, 600)
ZONES = [ZoneInfo("Europe/Stockholm"), ZoneInfo("Europe/Copenhagen")]


def _waiver(**said: Any) -> Waiver:
    row = Waiver(
        id=uuid.uuid4(),
        counterpart_kind="AF",
        counterpart_name="Arbetsförmedlingen",
        direction="give",
        categories=["steps"],
        purpose="report",
    )
    for name, value in said.items():
        setattr(row, name, value)
    return row


@given(begins=MINUTES, lasts=st.integers(1, 600), withdrawn=st.none() | MINUTES, asked=MINUTES)
def test_it_covers_exactly_the_minutes_from_its_beginning_to_before_its_end(
    begins: int, lasts: int, withdrawn: int | None, asked: int
) -> None:
    row = _waiver(
        valid_from=START + begins * MINUTE,
        valid_to=START + (begins + lasts) * MINUTE,
        withdrawn_at=None if withdrawn is None else START + withdrawn * MINUTE,
    )
    minutes = set(range(begins, begins + lasts))
    if withdrawn is not None:
        minutes -= set(range(withdrawn, 1201))
    found = covering([row], AF, "steps", "report", at=START + asked * MINUTE)
    assert (found is row) == (asked in minutes)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("night", [dt.date(2026, 10, 25), dt.date(2027, 3, 28)])
def test_on_the_nights_when_the_clock_is_moved_it_never_covers_more_than_the_wall_says(
    night: dt.date, zone: ZoneInfo
) -> None:
    began, ended = (dt.datetime.combine(night, dt.time(hour, 30)) for hour in (1, 2))
    row = _waiver(valid_from=opens_at(began, zone), valid_to=closes_at(ended, zone))
    first = dt.datetime.combine(night, dt.time(0), zone).astimezone(dt.UTC)
    covered = [
        at
        for at in (first + m * MINUTE for m in range(300))
        if covering([row], AF, "steps", "report", at=at)
    ]
    walls = {at.astimezone(zone).replace(tzinfo=None) for at in covered}
    assert all(began <= wall < ended for wall in walls)
    assert len(covered) == (60 if night.month == 10 else 0)


@pytest.mark.parametrize(
    "asked",
    [
        {"category": "health"},
        {"purpose": "benefit"},
        {"direction": "receive"},
        {"counterpart": Counterpart("FK", "Försäkringskassan")},
        {"counterpart": Counterpart("SOC", "Arbetsförmedlingen")},
    ],
)
def test_it_covers_nothing_it_does_not_name(
    cast: Cast, at_work: Callable[..., Any], asked: dict[str, Any]
) -> None:
    asta, own, now = cast["asta"], cast.person("own"), timezone.now()
    with at_work(asta):
        row = actions.give(own.person, new(now), by=asta.actor)
        said: dict[str, Any] = {"counterpart": AF, "category": "steps", "purpose": "report"}
        assert covers(own.person, at=now, **said) == row
        assert covers(own.person, at=now, **(said | asked)) is None
        assert covers(cast.person("protected_named").person, at=now, **said) is None


def test_a_local_office_is_one_counterpart_and_its_neighbour_another(
    cast: Cast, at_work: Callable[..., Any]
) -> None:
    asta, own, now = cast["asta"], cast.person("own"), timezone.now()
    given_to = replace(new(now), counterpart_kind="SOC", counterpart_name="Vuxenenheten")
    with at_work(asta):
        actions.give(own.person, given_to, by=asta.actor)
        for name, may in (("vuxenenheten ", True), ("Ekonomiskt bistånd", False), ("", False)):
            told = Counterpart("SOC", name)
            found = covers(own.person, counterpart=told, category="steps", purpose="report", at=now)
            assert (found is not None) == may


def test_withdrawn_today_it_covers_nothing_from_now_and_did_before(
    cast: Cast, at_work: Callable[..., Any]
) -> None:
    asta, own, now = cast["asta"], cast.person("own"), timezone.now()
    said: dict[str, Any] = {"counterpart": AF, "category": "attendance", "purpose": "report"}
    with at_work(asta):
        row = actions.give(own.person, new(now), by=asta.actor)
        before = timezone.now()
        actions.withdraw(row, by=asta.actor)
        assert covers(own.person, at=timezone.now(), **said) is None
        assert covers(own.person, at=before, **said) == row


def test_a_fortnight_before_its_end_it_is_among_those_that_end_soon(
    cast: Cast, at_work: Callable[..., Any]
) -> None:
    asta, own, now = cast["asta"], cast.person("own"), timezone.now()
    with at_work(asta):
        for days in (13, 15):
            said = replace(new(now), valid_to=now + dt.timedelta(days=days))
            actions.give(own.person, said, by=asta.actor)
        soon = ending_soon(asta.actor, at=now, on=cast.on)
        assert [(row.person.pk, (row.valid_to - now).days) for row in soon] == [(own.person, 13)]
    with at_work(cast["birger"]):
        assert ending_soon(cast["birger"].actor, at=now, on=cast.on) == []
