"""What "early" is for somebody, fixed beforehand; and who is in a trial of it (JI-31)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import DateField, Min, OuterRef, Subquery

from stegvis.journey.intake.models import Enrolment
from stegvis.journey.placements.models import EarlyTrial, Placement
from stegvis.journey.placements.words import EXTERNAL
from stegvis.journey.programmes.facts import programmes

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


def eligible(row: Enrolment, first: dt.date | None, days: int, *, on: dt.date) -> bool:
    """Whether somebody could still be placed early: on the road, not placed, the days not gone."""
    return row.until is None and first is None and (on - row.since).days <= days
