"""What is known of the years before, as values: lanes, handlers, contacts, the inventory, tests."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from stegvis.core.values.lanes import Lanes, Stretch, lay, looked_back
from stegvis.core.values.periods import Period
from stegvis.core.values.retention import Rule, rules
from stegvis.core.values.taken import Taken, taken
from stegvis.journey.background.models import (
    AgencyHandler,
    AgencyPeriod,
    ContactSurface,
    Critique,
    EarlierIntervention,
    Inventory,
    RetentionRule,
    Spell,
    TestOrder,
)
from stegvis.journey.background.words import PARTS
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.programmes.facts import programmes
from stegvis.journey.waivers.facts import Counterpart, covering
from stegvis.journey.waivers.models import Waiver
from stegvis.journey.waivers.words import KINDS
from stegvis.platform.access.authority import authorise
from stegvis.platform.access.decision import Act, Actor, FieldClass

LEAST_YEARS, MOST_YEARS = 5, 10  # JI-03
FEWEST = 5  # a median of fewer says too much about one


@dataclass(frozen=True, slots=True)
class Years:
    """Everything with an agency, oldest first, and the lanes it makes."""

    periods: tuple[AgencyPeriod, ...]
    measures: tuple[EarlierIntervention, ...]
    lanes: Lanes

    @property
    def untaught(self) -> tuple[EarlierIntervention, ...]:
        """Measures of which nobody has said what was learnt."""
        return tuple(row for row in self.measures if row.helps and not row.learnt)


def years_of(person: uuid.UUID, *, on: dt.date, years: int = MOST_YEARS) -> Years:
    """Two queries."""
    periods = tuple(AgencyPeriod.notes.standing().filter(person=person))
    measures = tuple(EarlierIntervention.notes.standing().filter(person=person))
    stretches = [*map(_stretch, periods), *map(_stretch, measures)]
    return Years(periods, measures, lay(stretches, looked_back(on, years)))


def _stretch(row: Spell) -> Stretch:
    helps = isinstance(row, EarlierIntervention) and row.helps
    rough = (row.since_precision != "day", row.until is not None and row.until_precision != "day")
    return Stretch(row.agency, Period(row.since, row.until), helps, rough)


@dataclass(frozen=True, slots=True)
class Continuity:
    """An agency's own handlers as the person met them. `days` since the last meeting, None where
    nobody knows of one; `foresight` of whoever is there now."""

    agency: str
    handlers: int
    last_meeting: dt.date | None
    days: int | None
    foresight: str

    @property
    def changes(self) -> int:
        return self.handlers - 1


def continuity(rows: Iterable[AgencyHandler], *, on: dt.date) -> tuple[Continuity, ...]:
    """By agency, in the order of the rows (KN-140)."""
    of_agency: dict[str, list[AgencyHandler]] = {}
    for row in rows:
        of_agency.setdefault(row.agency, []).append(row)
    return tuple(_continuity(agency, them, on) for agency, them in of_agency.items())


def _continuity(agency: str, them: Sequence[AgencyHandler], on: dt.date) -> Continuity:
    met = [row.last_meeting for row in them if row.last_meeting]
    now = [row for row in them if not row.left]
    last = max(met) if met else None
    days = (on - last).days if last else None
    return Continuity(agency, len(them), last, days, now[-1].foresight if now else "")


def handlers_of(person: uuid.UUID) -> list[AgencyHandler]:
    return list(AgencyHandler.notes.standing().filter(person=person))


@dataclass(frozen=True, slots=True)
class Contacts:
    """Who takes time now, and how much as far as it is known."""

    rows: tuple[ContactSurface, ...]
    ended: tuple[ContactSurface, ...]
    taken: Taken


def contacts_of(person: uuid.UUID, *, on: dt.date) -> Contacts:
    every = list(ContactSurface.notes.standing().filter(person=person))
    now = tuple(row for row in every if row.ended_on is None or row.ended_on > on)
    ended = tuple(row for row in every if row not in now)
    return Contacts(now, ended, taken(row.hours_month for row in now))


def waivers_for(contacts: Iterable[ContactSurface], *, at: dt.datetime) -> dict[uuid.UUID, Waiver]:
    """The waiver on which each contact may be invited to plan together, where there is one: an
    invitation tells that the person is with us (JI-08). One query."""
    rows = [row for row in contacts if row.kind in KINDS]
    live = list(Waiver.waivers.live(at).filter(person__in={row.person_id for row in rows}))
    found = {}
    for row in rows:
        who = Counterpart(row.kind, row.name)
        waiver = covering(live, who, "steps", "planning", at=at)
        if waiver is not None:
            found[row.pk] = waiver
    return found


@dataclass(frozen=True, slots=True)
class InventoryState:
    """How far the inventory of an enrolment has come (JI-05). A programme that asks for none has
    no `parts`. A plan that is begun while something is `lacking` needs a reason: `why`."""

    parts: tuple[str, ...]
    done: dict[str, dt.date]
    why: str = ""

    @property
    def lacking(self) -> tuple[str, ...]:
        return tuple(part for part in self.parts if part not in self.done)

    @property
    def warns(self) -> bool:
        """Whether a plan begun now has neither the inventory behind it nor a reason."""
        return bool(self.lacking) and not self.why


def inventory_state(enrolment: Enrolment) -> InventoryState:
    """For the room of plans: ask before a plan is begun; `go_on_without` takes the reason."""
    model = programmes({enrolment.programme_id})[enrolment.programme_id]
    asked = {document.code for document in model.documents}
    parts = tuple(part for part in PARTS if part in asked)
    if not parts:
        return InventoryState((), {})
    rows = list(Inventory.objects.filter(enrolment=enrolment))
    why = next((row.why for row in reversed(rows) if not row.done), "")
    return InventoryState(parts, {row.part: row.on for row in rows if row.done}, why)


def critique_to_turn(enrolment: Enrolment) -> list[Critique]:
    """For the room of plans: items that no goal has taken up yet (JI-11)."""
    rows = Critique.notes.standing().filter(enrolment=enrolment, goal__isnull=True)
    return list(rows)


def rule_of(data_class: str) -> Rule:
    """As the municipality has it, else ours."""
    row = RetentionRule.objects.filter(data_class=data_class).first()
    ours = rules()[data_class]
    return ours.chosen(row.days) if row else ours


def expired(on: dt.date) -> list[TestOrder]:
    """Tests whose day has come, oldest first."""
    return list(TestOrder.notes.filter(delete_on__lte=on).order_by("delete_on", "id"))


@dataclass(frozen=True, slots=True)
class Waiting:
    """Days from order to result of a kind of test (JI-23): n of N have a result. The median stands
    only where so many results lie behind it that no one person shows."""

    kind: str
    ordered: int
    answered: int
    days: float | None


def waiting_times(rows: Iterable[tuple[str, dt.date, dt.date | None]]) -> tuple[Waiting, ...]:
    """From kind, day of the order, day of the result."""
    of_kind: dict[str, list[int | None]] = {}
    for kind, ordered, came in rows:
        of_kind.setdefault(kind, []).append((came - ordered).days if came else None)
    made: list[Any] = []
    for kind, every in sorted(of_kind.items()):
        known = [days for days in every if days is not None]
        shown = float(median(known)) if len(known) >= FEWEST else None
        made.append(Waiting(kind, len(every), len(known), shown))
    return tuple(made)


def contact_picture(person: uuid.UUID, *, by: Actor, on: dt.date) -> Contacts:
    """Who takes the person's time: the same picture for the mentor and for the person (JI-07).
    Raises Hidden."""
    authorise(by, Act.READ, person, FieldClass.SENSITIVE, on=on)
    return contacts_of(person, on=on)


def years_before(person: uuid.UUID, *, by: Actor, on: dt.date) -> Years:
    """The years before, for whoever may see them. Raises Hidden."""
    authorise(by, Act.READ, person, FieldClass.SENSITIVE, on=on)
    return years_of(person, on=on)
