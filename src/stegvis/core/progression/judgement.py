"""Everything there is to say about a road on a day, as advice with reasons, and as JSON.

The JSON has the form of docs/formats/judgement.schema.json: a reason is {"code", "values", "text"},
the text in one language; dates are ISO 8601, amounts plain numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from typing import Any

from stegvis.core.programme.model import Programme
from stegvis.core.progression.criteria import Condition, Judge, still_lacking
from stegvis.core.progression.days_off import ALWAYS_OPEN, DaysOff
from stegvis.core.progression.dues import Due, Earlier, due
from stegvis.core.progression.elements import Element, elements
from stegvis.core.progression.facts import Fact, Reason
from stegvis.core.progression.milestones import Reached, milestones
from stegvis.core.progression.moves import Move, open_moves
from stegvis.core.progression.road import Road, Stay, history
from stegvis.core.progression.scales import climb
from stegvis.core.progression.standing import OnLadder, Standing, standing
from stegvis.core.values.sentences import Sentence, Sentences, catalogue
from stegvis.core.values.texts import pick


@dataclass(frozen=True)
class Judgement:
    """What there is to say of a road. Each part is worked out when it is asked for, and once: a
    list asks for what is due and never for milestones, which take the longest."""

    programme: Programme
    road: Road
    off: DaysOff = ALWAYS_OPEN
    before: Earlier | None = None

    @cached_property
    def standing(self) -> Standing:
        return standing(self.programme, self.road, judge=self._judge)

    @cached_property
    def lacking(self) -> tuple[Condition, ...]:
        return still_lacking(self.standing.conditions)

    @cached_property
    def open_moves(self) -> tuple[Move, ...]:
        return open_moves(self.programme, self.road, judge=self._judge)

    @cached_property
    def due(self) -> tuple[Due, ...]:
        return due(self.programme, self.road, off=self.off, before=self.before)

    @cached_property
    def milestones(self) -> tuple[Reached, ...]:
        return milestones(self.programme, self.road, judge=self._judge)

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        return elements(self.programme, self.road, judge=self._judge)

    @cached_property
    def _judge(self) -> Judge:
        return Judge(self.programme, self.road)


def judgement(
    programme: Programme,
    facts: Iterable[Fact],
    on: date,
    *,
    off: DaysOff = ALWAYS_OPEN,
    before: Earlier | None = None,
) -> Judgement:
    """What is known and advised on `on`. It decides nothing and depends on nothing later. `off` and
    `before`: for due days; see dues.due."""
    return Judgement(programme, history(programme, facts, on), off, before)


@cache
def sentences() -> Sentences:
    return catalogue("stegvis.core.progression")


def say(reason: Reason, lang: str) -> str:
    """A reason as a sentence of `lang`."""
    return sentences().say(reason.code, reason.values, lang)


def to_json(found: Judgement, lang: str | None = None) -> dict[str, Any]:
    """The judgement as plain data, its sentences in `lang` (the programme's own by default)."""
    writer = _Writer(lang or found.programme.language)
    return {
        "programme": found.programme.key,
        "version": found.programme.version,
        "standing": writer.standing(found.standing) | {"climbs": _climbs(found)},
        "lacking": [
            {"criterion": one.criterion, "because": writer.reason(one.because)}
            for one in found.lacking
        ],
        "open_moves": [writer.move(move) for move in found.open_moves],
        "due": [writer.due(one) for one in found.due],
        "milestones": {one.code: one.on.isoformat() for one in found.milestones},
        "elements": [
            {"code": one.code, "state": one.state.value, "because": writer.reason(one.because)}
            for one in found.elements
        ],
    }


def _climbs(found: Judgement) -> dict[str, Any]:
    """First and last level of each scale that has been read."""
    scales = [ladder for ladder in found.programme.ladders if ladder.code in found.road.readings]
    climbs = {ladder.code: climb(found.road, ladder) for ladder in scales}
    return {
        code: {"from": one.first, "to": one.last, "readings": one.readings}
        for code, one in climbs.items()
        if one is not None
    }


class _Writer:
    def __init__(self, lang: str) -> None:
        self.lang = lang

    def reason(self, reason: Reason, **more: Any) -> dict[str, Any]:
        values = {name: self.plain(value) for name, value in {**reason.values, **more}.items()}
        return {"code": reason.code, "values": values, "text": say(reason, self.lang)}

    def plain(self, value: Any) -> Any:
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, Decimal):
            return int(value) if value == value.to_integral_value() else float(value)
        if isinstance(value, Mapping):
            return pick(value, self.lang)
        if isinstance(value, Sentence):
            return sentences().tell(value, self.lang)
        if isinstance(value, tuple | list):
            return [self.plain(one) for one in value]
        return value

    def move(self, move: Move) -> dict[str, Any]:
        more: dict[str, Any] = {
            "ladder": move.ladder,
            "needs_reason": move.needs_reason,
            "attempt": move.attempt,
        }
        if move.skipped:
            more["skips"] = move.skipped
        if move.proposed:
            more |= {"proposed": True, "since": move.since}
        because = self.reason(move.because, **more)
        return {"to": move.to, "kind": move.kind, "because": because}

    def due(self, one: Due) -> dict[str, Any]:
        because = self.reason(one.because, overdue=one.overdue)
        return {"what": one.what, "by": one.by and one.by.isoformat(), "because": because}

    def standing(self, stands: Standing) -> dict[str, Any]:
        return {
            "on": stands.on.isoformat(),
            "referred": self.plain(stands.referred),
            "enrolled": self.plain(stands.enrolled),
            "exited": self.plain(stands.exited),
            "paused_since": self.plain(stands.paused_since),
            "ladders": [self.ladder(one) for one in stands.ladders],
            "readings": {
                code: {"level": reading.level, "on": reading.on.isoformat()}
                for code, reading in stands.readings.items()
            },
            "categories": {
                code: {"code": filed.code, "on": filed.on.isoformat()}
                for code, filed in stands.categories.items()
            },
            "criteria": [self.condition(one) for one in stands.conditions],
            "notices": [self.reason(one) for one in stands.notices],
        }

    def ladder(self, one: OnLadder) -> dict[str, Any]:
        return {
            "ladder": one.ladder,
            "kind": one.kind.value,
            "step": one.current.step if one.current else None,
            "since": one.current.since.isoformat() if one.current else None,
            "attempt": one.current.attempt if one.current else None,
            "days": one.days,
            "passed": list(one.passed),
            "skipped": list(one.skipped),
            "ahead": list(one.ahead),
            "stays": [self.stay(stay) for stay in one.stays],
        }

    def stay(self, stay: Stay) -> dict[str, Any]:
        plain: dict[str, Any] = {
            "step": stay.step,
            "since": stay.since.isoformat(),
            "until": self.plain(stay.until),
            "attempt": stay.attempt,
            "kind": stay.how,
            "skipped": list(stay.skipped),
        }
        marks = {"gap_days": stay.gap_days, "imported": stay.imported, "cut": stay.cut}
        return plain | {name: value for name, value in marks.items() if value}

    def condition(self, one: Condition) -> dict[str, Any]:
        return {
            "criterion": one.criterion,
            "step": one.step,
            "side": one.side,
            "state": one.state.value,
            "evidence": [day.isoformat() for day in one.evidence],
            "because": self.reason(one.because),
        }
