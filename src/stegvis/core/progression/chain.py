"""Whether a road hangs together: referral, plan, work, follow-up, report (KN-10).

A link is reached the first time something of its kind happens, in whatever order; the steps are a
view and never a lock. A break is a wait for the next link that has lasted longer than `longest`
days, or, once someone is at work, so long without a follow-up. Days on a pause are not waited.
Whoever reads it decides what to do; a break moves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from stegvis.core.progression.facts import Fact
from stegvis.core.values.presence import THERE

LONGEST = 60
"""Ours: the sources ask for an unbroken chain and give no number."""

LINKS: tuple[tuple[str, frozenset[str]], ...] = (
    ("referral", frozenset({"referral", "enrolment"})),
    ("plan", frozenset({"plan_agreed"})),
    (
        "work",
        frozenset(
            {"activity", "attendance", "observation", "placement", "visit", "work_assignment"}
        ),
    ),
    ("follow_up", frozenset({"follow_up", "goal_review"})),
    ("report", frozenset({"report"})),
)
_OF = {kind: link for link, kinds in LINKS for kind in kinds}


@dataclass(frozen=True, slots=True)
class Break:
    """Since `since`, the day of `after`, nothing of `lacking` has come: `days` without the pauses.
    `after` and `lacking` are links; the same link twice means that it has not come again."""

    after: str
    lacking: str
    since: date
    days: int


def broken(facts: Iterable[Fact], on: date, *, longest: int = LONGEST) -> Break | None:
    """Where the chain is broken on `on`; None for one that holds, or whose person has left."""
    known = sorted((fact for fact in facts if fact.on <= on), key=lambda fact: fact.on)
    began = [fact.on for fact in known if fact.kind == "enrolment"]
    if not began or any(fact.kind == "exit" and fact.on >= began[-1] for fact in known):
        return None
    here = [fact for fact in known if fact.on >= began[-1] or fact.kind == "referral"]
    found = _first_lacking(here, on)
    if found is None or found.days <= longest:
        return None
    return found


def _was_there(fact: Fact) -> bool:
    """A day one was away, or sent home, is written down as well, and is no work."""
    return fact.kind != "attendance" or fact.values["status"] in THERE


def _first_lacking(facts: Sequence[Fact], on: date) -> Break | None:
    days: dict[str, list[date]] = {link: [] for link, _kinds in LINKS}
    for fact in facts:
        if fact.kind in _OF and _was_there(fact):
            days[_OF[fact.kind]].append(fact.on)
    reached, after = date.min, ""
    for link, _kinds in LINKS:
        if not days[link]:
            return _break(facts, after, link, reached, on) if after else None
        # What came earlier than the link before it has made nobody wait.
        reached, after = max(reached, days[link][0]), link
    last = max(days["follow_up"])
    return _break(facts, "follow_up", "follow_up", last, on)


def _break(facts: Sequence[Fact], after: str, lacking: str, since: date, on: date) -> Break:
    return Break(after, lacking, since, (on - since).days - _paused(facts, since, on))


def _paused(facts: Sequence[Fact], since: date, on: date) -> int:
    """Days of the wait on a pause; pauses do not overlap."""
    pauses = [(max(f.on, since), min(f.until or on, on)) for f in facts if f.kind == "pause"]
    return sum((until - first for first, until in pauses if until > first), timedelta()).days
