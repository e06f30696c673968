"""A long question, put into words once and asked by many.

Putting a question to a dozen tables together from the models costs the web process ten times what
asking it does, and the words are the same for everybody of the same roles on the same day: only the
member, the units and the moment are others. So it is worded for a stand-in, who is nobody, and
asked with whoever asks in the stand-in's place. The answer is the database's, each time.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from stegvis.platform.access.decision import Actor

NOBODY = uuid.UUID("57e97150-0000-4000-8000-000000000000")
NEVER = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
KEYS = [uuid.UUID("57e97151-0000-4000-8000-000000000000")]
"""Stands for the keys of rows that are asked about, in a question that names them: one value."""
KEPT = 256  # wordings: one of each municipality, set of roles and day


class NotWordableError(AssertionError):
    """The words hold more of the stand-in than can be put right, or depend on stored rows."""


@dataclass(frozen=True, slots=True)
class Worded:
    """`ask` puts the question together: for an actor, on a day, at a moment. It may ask nothing of
    the database meanwhile. The rows come as tuples, as the driver gives them."""

    ask: Callable[[Actor, dt.date, dt.datetime], QuerySet[Any, Any]]

    def rows(
        self,
        actor: Actor,
        *,
        on: dt.date,
        at: dt.datetime | None = None,
        keys: Sequence[uuid.UUID] = (),
    ) -> list[tuple[Any, ...]]:
        asked = self.words(actor, on=on, at=at, keys=keys)
        if asked is None:
            return []
        with connection.cursor() as cursor:
            cursor.execute(*asked)
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found

    def words(
        self,
        actor: Actor,
        *,
        on: dt.date,
        at: dt.datetime | None = None,
        keys: Sequence[uuid.UUID] = (),
    ) -> tuple[str, list[Any]] | None:
        """Text and values; None for a question to which nobody of these roles has an answer."""
        nobody, places = _stand_in(actor)
        words = _words(self.ask, nobody, on, timezone.get_current_timezone_name())
        if words is None:
            return None
        text, values = words
        return text, [list(keys) if one == KEYS else _put(one, places, at) for one in values]


def one_of(column: str) -> RawSQL:
    """The filter "is one of KEYS", for a column of the code's own."""
    return RawSQL(f"{column} = any(%s)", [KEYS], output_field=BooleanField())  # noqa: S611


def _stand_in(actor: Actor) -> tuple[Actor, Mapping[uuid.UUID, uuid.UUID]]:
    """Nobody, with the same roles in as many units; and who is meant by each key of nobody's."""
    units = dict.fromkeys(one.unit for one in actor.holdings if one.unit)
    instead = {unit: uuid.UUID(int=NOBODY.int + n) for n, unit in enumerate(units, 1)}
    holdings = tuple(
        replace(one, unit=instead[one.unit]) if one.unit else one for one in actor.holdings
    )
    places = {key: unit for unit, key in instead.items()} | {NOBODY: actor.member}
    return Actor(actor.tenant, NOBODY, holdings), places


@lru_cache(maxsize=KEPT)
def _words(
    ask: Callable[[Actor, dt.date, dt.datetime], QuerySet[Any, Any]],
    nobody: Actor,
    on: dt.date,
    _zone: str,
) -> tuple[str, tuple[Any, ...]] | None:
    with connection.execute_wrapper(_refuse):
        try:
            text, values = ask(nobody, on, NEVER).query.sql_with_params()
        except EmptyResultSet:
            return None
    keys = [NOBODY, *(one.unit for one in nobody.holdings if one.unit)]
    others = {key: uuid.UUID(int=n) for n, key in enumerate(keys)}
    left = [text, *(str(_put(value, others, timezone.now())) for value in values)]
    if any(str(key) in one or key.hex in one for key in keys for one in left):
        raise NotWordableError("a key of the stand-in stands where it cannot be changed")
    return text, tuple(values)


def _refuse(*_args: Any, **_named: Any) -> Any:
    raise NotWordableError("the words depend on stored rows")


def _put(value: Any, places: Mapping[uuid.UUID, uuid.UUID], at: dt.datetime | None) -> Any:
    if isinstance(value, uuid.UUID):
        return places.get(value, value)
    if isinstance(value, dt.datetime):
        if at is None:
            raise NotWordableError("it is asked at a moment, and none was given")
        return at + (value - NEVER)
    if isinstance(value, list | tuple):
        return type(value)(_put(one, places, at) for one in value)
    return value
