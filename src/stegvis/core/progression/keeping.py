"""Judgements kept for a while, so that a list opened twice judges nobody twice.

A judgement is a function of the model, the facts, the day and the days off. It is kept under a mark
of all four and found by no other: what has changed since is judged anew, so nothing is ever stale.
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, override

from stegvis.core.progression.days_off import DaysOff
from stegvis.core.progression.facts import Fact
from stegvis.core.progression.judgement import Judgement


@dataclass(frozen=True, slots=True)
class Mark:
    """All that a judgement depends on. `facts`: a digest of them; `version`: whose text never
    changes. A version the enrolment went over from is known by the facts."""

    facts: bytes
    version: Hashable
    on: date
    off: DaysOff


def mark(facts: str, *, version: Hashable, on: date, off: DaysOff) -> Mark:
    return Mark(hashlib.sha256(facts.encode()).digest(), version, on, off)


class LetGoError(LookupError):
    """A kept judgement was asked for facts it has let go of."""


class _Only(dict[str, tuple[Fact, ...]]):
    """The facts of some kinds. Whoever asks for another is told, and is not given "none"."""

    def __init__(self, facts: dict[str, tuple[Fact, ...]], kinds: frozenset[str]) -> None:
        super().__init__(facts)
        self._kinds = kinds

    @override
    def get(self, key: str, default: Any = None) -> Any:
        if key not in self._kinds:
            raise LetGoError(key)
        return super().get(key, default)


def light(judged: Judgement, kinds: frozenset[str]) -> Judgement:
    """The same to keep: standing, moves and dues worked out, and of the facts, most of which are
    days of attendance, only these kinds."""
    some = {kind: facts for kind, facts in judged.road.kinds.items() if kind in kinds}
    facts = tuple(fact for fact in judged.road.facts if fact.kind in kinds)
    road = replace(judged.road, facts=facts, kinds=_Only(some, kinds))
    kept = replace(judged, road=road)
    for part in ("standing", "lacking", "open_moves", "due"):
        vars(kept)[part] = getattr(judged, part)
    return kept


class Kept:
    """At most so many judgements, of one day. Those not asked for the longest go first, and with
    the first of another day all of the day before. Threads may share it: every step is one of the
    dictionary's own, and at worst somebody is judged twice."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._on = date.min
        self._rows: dict[Hashable, tuple[Mark, Judgement]] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def find(self, key: Hashable, under: Mark) -> Judgement | None:
        row = self._rows.pop(key, None)
        if row is None or row[0] != under:
            return None
        self._rows[key] = row
        return row[1]

    def keep(self, key: Hashable, under: Mark, judged: Judgement) -> None:
        if under.on != self._on:
            self._rows, self._on = {}, under.on
        rows = self._rows
        rows.pop(key, None)
        rows[key] = (under, judged)
        if len(rows) > self._most:
            for old in list(rows)[: 1 + self._most // 10]:
                rows.pop(old, None)
