"""Who needs a place, who has been inside long, how old the open searches are (AJ-39, KN-138,
FM-43). Programme data says on which steps a place is looked for; no code knows a step's name."""

from __future__ import annotations

import datetime as dt
import statistics
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from stegvis.core.programme.model import Programme
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.placements.facts.early import first_external
from stegvis.journey.placements.models import Placement, Reminder
from stegvis.journey.placements.words import EXTERNAL
from stegvis.journey.programmes.facts import programmes
from stegvis.journey.standing.models import DatedFact, StepPeriod
from stegvis.platform.access.authority import reached
from stegvis.platform.access.decision import Actor, FieldClass

NEEDS, INSIDE = "needs_place", "inside"
OURS = {NEEDS: 30, INSIDE: 180}  # days
START = "placement_start"


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody who is on the road. `placed`: outside now, or to be."""

    enrolment: Enrolment
    model: Programme
    placed: bool
    first: dt.date | None
    stays: tuple[tuple[str, dt.date], ...]  # open periods: step, since


def on_the_road(actor: Actor, *, on: dt.date) -> list[Row]:
    """All of whom the reader may know where they work, with what the lists ask. Two queries."""
    held = Placement.placements.standing(on).filter(enrolment=OuterRef("pk"))
    held = held.filter(site_kind__in=EXTERNAL)
    stays = StepPeriod.periods.on(on).filter(enrolment=OuterRef("pk")).order_by("since", "id")
    rows = (
        Enrolment.enrolments.open()
        .filter(reached(actor, FieldClass.WORK, on=on, column="person_id"))
        .annotate(
            placed=Exists(held),
            first=first_external(),
            stays=ArraySubquery(stays.values(one=JSONObject(step="step", since="since"))),
        )
        .select_related("person", "unit")
        .order_by("person__sort_key", "id")
    )
    found = list(rows)
    models = programmes({one.programme_id for one in found})
    return [_row(one, models[one.programme_id]) for one in found]


def _row(one: Enrolment, model: Programme) -> Row:
    known = vars(one)
    stays = tuple(
        (stay["step"], dt.date.fromisoformat(stay["since"])) for stay in known["stays"] or ()
    )
    return Row(one, model, known["placed"], known["first"], stays)


def reminder(rows: Mapping[str, int], code: str, model: Programme | None = None) -> int:
    """After how many days: as the municipality has set it, as the programme has it, or ours."""
    if code in rows:
        return rows[code]
    days = _within(model) if model and code == NEEDS else None
    return days if days is not None else OURS[code]


def reminders() -> dict[str, int]:
    return dict(Reminder.objects.order_by("code").values_list("code", "days"))


def _within(model: Programme) -> int | None:
    for one in model.cadences:
        if one.event == START and one.steps and "days" in one.within:
            said = one.within["days"]
            value = model.settings[said].value if isinstance(said, str) else said
            return int(str(value)) if value is not None else None
    return None


def seeking(model: Programme) -> frozenset[str]:
    """The steps on which a place is looked for: where the programme asks for one within a time,
    and the one that is begun again after a drop-out."""
    steps = {
        step for one in model.cadences if one.event == START and one.within for step in one.steps
    }
    rule = model.transitions.drop_out
    return frozenset(steps | ({rule.restart_step} if rule else set()))


@dataclass(frozen=True, slots=True)
class Needing:
    row: Row
    step: str
    since: dt.date
    days: int


def needs_place(rows: Iterable[Row], set_days: Mapping[str, int], *, on: dt.date) -> list[Needing]:
    """Those who have stood on such a step for so long and have no place outside, the longest
    first."""
    found = []
    for row in rows:
        least = reminder(set_days, NEEDS, row.model)
        for step, since in row.stays:
            days = (on - since).days
            if step in seeking(row.model) and not row.placed and days >= least:
                found.append(Needing(row, step, since, days))
    return sorted(found, key=lambda one: (-one.days, one.row.enrolment.person.sort_key))


@dataclass(frozen=True, slots=True)
class Inside:
    """`long`: as many days as the municipality asks to be reminded of."""

    row: Row
    days: int
    long: bool


def long_inside(rows: Iterable[Row], set_days: Mapping[str, int], *, on: dt.date) -> list[Inside]:
    """Everybody who has never been placed outside, by days since they came (KN-138)."""
    least = reminder(set_days, INSIDE)
    found = [
        Inside(row, days, days >= least)
        for row in rows
        if row.first is None or row.first > on
        for days in [(on - row.enrolment.since).days]
    ]
    return sorted(found, key=lambda one: (-one.days, one.row.enrolment.person.sort_key))


@dataclass(frozen=True, slots=True)
class OpenSearch:
    """A stay that looks for a match and has none agreed yet (FM-43)."""

    row: Row
    step: str
    days: int


@dataclass(frozen=True, slots=True)
class Searches:
    """`open` by age, the oldest first; `median`: days from the step's start to the agreement of
    those who have one, `n` how many they are."""

    open: tuple[OpenSearch, ...]
    median: int | None
    n: int


def open_searches(rows: Iterable[Row], *, on: dt.date) -> Searches:
    """Of programmes that begin a step again after a drop-out: how old each open case of that step
    is, and how long the others took. One query."""
    mine = [row for row in rows if row.model.transitions.drop_out]
    steps = {row.enrolment.pk: row.model.transitions.drop_out.restart_step  # type: ignore[union-attr]
             for row in mine}  # fmt: skip
    agreed = to_agreement(steps)
    standing = [
        OpenSearch(row, step, (on - since).days)
        for row in mine
        for step, since in row.stays
        if step == steps[row.enrolment.pk]
    ]
    days = sorted(agreed)
    return Searches(
        tuple(sorted(standing, key=lambda one: (-one.days, one.row.enrolment.person.sort_key))),
        int(statistics.median(days)) if days else None,
        len(days),
    )


def to_agreement(steps: Mapping[uuid.UUID, str]) -> list[int]:
    """Days from the start of each stay on its step to the first agreement in it or after it. One
    query."""
    told = DatedFact.objects.filter(
        Q(until__isnull=True), enrolment=OuterRef("enrolment"), kind="agreement", struck=False
    )
    first = Subquery(told.filter(on__gte=OuterRef("since")).order_by("on").values("on")[:1])
    rows = StepPeriod.periods.standing().filter(enrolment__in=list(steps)).order_by("id")
    found = rows.values_list("enrolment_id", "step", "since", "until", first)
    return [
        (agreed - since).days
        for enrolment, step, since, until, agreed in found
        if agreed and step == steps[enrolment] and (until is None or agreed <= until)
    ]


def by_kind(actor: Actor, *, on: dt.date) -> list[tuple[Any, ...]]:
    """Placements that hold, as (person, kind, kind of place): of whom the reader may know."""
    rows = Placement.placements.held(on)
    rows = rows.filter(reached(actor, FieldClass.WORK, on=on, column="person_id"))
    return list(rows.order_by("id").values_list("person_id", "kind", "site_kind"))
