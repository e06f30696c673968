"""A proposal for many people and few openings: asked for, changed by hand, taken over line by line.

Taking a line over proposes a match, to ask both about; nothing is decided by it. What the asker
changes they say why of, and it is kept and logged.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from stegvis.core.matching import limits
from stegvis.core.matching.limits import Fault
from stegvis.journey.employers.models import Opening
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.placements.actions.law import LawRefuses, country
from stegvis.journey.placements.actions.matching import NewMatch, propose_match
from stegvis.journey.placements.facts.rounds import MOST, Ground, ground, seekers, worked_out
from stegvis.journey.placements.facts.site import law_of
from stegvis.journey.placements.models import MatchRound, RoundOpening, RoundPerson
from stegvis.platform.access.authority import may
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.scope import current

Hand, State = RoundPerson.Hand, RoundPerson.State
type Room = Mapping[uuid.UUID, int]
"""By opening, how many."""


@dataclass(frozen=True, slots=True)
class NewRound:
    people: frozenset[uuid.UUID]
    """by enrolment"""
    room: Room


def begin_round(new: NewRound, *, by: Actor, submission: uuid.UUID | None = None) -> MatchRound:
    """What was asked before and is open is thrown away. Raises NotNow: "nobody_chosen",
    "too_many_chosen", "no_opening_chosen", "no_such_opening";
    LawRefuses where the law does not leave so much room at a site."""
    on = current().on
    people = [one.enrolment for one in seekers(by, on=on) if one.enrolment.pk in new.people]
    if not people:
        raise NotNow("nobody_chosen")
    if len(people) > MOST:
        raise NotNow("too_many_chosen")
    found = ground(by, [one.pk for one in people], new.room, on=on)
    _check(found.openings, new.room)
    before = MatchRound.rounds.filter(by=by.member, state=MatchRound.State.OPEN)
    for old in before.select_for_update().order_by("id"):
        throw_round(old, by=by, seen=old.version)
    row = MatchRound(
        tenant_id=current().tenant, on=on, by_id=by.member, submission=submission or uuid7()
    )
    row.save(force_insert=True)
    RoundOpening.objects.bulk_create(
        RoundOpening(
            tenant_id=row.tenant_id, round=row, opening=opening, places=new.room[opening.pk]
        )
        for opening in found.openings
    )
    RoundPerson.lines.bulk_create(
        RoundPerson(tenant_id=row.tenant_id, round=row, enrolment=one, person_id=one.person_id)
        for one in found.people
    )
    wrote("round_begun", [one.person_id for one in found.people], round=str(row.pk))
    _work(row, found, new.room)
    return row


def _check(openings: Iterable[Opening], room: Room) -> None:
    """That what is asked for is open, and what Danish law says of so many more at a site."""
    asked = list(openings)
    if not room or not any(room.values()):
        raise NotNow("no_opening_chosen")
    if {one.pk for one in asked} != set(room):
        raise NotNow("no_such_opening")
    faults = law_faults(asked, room)
    if faults:
        raise LawRefuses(faults)


def law_faults(openings: Iterable[Opening], room: Room) -> list[Fault]:
    """One for each site at which the law leaves room for fewer. Nothing outside Denmark."""
    if country() != "DK":
        return []
    on = current().on
    more: dict[uuid.UUID, int] = defaultdict(int)
    names = {}
    for one in openings:
        more[one.site_id] += room.get(one.pk, 0)
        names[one.site_id] = one.site.name
    law = law_of(list(more), on=on)
    found = [
        limits.no_room(law[site].fte, law[site].placed, n, on, at=names[site])
        for site, n in more.items()
        if n
    ]
    return [one for one in found if one is not None]


def lines_of(row: MatchRound) -> list[RoundPerson]:
    return list(RoundPerson.lines.filter(round=row).order_by("enrolment", "id"))


def room_of(row: MatchRound) -> dict[uuid.UUID, int]:
    """As it came with the round, else asked for."""
    told = vars(row).get("room")
    if told is not None:
        return {uuid.UUID(one["key"]): one["places"] for one in told}
    rows = RoundOpening.objects.filter(round=row).order_by("id")
    return dict(rows.values_list("opening_id", "places"))


def read(row: MatchRound, lines: Iterable[RoundPerson], room: Room, *, by: Actor) -> Ground:
    """What it stands on today."""
    return ground(by, [one.enrolment_id for one in lines], room, on=current().on)


def hands_of(lines: Iterable[RoundPerson]) -> dict[uuid.UUID, uuid.UUID | None]:
    """Whom the asker has put somewhere or kept out, and those whose line is taken over."""
    return {
        one.enrolment_id: one.opening_id for one in lines if one.hand or one.state == State.TAKEN
    }


def _work(row: MatchRound, found: Ground, room: Room) -> None:
    """Out anew from today; what is set by hand and what is taken over stays."""
    lines = lines_of(row)
    known = {one.pk for one in found.people}
    hands = {key: at for key, at in hands_of(lines).items() if key in known}
    made = worked_out(found, room, hands, lot=row.pk)
    for one in lines:
        if one.enrolment_id not in known or one.state == State.TAKEN:
            continue
        at, mark = made.where.get(one.enrolment_id), found.mark(one.enrolment_id)
        if (at, mark) != (one.opening_id, one.mark):
            one.opening_id, one.mark = at, mark
            one.save()
    row.on, row.proven = current().on, made.proven
    row.save_if_unchanged("on", "proven")
    wrote("round_worked_out", round=str(row.pk), placed=len(made.where))


def work_again(row: MatchRound, *, by: Actor, seen: int, room: Room | None = None) -> None:
    """From what is known today, with other numbers of places where they are given. Raises NotNow:
    "round_over", "no_room", "no_opening_chosen"; LawRefuses; StaleRow."""
    lines = _begun(row, by, seen)
    held = room_of(row)
    wanted = {**held, **{key: n for key, n in (room or {}).items() if key in held}}
    found = read(row, lines, wanted, by=by)
    open_now = {one.pk for one in found.openings}
    now = {key: n for key, n in wanted.items() if key in open_now}
    _check(found.openings, now)
    _fits_in(hands_of(lines), now)
    for one in RoundOpening.objects.filter(round=row).order_by("id"):
        if one.places != wanted[one.opening_id]:
            one.places = wanted[one.opening_id]
            one.save()
            wrote("round_places_set", opening=str(one.opening_id), places=one.places)
    _work(row, found, now)


def set_by_hand(
    row: MatchRound,
    line: RoundPerson,
    at: Opening | None,
    why: str,
    *,
    by: Actor,
    seen: int,
) -> None:
    """Somebody to an opening, or to wait; the others are worked out around it. Raises NotNow:
    "round_over", "line_taken", "why_missing", "no_room", "no_such_opening"; StaleRow."""
    if not why.strip():
        raise NotNow("why_missing")
    hand = Hand.WAIT if at is None else Hand.PIN
    _hand(row, line, hand, at, why.strip(), by=by, seen=seen)


def let_go(row: MatchRound, line: RoundPerson, *, by: Actor, seen: int) -> None:
    """Back among those who are worked out. Raises NotNow: "round_over", "line_taken"; StaleRow."""
    _hand(row, line, "", None, "", by=by, seen=seen)


def _hand(
    row: MatchRound,
    line: RoundPerson,
    hand: str,
    at: Opening | None,
    why: str,
    *,
    by: Actor,
    seen: int,
) -> None:
    lines, room = _begun(row, by, seen), room_of(row)
    mine = next(one for one in lines if one.pk == line.pk)
    if mine.state == State.TAKEN:
        raise NotNow("line_taken")
    found = read(row, lines, room, by=by)
    open_now = {one.pk for one in found.openings}
    if at is not None and at.pk not in open_now:
        raise NotNow("no_such_opening")
    hands = hands_of(lines) | ({line.enrolment_id: at.pk} if at else {})
    _fits_in(hands, room)
    mine.hand, mine.opening, mine.why, mine.mark = hand, at, why, ""
    mine.save()
    wrote("round_set_by_hand", [mine.person_id], round=str(row.pk), hand=hand or "none")
    _work(row, found, {key: n for key, n in room.items() if key in open_now})


def _fits_in(hands: Mapping[uuid.UUID, uuid.UUID | None], room: Room) -> None:
    at = [one for one in hands.values() if one is not None]
    if any(at.count(one) > room.get(one, 0) for one in set(at)):
        raise NotNow("no_room")


def _begun(row: MatchRound, by: Actor, seen: int) -> list[RoundPerson]:
    """The lines of a round that is still the asker's. The version stands against two tabs."""
    if row.by_id != by.member or row.state != MatchRound.State.OPEN:
        raise NotNow("round_over")
    row.version = seen
    return lines_of(row)


