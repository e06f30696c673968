"""What "early" is for somebody, fixed beforehand; and who is in a trial of it (JI-31)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import DateField, Min, OuterRef, Subquery

from stegvis.core.outcomes.anonymity import K
from stegvis.core.outcomes.reaching import Point, Spell, reaching
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.placements.models import EarlyTrial, Placement
from stegvis.journey.placements.words import EXTERNAL
from stegvis.journey.programmes.facts import programmes
from stegvis.journey.standing.models import StepPeriod

SETTING = "early_days"


def early_days(enrolment: Enrolment) -> int | None:
    """Of the trial somebody was enrolled into, else as the programme has it; None where neither
    says."""
    rows = EarlyTrial.objects.filter(since__lte=enrolment.since, until__gt=enrolment.since)
    trial = rows.order_by("registered_on", "id").first()
    if trial is not None:
        return int(trial.early_days)
    model = programmes({enrolment.programme_id})[enrolment.programme_id]
    setting = model.settings.get(SETTING)
    return int(setting.value) if setting and setting.value else None


@dataclass(frozen=True, slots=True)
class InTrial:
    """How those enrolled in the window stand: `open`: no placement yet and still on the road;
    `gone`: left without one. Of nobody's effect (C-27)."""

    early: int
    later: int
    open: int
    gone: int

    @property
    def eligible(self) -> int:
        return self.early + self.later + self.open + self.gone


def first_external() -> Subquery:
    """The day of an enrolment's first placement outside, as a column."""
    rows = Placement.placements.filter(enrolment=OuterRef("pk"), site_kind__in=EXTERNAL)
    firsts = rows.order_by().values("enrolment").annotate(first=Min("since")).values("first")
    return Subquery(firsts, output_field=DateField())


def trial_of(trial: EarlyTrial, enrolments: Iterable[Enrolment], *, on: dt.date) -> InTrial:
    """`enrolments`: with `first` as `first_external` gives it; those outside the window are left
    out."""
    early = later = waits = gone = 0
    for row in enrolments:
        if not trial.since <= row.since < trial.until:
            continue
        first = vars(row)["first"]
        if first is not None and first <= on:
            is_early = (first - row.since).days <= trial.early_days
            early, later = early + is_early, later + (not is_early)
        elif row.until is not None and row.until <= on:
            gone += 1
        else:
            waits += 1
    return InTrial(early, later, waits, gone)


MONTH = 30  # days between the points of a curve, so that nobody's own day is in it
MONTHS = 24


@dataclass(frozen=True, slots=True)
class Curve:
    """`n` people; `points` as long as K or more of them are followed."""

    n: int
    points: tuple[Point, ...]


def reached_on(step: Any) -> Subquery:
    """The first day on that step or a later one, as a column."""
    rows = StepPeriod.periods.standing().filter(enrolment=OuterRef("pk"), ordinal__gte=step)
    firsts = rows.order_by().values("enrolment").annotate(first=Min("since")).values("first")
    return Subquery(firsts, output_field=DateField())


def curves_of(
    trial: EarlyTrial, enrolments: Iterable[Enrolment], *, on: dt.date
) -> tuple[Curve, Curve] | None:
    """Days to the trial's step, of those placed early and of the others; None where one of them is
    of fewer than K, or no step was fixed. The clock starts when early is over: of those who by then
    are still under way. `enrolments`: with `first` and `reached`."""
    if trial.step is None:
        return None
    arms: tuple[list[Spell], list[Spell]] = ([], [])
    for row in enrolments:
        start = row.since + dt.timedelta(days=trial.early_days)
        if trial.since <= row.since < trial.until and (spell := _spell(row, start, on)):
            first = vars(row)["first"]
            arms[first is None or first > start].append(spell)
    if min(len(one) for one in arms) < K:
        return None
    early, later = (_curve(one) for one in arms)
    return early, later


def _spell(row: Enrolment, start: dt.date, on: dt.date) -> Spell | None:
    """From the start; None for whoever had come there or left by then, or is not so far yet."""
    reached = vars(row)["reached"]
    came = reached is not None and reached <= on
    end = reached if came else min(row.until or on, on)
    return Spell((end - start).days, came) if end > start else None


def _curve(spells: list[Spell]) -> Curve:
    points = reaching(spells, [MONTH * n for n in range(MONTHS + 1)])
    return Curve(len(spells), tuple(one for one in points if one.under_way >= K))


def eligible(row: Enrolment, first: dt.date | None, days: int, *, on: dt.date) -> bool:
    """Whether somebody could still be placed early: on the road, not placed, the days not gone."""
    return row.until is None and first is None and (on - row.since).days <= days
