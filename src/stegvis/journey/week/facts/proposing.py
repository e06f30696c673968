"""A unit's week as the planner reads it: what the database knows, made into `core.scheduling`.

It is read with the rights of whoever asked. Somebody hidden to them is nowhere in it, and a place
they hold is free here as it is on the board (decision 0034).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from stegvis.core.scheduling.clashes import SLOT_HOURS, Half
from stegvis.core.scheduling.instance import Area, Instance, Person, Plan, Supervisor, allowed
from stegvis.core.scheduling.model import MANY
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.week.facts import known
from stegvis.journey.week.facts.board import ENOUGH, Board, days_of
from stegvis.journey.week.facts.states import state_of
from stegvis.journey.week.models import Half as Halves
from stegvis.journey.week.models import PlanAims, Slot
from stegvis.journey.workplaces.models import WorkArea

NOON, DAY_ENDS = dt.time(12), dt.time(23, 59)
type Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Ground:
    """`standing`: what stands now of those who are planned; `seen`: the mark of each one's week;
    `of`: by person; `leads`: the rows of a member who supervises."""

    week: Instance
    standing: Plan
    seen: Mapping[str, str]
    of: Mapping[str, Enrolment]
    leads: Mapping[uuid.UUID, frozenset[str]]


def code(half: Half) -> str:
    return f"{half[0].isoformat()}|{half[1]}"


def ground(made: Board, mine: Collection[uuid.UUID], *, on: dt.date, what: str) -> Ground:
    """`mine`: those who may be planned; the others of the board are let be and take their places.
    `what`: as Proposal.What."""
    maker = _Maker(made, frozenset(str(one) for one in mine), on, what)
    return maker.ground()


class _Maker:
    def __init__(self, made: Board, mine: frozenset[str], on: dt.date, what: str) -> None:
        self.made, self.mine, self.on, self.what = made, mine, on, what
        self.slots = tuple(code((d, h)) for d in made.days for h in Halves.values)
        self.coming = frozenset(code((d, h)) for d in made.days if d >= on for h in Halves.values)
        self.areas = _areas(made, on)
        persons = [one.person_id for one in made.people]
        self.levels = known.levels(persons, on)
        classes = {one.licence for one in made.areas if one.licence}
        self.drives = known.drives(persons, classes, days_of(made.monday)[-1])
        self.given, self.wished = known.work_of(persons, max(on, made.monday))
        self.pauses = known.pauses(persons, made.monday)
        self.standing = _plan(made.slots)
        self.before = _plan(Slot.slots.of_week(made.monday - dt.timedelta(weeks=1)).filter(
            person__in=persons
        ).order_by("day", "half", "id"), dt.timedelta(weeks=1))  # fmt: skip
        self.kept = self._kept()

    def ground(self) -> Ground:
        people = {str(one.person_id): self._person(one) for one in self.made.people}
        week = Instance(
            id=str(self.made.monday),
            slots=self.slots,
            areas=self.areas,
            supervisors=_leads(self.made),
            people=people,
            apart=tuple(
                (min(pair), max(pair)) for pair in sorted(self.made.week.apart, key=sorted)
            ),
            held=tuple(sorted(self.kept)),
            further=aims(),
        )
        week = replace(week, people={k: self._least(week, one) for k, one in people.items()})
        week = self._borne(week)
        mine = {k: v for k, v in self.standing.items() if k in self.mine}
        leads: dict[uuid.UUID, frozenset[str]] = {}
        for one in self.made.leads:
            leads[one.member_id] = leads.get(one.member_id, frozenset()) | {str(one.pk)}
        of = {str(k): v for k, v in self.made.of.items() if str(k) in self.mine}
        return Ground(week, mine, self._seen(), of, leads)

    def _borne(self, week: Instance) -> Instance:
        """In a repair what stands against the rules stays: a person has put it there."""
        if self.what != "repair":
            return week
        people, held = dict(week.people), set(week.held)
        for who, there in self.standing.items():
            one = people[who]
            odd = {
                slot: area
                for slot, area in there.items()
                if slot not in one.fixed and not allowed(one, week.areas[area], slot)
            }
            held |= {(who, area, slot) for slot, area in odd.items()}
            fixed = {**one.fixed, **dict.fromkeys(odd, "stands")}
            people[who] = replace(one, fixed=fixed, target=one.target - len(odd))
        return replace(week, people=people, held=tuple(sorted(held)))

    def _kept(self) -> set[Key]:
        """What is not to be planned again: of those who are not one's to plan, all; else all that
        stands, or what the person has chosen or tries, and what is over."""
        kept = set()
        for one in self.made.slots:
            who, slot, area = str(one.person_id), code((one.day, one.half)), str(one.area_id)
            own = one.planned_by == Slot.By.PERSON or one.trying
            stays = who not in self.mine or slot not in self.coming or area not in self.areas
            stays |= {"fill": True, "anew": own, "repair": False}[self.what]
            if stays and area in self.areas:
                kept.add((who, area, slot))
        return kept

    def _person(self, one: Enrolment) -> Person:
        who = str(one.person_id)
        there = self.standing.get(who, {})
        mine = {slot for slot, area in there.items() if self._stays(who, area, slot)}
        taken = {code((d, h)) for p, d, h in self.made.taken if p == one.person_id}
        possible = self._possible(one) - taken
        if self.what == "repair":
            # Nobody is asked to come another half day; and where somebody stands outside their
            # hours, a person has put them there.
            possible = frozenset(slot for slot in there if slot in self.coming)
        return Person(
            id=who,
            need=self.made.week.need.get(who, 1),
            target=self._target(one, possible - mine, there),
            sites=frozenset({"unit"}),
            available=frozenset(possible),
            fixed=dict.fromkeys(mine, "stands"),
            abilities={**self.levels.get(one.person_id, {}), **self.drives[one.person_id]},
            goal=self._open(self.given.get(one.person_id)),
            wishes=frozenset(self.wished.get(one.person_id, ())) & self.areas.keys(),
            last_week=self._familiar(one, there),
        )

    def _stays(self, who: str, area: str, slot: str) -> bool:
        return area not in self.areas or (who, area, slot) in self.kept

    def _possible(self, one: Enrolment) -> frozenset[str]:
        """The half days to come in which the person can be there."""
        if str(one.person_id) not in self.mine:
            return frozenset()
        free = self.made.free.get(one.person_id)
        halves = [(d, h) for d in self.made.days if d not in self.made.closed for h in ("am", "pm")]
        away = self.pauses.get(one.person_id, ())
        return self.coming & {
            code(half)
            for half in halves
            if (free is None or half in free) and not any(a <= half[0] < b for a, b in away)
        }

    def _target(self, one: Enrolment, possible: Collection[str], there: Mapping[str, str]) -> int:
        """As many half days as their hours give; where no hours are agreed, as many as last week.
        In a repair, as many as stand."""
        if self.what == "repair":
            return sum(slot in possible for slot in there)
        if one.person_id in self.made.free:
            return len(possible)
        last = len(self.before.get(str(one.person_id), {}))
        return max(0, min(len(possible), last - len(there)))

    def _open(self, area: str | None) -> str | None:
        return area if area in self.areas else None

    def _familiar(self, one: Enrolment, there: Mapping[str, str]) -> dict[str, str]:
        """What stands already, else last week's; and for a half day that has neither, where they
        mostly are: nobody is sent about without a reason."""
        last = self.before.get(str(one.person_id), {})
        known = {s: a for s, a in {**last, **there}.items() if a in self.areas and s in self.slots}
        mostly = Counter(known.values()).most_common(1)
        usual = self._open(self.given.get(one.person_id)) or (mostly[0][0] if mostly else None)
        return (dict.fromkeys(self.slots, usual) if usual else {}) | known

    def _least(self, week: Instance, one: Person) -> Person:
        """One half day at least, for whoever has none and could have one."""
        some = any(allowed(one, area, s) for area in week.areas.values() for s in week.slots)
        must = some and one.target > 0 and not one.fixed and self.what != "repair"
        return replace(one, least=int(must))

    def _seen(self) -> dict[str, str]:
        found = {}
        for person in self.made.of:
            slots = [one for one in self.made.slots if one.person_id == person]
            taken = {(d, h) for p, d, h in self.made.taken if p == person}
            found[str(person)] = state_of(slots, taken)
        return found


def aims() -> tuple[str, ...]:
    """What the municipality's proposals aim at behind the four levels, first to last."""
    row = PlanAims.objects.first()
    return tuple(row.aims) if row else ()