def take_over(
    row: MatchRound, *, by: Actor, seen: int, only: uuid.UUID | None = None
) -> tuple[int, int]:
    """Lines become matches that are proposed, of all or of one enrolment: how many, and how many
    were left since something has changed or somebody has asked them before. Raises NotNow:
    "round_over"; StaleRow."""
    lines = _begun(row, by, seen)
    found = read(row, lines, room_of(row), by=by)
    made = left = 0
    for one in lines:
        if one.state == State.TAKEN or one.opening_id is None:
            continue
        if only is None or one.enrolment_id == only:
            done = _take(row, one, found, by)
            made, left = made + done, left + (not done)
    row.save_if_unchanged("on")
    wrote("round_taken_over", round=str(row.pk), made=made, left=left)
    return made, left


def _take(row: MatchRound, line: RoundPerson, found: Ground, by: Actor) -> bool:
    """One line; False where it is old, not the asker's to write, or no longer to be had."""
    enrolment = next((one for one in found.people if one.pk == line.enrolment_id), None)
    opening = next((one for one in found.openings if one.pk == line.opening_id), None)
    if enrolment is None or opening is None or found.mark(enrolment.pk) != line.mark:
        return False
    if not may(by, Act.WRITE, enrolment.person_id, FieldClass.WORK, on=current().on):
        return False
    new = NewMatch(opening.site, opening, why=line.why, despite=line.why)
    try:
        match = propose_match(enrolment, new, by=by, submission=uuid.uuid5(row.pk, str(line.pk)))
    except NotNow:
        return False
    line.state, line.match = State.TAKEN, match
    line.save()
    return True


def throw_round(row: MatchRound, *, by: Actor, seen: int) -> None:
    """Nobody sees it any more; the matches that were proposed stand, and so does, behind the wall,
    what was changed by hand and why. Raises NotNow: "round_over"; StaleRow."""
    _begun(row, by, seen)
    row.state = MatchRound.State.THROWN
    row.save_if_unchanged("state")
    wrote("round_thrown_away", round=str(row.pk))
