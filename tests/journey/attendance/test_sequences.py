"""Two tablets with a network that comes and goes: nothing said is lost, nothing counts twice."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from stegvis.journey.attendance.actions import Mark, mark
from stegvis.journey.attendance.models import Attendance, Statement
from tests.cast.building import as_service
from tests.cast.people import Cast
from tests.journey.attendance.conftest import join

pytestmark = pytest.mark.django_db

CODES = ("present", "late", "sick", "absent", "unknown")
TOUCHES = 12


@dataclass
class Tablet:
    """What it has said, and what of that has not been answered yet."""

    name: str
    said: list[Mark] = field(default_factory=list)
    waiting: list[Mark] = field(default_factory=list)

    def touch(self, chance: random.Random, people: list[Any], at: dt.datetime) -> None:
        one = Mark(
            chance.choice(people), chance.choice(CODES), at,
            key=uuid.UUID(int=chance.getrandbits(128), version=4),
            device=self.name, turn=len(self.said) + 1,
        )  # fmt: skip
        self.said.append(one)
        self.waiting.append(one)

    def send(self, chance: random.Random, day: dt.date, *, lost: bool) -> None:
        """Some of what waits, in any order; where the answer is `lost` it goes on waiting."""
        some = chance.sample(self.waiting, chance.randint(1, len(self.waiting)))
        mark(some, day, {}, by=None)
        if not lost:
            self.waiting = [one for one in self.waiting if one not in some]


def _holds(tablets: list[Tablet], person: uuid.UUID) -> str | None:
    """By hand: of each tablet its last word, and of these the latest."""
    last = [
        [one for one in tablet.said if one.enrolment.person_id == person][-1:] for tablet in tablets
    ]
    words = [one for found in last for one in found]
    return max(words, key=lambda one: one.at).status if words else None


def _walk(seed: int, people: list[Any], day: dt.date) -> None:
    chance = random.Random(seed)  # noqa: S311 no secret hangs on it
    tablets = [Tablet("one"), Tablet("two")]
    now = timezone.now().replace(microsecond=0)
    for turn in range(TOUCHES):
        chance.choice(tablets).touch(chance, people, now + dt.timedelta(seconds=turn))
        for tablet in tablets:
            if tablet.waiting and chance.random() < 0.3:
                tablet.send(chance, day, lost=chance.random() < 0.5)
    for tablet in chance.sample(tablets, 2):
        while tablet.waiting:
            tablet.send(chance, day, lost=chance.random() < 0.3)
        mark([replace(one) for one in tablet.said], day, {}, by=None)  # all of it once more
    stored = Statement.objects.filter(on=day, person__in=[one.person_id for one in people])
    assert stored.count() == TOUCHES, seed
    rows = Attendance.attendances.filter(on=day, person__in=[one.person_id for one in people])
    held = {row.person_id: row.status for row in rows}
    wanted = {one.person_id: _holds(tablets, one.person_id) for one in people}
    assert held == {person: status for person, status in wanted.items() if status}, seed


def _walks(cast: Cast, day: dt.date, number: int) -> None:
    people = join(cast, 3)
    with as_service(cast.ekdala.tenant):
        for seed in range(number):
            with transaction.atomic():
                _walk(seed, people, day)
                transaction.set_rollback(True)


@pytest.mark.requirement("KN-43")
def test_a_few_walks_of_two_tablets_end_as_they_were_said(cast: Cast, day: dt.date) -> None:
    _walks(cast, day, 10)


@pytest.mark.night
@pytest.mark.requirement("KN-43")
def test_a_thousand_walks_of_two_tablets_end_as_they_were_said(cast: Cast, day: dt.date) -> None:
    _walks(cast, day, 1000)
