"""What was seen in work, or said of oneself, is true of its day. It fades, and goes stale (KN-71).

Two numbers, both ours: after STALE_MONTHS (or what the programme says) it no longer counts as
evidence nor in proposals; before that its mark pales by half every HALF_LIFE_DAYS, for the eye.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from stegvis.core.programme.model import Programme
from stegvis.core.progression.facts import Fact
from stegvis.core.values.periods import add_months

STALE_MONTHS = 6
HALF_LIFE_DAYS = 90
PERISHABLE = frozenset({"observation", "self_rating"})
PALEST = 3  # half-lives after which a mark looks no paler


def is_stale(seen: date, on: date, months: int = STALE_MONTHS) -> bool:
    """Whether what was seen on `seen` is too old on `on`: more than `months` calendar months."""
    return add_months(seen, months) < on


def strength(seen: date, on: date, half_life: int = HALF_LIFE_DAYS) -> float:
    """How strongly a mark is drawn: 1 on its day, 0.5 after `half_life` days, never 0."""
    return float(0.5 ** (max(0, (on - seen).days) / half_life))


def paleness(seen: date, on: date, half_life: int = HALF_LIFE_DAYS) -> int:
    """The same in whole steps for a style sheet: 0, then one more per half-life, at most PALEST."""
    return min(PALEST, max(0, (on - seen).days) // half_life)


def months(programme: Programme) -> int:
    """After how many months the programme counts an observation as old."""
    return int(_number(programme, "stale_months") or STALE_MONTHS)


def is_ours(programme: Programme) -> bool:
    """Whether that number is a default of ours, which the municipality may change."""
    setting = programme.settings.get("stale_months")
    return setting is None or setting.ours


def _number(programme: Programme, key: str) -> float | None:
    setting = programme.settings.get(key)
    value = setting.value if setting else None
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def counting(programme: Programme, facts: list[Fact], criterion: str, on: date) -> Iterator[Fact]:
    """Those of the facts that may count for the criterion: not stale, and of an ability that says
    something about it."""
    after = months(programme)
    for fact in facts:
        if fact.kind in PERISHABLE and is_stale(fact.on, on, after):
            continue
        if fact.kind != "observation" or criterion in speaks_of(programme, fact, criterion):
            yield fact


def speaks_of(programme: Programme, fact: Fact, criterion: str) -> tuple[str, ...]:
    """The criteria an observation says something about. An ability that names none may speak of
    any: then who judges decides whether it does."""
    own = fact.values.get("criteria")
    if own is not None:
        return tuple(own)
    return criteria_of(programme, fact.values.get("ability", "")) or (criterion,)


def criteria_of(programme: Programme, ability: str) -> tuple[str, ...]:
    """The criteria a programme ties to one of its abilities."""
    vocabulary = programme.vocabularies.get("abilities")
    for term in vocabulary.terms if vocabulary else ():
        if term.code == ability:
            named = term.values.get("criteria", ())
            return tuple(named) if isinstance(named, list | tuple) else ()
    return ()
