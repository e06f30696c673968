"""A round as it is read: opening by opening, who waits and why, and what would happen if."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from django.http import QueryDict

from stegvis.journey.employers.models import Opening
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.placements.actions import rounds as verbs
from stegvis.journey.placements.facts.rounds import Block, Ground, blocks, worked_out
from stegvis.journey.placements.models import MatchRound, RoundPerson
from stegvis.journey.placements.pages.finding import whole, worded
from stegvis.journey.placements.pages.fitting import bar_of
from stegvis.journey.placements.words import BLOCKS
from stegvis.platform.access.decision import Actor

MOST = 99


class Board:
    """`asked`: what is tried, as it came with the address or the form."""

    def __init__(self, row: MatchRound, actor: Actor, asked: QueryDict) -> None:
        self.row, self.asked = row, asked
        self.room = verbs.room_of(row)
        every = verbs.lines_of(row)
        self.found: Ground = verbs.read(row, every, self.room, by=actor)
        self.people = {one.pk: one for one in self.found.people}
        self.lines = [one for one in every if one.enrolment_id in self.people]
        self.line = {one.enrolment_id: one for one in self.lines}
        self.openings = {one.pk: one for one in self.found.openings}
        self.stale = {
            key for key, one in self.line.items()
            if one.state != RoundPerson.State.TAKEN and one.mark != self.found.mark(key)
        }  # fmt: skip
        self.gone = len(self.room) - len(self.openings)

    def told(self) -> dict[str, Any]:
        held = {key: n for key, n in self.room.items() if key in self.openings}
        placed = [one for one in self.lines if one.opening_id in self.openings]
        return {
            "row": self.row,
            "columns": [
                self._column(one, vars(one)["taken"]) for one in self.found.openings
            ],
            "left": [self._waiting(one) for one in self._alphabetical() if not self._at(one)],
            "faults": worded(verbs.law_faults(self.found.openings, held)),
            "stale": len(self.stale),
            "gone": self.gone,
            "people": len(self.lines),
            "rooms": sum(held.values()),
            "placed": len(placed),
            "waits": len(self.lines) - len(placed),
            "wanted": self._own(self._placed()),
            "to_take": sum(one.state != RoundPerson.State.TAKEN for one in placed),
            "everybody": self._alphabetical(),
            "most": MOST,
            "tried": self._tried(held),
        }  # fmt: skip

    def _placed(self) -> list[tuple[uuid.UUID, uuid.UUID]]:
        found = ((one.enrolment_id, one.opening_id) for one in self.lines)
        return [(key, at) for key, at in found if at is not None and at in self.openings]

    def _alphabetical(self) -> list[Enrolment]:
        return [one for one in self.found.people if one.pk in self.line]

    def _at(self, one: Enrolment) -> Opening | None:
        at = self.line[one.pk].opening_id
        return self.openings.get(at) if at else None

    def _column(self, opening: Opening, there: int) -> dict[str, Any]:
        people = [
            self._card(one, opening) for one in self._alphabetical() if self._at(one) == opening
        ]
        room, offers = self.room[opening.pk], opening.places
        return {
            "opening": opening, "room": room, "there": there, "people": people,
            "dots": [n < len(people) for n in range(max(room, len(people)))],
            "above": offers is not None and room > max(0, offers - there),
            "number": self._numbers({opening.pk: room}).get(opening.pk, room),
        }  # fmt: skip

    def _card(self, one: Enrolment, opening: Opening) -> dict[str, Any]:
        fit = self.found.fits[one.pk][opening.pk]
        others = [
            each.site.name for each in self.found.openings
            if each != opening and not self.found.bars(one.pk, each)
        ]  # fmt: skip
        return self._of(one) | {
            "fit": fit,
            "bar": bar_of(fit),
            "others": others,
            "against": [each.name for each in fit.answers if each.lacks],
            "asked": self.found.asked.get((one.pk, opening.pk)),
        }

    def _of(self, one: Enrolment) -> dict[str, Any]:
        line = self.line[one.pk]
        return {
            "line": line, "key": one.pk, "person": one.person,
            "stale": one.pk in self.stale, "taken": line.state == RoundPerson.State.TAKEN,
        }  # fmt: skip

    def _waiting(self, one: Enrolment) -> dict[str, Any]:
        found = blocks(self.found, one.pk)
        full = [each.opening for each in found if each.code == "full"]
        return self._of(one) | {
            "full": full,
            "more": [(each, self.room[each.pk] + 1) for each in full[:1]],
            "blocks": [_said(each) for each in found if each.code != "full"],
        }

    def _tried(self, held: Mapping[uuid.UUID, int]) -> dict[str, Any] | None:
        """Who would stand elsewhere if this were so; nothing of it is kept."""
        who, at = self._who(), self._where()
        numbers = self._numbers(held)
        if not numbers and (who is None or at is None):
            return None
        room = {**held, **numbers}
        hands = {
            key: to for key, to in verbs.hands_of(self.lines).items()
            if to is None or to in self.openings
        }  # fmt: skip
        if who is not None and at is not None:
            hands[who.pk] = at.pk if at else None
        used = [one for one in hands.values() if one]
        over = [self.openings[key] for key in set(used) if used.count(key) > room.get(key, 0)]
        faults = worded(verbs.law_faults(self.found.openings, room))
        tried = {
            "who": who, "at": at or None, "numbers": numbers, "over": over, "faults": faults,
            "form": "hand" if who is not None and at is not None else "room",
        }  # fmt: skip
        if over or not self.people:
            return tried
        new = worked_out(self.found, room, hands, lot=self.row.pk).where
        return tried | {"changes": self._changes(new), "sums": self._sums(new)}

    def _who(self) -> Enrolment | None:
        key = _key(self.asked.get("who", ""))
        line = self.line.get(key) if key else None
        open_line = line is not None and line.state != RoundPerson.State.TAKEN
        return self.people[line.enrolment_id] if line is not None and open_line else None

    def _where(self) -> Opening | Literal[False] | None:
        """An opening; False for waiting; None where nothing was asked."""
        said = self.asked.get("at", "")
        key = _key(said)
        return False if said == "wait" else self.openings.get(key) if key else None

    def _numbers(self, held: Mapping[uuid.UUID, int]) -> dict[uuid.UUID, int]:
        found = {}
        for key, n in held.items():
            number = whole(self.asked.get(f"room-{key}", ""))
            if number is not None and number <= MOST and number != n:
                found[key] = number
        return found

    def _changes(self, new: Mapping[uuid.UUID, uuid.UUID]) -> list[dict[str, Any]]:
        made = []
        for one in self._alphabetical():
            was, to = self._at(one), self.openings.get(new.get(one.pk, uuid.UUID(int=0)))
            if was != to:
                made.append({"person": one.person, "was": was, "to": to})
        return made

    def _sums(self, new: Mapping[uuid.UUID, uuid.UUID]) -> list[tuple[str, int, int]]:
        was = dict(self._placed())
        return [
            ("wanted", self._own(was.items()), self._own(new.items())),
            ("waits", len(self.lines) - len(was), len(self.lines) - len(new)),
        ]

    def _own(self, where: Iterable[tuple[uuid.UUID, uuid.UUID]]) -> int:
        return sum(bool(self.found.fits[key][at].wanted) for key, at in where)


def _said(one: Block) -> dict[str, Any]:
    return {"opening": one.opening, "words": BLOCKS[one.code], "names": one.names}


def _key(said: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(said)
    except ValueError:
        return None
