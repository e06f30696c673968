"""What a waiver must say before it is one, and that nobody changes it afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from stegvis.journey.waivers import actions
from stegvis.journey.waivers.actions import CannotBe
from stegvis.journey.waivers.models import Category, Waiver
from stegvis.platform.access.authority import Hidden
from tests.cast.people import Cast
from tests.journey.waivers.made import new

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("AJ-41")]
Work = Callable[..., Any]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"counterpart_name": "*"}, "nobody_named"),
        ({"counterpart_name": " Alla "}, "nobody_named"),
        ({"categories": ()}, "category_missing"),
        ({"categories": tuple(Category.values)}, "all_categories"),
        ({"valid_to": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)}, "ends_before_it_begins"),
        ({"valid_to": dt.timedelta(days=400)}, "longer_than_a_year"),
    ],
)
def test_neither_the_verb_nor_the_database_takes_what_is_no_waiver(
    cast: Cast, at_work: Work, changed: dict[str, Any], code: str
) -> None:
    now, asta, own = timezone.now(), cast["asta"], cast.person("own")
    changed = {k: now + v if isinstance(v, dt.timedelta) else v for k, v in changed.items()}
    wrong = replace(new(now), **changed)
    with at_work(asta):
        with pytest.raises(CannotBe, match=code):
            actions.give(own.person, wrong, by=asta.actor)
        row = actions.give(own.person, new(now), by=asta.actor)
        fields = {f.attname: getattr(row, f.attname) for f in Waiver._meta.local_fields}
        left = {k: v for k, v in fields.items() if k not in ("id", "submission")}
        forced = Waiver(**(left | changed))
        with pytest.raises(DatabaseError, match="waiver_"), transaction.atomic():
            forced.save(force_insert=True)


@pytest.mark.parametrize(
    "changed",
    [
        {"valid_to": dt.datetime(2027, 1, 1, tzinfo=dt.UTC)},
        {"categories": ["health"]},
        {"counterpart_name": "Någon annan"},
        {"purpose": "benefit"},
    ],
)
def test_the_database_lets_nobody_change_what_was_agreed(
    cast: Cast, at_work: Work, changed: dict[str, Any]
) -> None:
    asta, own = cast["asta"], cast.person("own")
    with at_work(asta):
        row = actions.give(own.person, new(timezone.now()), by=asta.actor)
        with pytest.raises(DatabaseError), transaction.atomic():
            Waiver.waivers.filter(pk=row.pk).update(**changed)
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("delete from waivers_waiver where id = %s", [row.pk])


def test_a_withdrawal_is_for_good(cast: Cast, at_work: Work) -> None:
    asta, own = cast["asta"], cast.person("own")
    with at_work(asta):
        row = actions.give(own.person, new(timezone.now()), by=asta.actor)
        again = Waiver.waivers.get(pk=row.pk)
        actions.withdraw(row, by=asta.actor)
        with pytest.raises(CannotBe, match="withdrawn_before"):
            actions.withdraw(again, by=asta.actor)
        with pytest.raises(DatabaseError), transaction.atomic():
            Waiver.waivers.filter(pk=row.pk).update(withdrawn_at=None)


def test_the_person_withdraws_what_staff_wrote_down(cast: Cast, at_work: Work) -> None:
    asta, olle, own = cast["asta"], cast["olle"], cast.person("own")
    with at_work(asta):
        row = actions.give(own.person, new(timezone.now()), by=asta.actor)
    with at_work(olle):
        actions.withdraw(Waiver.waivers.get(pk=row.pk), by=olle.actor)
        assert Waiver.waivers.get(pk=row.pk).withdrawn_by_id == olle.member


@pytest.mark.parametrize("who", ["aron", "birger", "vera", "jonna", "mona", "loke"])
def test_nobody_else_writes_one_down(cast: Cast, at_work: Work, who: str) -> None:
    with at_work(cast[who]), pytest.raises(Hidden):
        actions.give(cast.person("own").person, new(timezone.now()), by=cast[who].actor)
