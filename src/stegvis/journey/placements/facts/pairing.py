"""A person and openings as the core's matching reads them: what is known of each requirement, the
own goal, hours. There is no more of a person in it: no name, no sex, no age, no origin, and of the
body nothing but a limit agreed with them, as the level it allows (INV-28, N-09)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from decimal import Decimal

from stegvis.core.matching import pairs
from stegvis.core.matching.pairs import Need, Person, Place
from stegvis.journey.placements.facts.answers import Answer, OpeningFit

WEEK = 168.0  # hours
HERE = (0, 0)  # where a site lies is not known as a point, so no distance is counted


def place_of(one: OpeningFit, room: int = 1) -> Place:
    """Needs are the opening's own, since what is done about one holds there alone."""
    row = one.opening
    low = float(row.hours_from) if row.hours_from is not None else 0.0
    high = float(row.hours_to) if row.hours_to is not None else WEEK
    asks = [
        Need(_at(row.pk, each), each.asks, each.hard, each.weight, each.why) for each in one.answers
    ]
    return Place(str(row.pk), row.area, room, (low, high), HERE, tuple(asks))


def person_of(
    key: uuid.UUID,
    fits: Mapping[uuid.UUID, OpeningFit],
    *,
    hours: Decimal | None = None,
    never: frozenset[uuid.UUID] = frozenset(),
) -> Person:
    """`hours`: how many a week they could do now; none said: no opening is too long. `never`: where
    they are not to be proposed."""
    marks = {
        _at(opening, each): mark
        for opening, one in fits.items()
        for each in one.answers
        if (mark := _mark(each)) is not None
    }
    return Person(
        id=str(key),
        hours=(0.0, float(hours) if hours is not None else WEEK),
        xy=HERE,
        max_km=0,
        goal=None,
        wishes=frozenset(),
        declined=frozenset(str(one) for one in never),
        abilities=marks,
        wants=frozenset(str(opening) for opening, one in fits.items() if one.wanted),
    )


def _at(opening: uuid.UUID, answer: Answer) -> str:
    return f"{opening}:{answer.function}"


def _mark(answer: Answer) -> pairs.Mark | None:
    """The level that the answer comes to. What is adapted is as good as asked; a limit agreed with
    the person stands before what was seen."""
    known = answer.seen or answer.said
    if answer.state == "unknown" or (known is None and answer.state == "trained"):
        return None
    level = known.level if known else 0
    if answer.state in {"met", "adapted"}:
        level = max(level, answer.asks)
    elif answer.at_most is not None:
        level = min(level, answer.at_most)
    if answer.lacks:
        level = min(level, max(0, answer.asks - 1))
    kind = "observed" if answer.seen else "self"
    return pairs.Mark(min(level, 4), kind, known.on if known else dt.date.min)
