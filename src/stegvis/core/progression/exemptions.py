"""Letting one window of a cadence pass: a fact with a reason, and the one rule that bounds it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from stegvis.core.programme.model import Cadence, Programme
from stegvis.core.progression.facts import Fact, Reason
from stegvis.core.progression.measures import View
from stegvis.core.progression.road import Road


def refusal(programme: Programme, road: Road, cadence: str, reason: str) -> Reason | None:
    """Why this window may not be let pass for this reason; None when it may.

    The same reason does not extend twice in a row: between two exemptions for it the thing must
    have happened, or there must be another reason. Otherwise a reason becomes the cadence."""
    asked = next((one for one in programme.cadences if one.code == cadence), None)
    if asked is None:
        return Reason("exemption_unknown")
    latest = max(of_cadence(road, cadence), key=lambda fact: fact.on, default=None)
    if latest is None or latest.values["reason"] != reason:
        return None
    if any(fact.on >= latest.on for fact in View(road).happened(asked.event)):
        return None
    return Reason("exemption_twice", {"what": asked.texts, "since": latest.on})


def of_cadence(road: Road, cadence: str) -> tuple[Fact, ...]:
    return tuple(fact for fact in road.of("exemption") if fact.values["cadence"] == cadence)


def passes(road: Road, cadence: Cadence, last_day: date) -> bool:
    """Whether the window that ends with this day has been let pass."""
    return any(
        fact.on <= last_day and (fact.until is None or last_day < fact.until)
        for fact in of_cadence(road, cadence.code)
    )


def counted_from(road: Road, cadence: Cadence, events: Iterable[date]) -> list[date]:
    """The last days of exemptions since which nothing has happened: the next time is counted from
    there. Once it happens, it is counted from that."""
    latest = max(events, default=None)
    return [
        date.fromordinal(fact.until.toordinal() - 1)
        for fact in of_cadence(road, cadence.code)
        if fact.until is not None and (latest is None or latest < fact.on)
    ]