def _plan(slots: Collection[Slot], later: dt.timedelta = dt.timedelta(0)) -> Plan:
    found: Plan = {}
    for one in slots:
        found.setdefault(str(one.person_id), {})[code((one.day + later, one.half))] = str(
            one.area_id
        )
    return found


def _areas(made: Board, on: dt.date) -> dict[str, Area]:
    asks = known.asked([one.pk for one in made.areas], on)
    return {
        str(one.pk): Area(
            id=str(one.pk),
            site="unit",
            name=one.name,
            half_days=None if one.hours_week is None else int(one.hours_week // SLOT_HOURS),
            places=MANY if one.places is None else one.places,
            team=str(one.pk),
            closed=_closed(made, one),
            must_cover={},
            requirements=(*asks.get(one.pk, ()), *known.driving(one.licence)),
        )
        for one in made.areas
    }


def _closed(made: Board, area: WorkArea) -> frozenset[str]:
    """Closing days, days before the area opens or after it has shut, and the workplace's hours."""
    place = area.workplace
    ends = [day for day in (area.until, place.closed_on) if day is not None]
    shut = set()
    for day in days_of(made.monday):
        off = day in made.closed or (area.since or dt.date.min) > day
        off |= any(day >= end for end in ends)
        for half in Halves.values:
            if off or not _hours(place.hours, day, half):
                shut.add(code((day, half)))
    return frozenset(shut)


def _hours(hours: list[list[str] | None], day: dt.date, half: str) -> bool:
    """Whether the workplace is open enough of the half day; hours nobody has given are no limit."""
    if not hours:
        return True
    pair = hours[day.weekday()] if day.weekday() < len(hours) else None
    if not pair:
        return False
    start, end = (dt.time.fromisoformat(one) for one in pair)
    begins, ends = (start, min(end, NOON)) if half == "am" else (max(start, NOON), end)
    return (ends.hour - begins.hour) * 60 + ends.minute - begins.minute >= ENOUGH


def _leads(made: Board) -> tuple[Supervisor, ...]:
    """Of each area its own; what nobody leads has no limit of support (decision 0032)."""
    led = {str(one.area_id) for one in made.leads}
    found = [Supervisor(f"none:{a.pk}", str(a.pk), MANY, frozenset())
             for a in made.areas if str(a.pk) not in led]  # fmt: skip
    for one in made.leads:
        gone = made.week.leads[str(one.pk)].away
        halves = frozenset(code((day, half)) for day in gone for half in Halves.values)
        capacity = MANY if one.capacity is None else one.capacity
        found.append(Supervisor(str(one.pk), str(one.area_id), capacity, halves))
    return tuple(found)
