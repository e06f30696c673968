"""Vera, a supervisor, with a group: "own" and as many more as a test asks for."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from stegvis.journey.attendance.facts import Expected
from stegvis.journey.intake import actions as intake
from stegvis.journey.intake.models import Assignment, Enrolment
from stegvis.journey.people.actions import NewPerson, register
from stegvis.journey.programmes.models import ProgrammeVersion
from tests.cast.building import as_service
from tests.cast.people import Cast

WORKDAY = dt.timedelta(days=1)


@pytest.fixture
def day(cast: Cast) -> dt.date:
    """The latest ordinary weekday."""
    found = cast.on
    while found.isoweekday() > 5:
        found -= WORKDAY
    return found


def join(cast: Cast, n: int, *, turn: int = 0) -> list[Enrolment]:
    """People of Vera's, beside "own"."""
    town, made = cast.ekdala, []
    with as_service(town.tenant):
        for one in range(turn, turn + n):
            new = NewPerson(f"Nya{one}", "Testsson")
            person = register(new, country="SE", on=cast.on).pk
            asked = intake.NewReferral(
                person=person, unit=town.units[0], referrer_kind="AF",
                received_on=cast.on - dt.timedelta(days=90), need="arbete",
                orders=(intake.Order(verb="train", what="hålla tider", why="vana"),),
            )  # fmt: skip
            referral = intake.receive_referral(asked)
            intake.accept(referral, by=None, on=cast.on - dt.timedelta(days=80))
            opened = intake.NewEnrolment(
                programme=ProgrammeVersion.versions.get(pk=town.version),
                since=cast.on - dt.timedelta(days=70),
                agency="AF",
            )
            row = intake.enrol(referral, opened, by=None)
            intake.assign(
                row, by=None, member=cast["vera"].member, part=Assignment.Part.WORK_SUPERVISOR,
                since=cast.on - dt.timedelta(days=60),
            )  # fmt: skip
            made.append(row)
    return made


@pytest.fixture
def own(cast: Cast) -> Any:
    with as_service(cast.ekdala.tenant):
        rows = Enrolment.enrolments.open().select_related("person")
        return rows.get(person=cast.person("own").person)


FULL = Expected(dt.time(7), dt.time(15), 420)


def touch(slot: str, code: str, turn: int = 1, **more: Any) -> dict[str, Any]:
    return {"slot": slot, "code": code, "turn": turn, "key": str(uuid.uuid4()), "ago": 0} | more


Send = Callable[..., Any]


def sent(marks: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {"marks": json.dumps(marks), "device": "one"} | more
