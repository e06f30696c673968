"""The figures of a unit and a span, as they are: what may be told of them is decided elsewhere."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from stegvis.core.outcomes import course
from stegvis.core.outcomes.fidelity import Tally, tallies, tally
from stegvis.core.programme.model import Programme
from stegvis.core.progression.days_off import DaysOff
from stegvis.journey.hours.facts import wanted
from stegvis.journey.intake.models import Assignment
from stegvis.journey.mediation import facts as mediation
from stegvis.journey.screening.models import SET
from stegvis.learning.fidelity.facts.people import Case, Enrolled, judged
from stegvis.learning.fidelity.facts.spans import DAY, Span

FIRST = 1


@dataclass(frozen=True, slots=True)
class Spread:
    """Values of so many people (`of`), and how many of those asked are within what is asked."""

    values: tuple[float, ...]
    of: int
    kept: Tally
    asked: int | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    programme: Programme
    span: Span
    on: dt.date
    people: int
    elements: Mapping[str, Tally]
    start: Spread  # days from the plan to the first activity
    search: Spread  # days on the step to the agreement
    ages: Mapping[str, int]  # open stays on that step by age
    talks: Spread  # in the first step
    mediators: Tally  # met: the same all the way
    answers: Spread  # working days a message waited
    months: Spread  # months of the first year, with contact or without
    loads: tuple[int, ...]  # people of each mediator
    most_load: int
    steps: Mapping[str, int]  # where people stand; "": nowhere, "left": no more here
    groups: Mapping[str, int]
    dropped: Tally  # met: broke off; lacking: did not; not_due: never out
    hours: Spread  # ordinary hours of each person who has any


def counted(of: Enrolled, span: Span, *, on: dt.date, off: DaysOff) -> Counted:
    """Five queries, however many people."""
    day = span.last(on)
    found = judged(of.rows, day)
    keys = [case.enrolment.pk for case in found]
    held = mediation.continuity(keys, on=day)
    return Counted(
        programme=of.programme,
        span=span,
        on=day,
        people=len(found),
        elements=tallies(case.elements for case in found),
        start=_start(found, of.programme),
        search=_search(found, span),
        ages=_ages(found, day),
        talks=_talks(keys, day),
        mediators=Tally(
            met=sum(one.is_one for one in held.values()),
            lacking=sum(not one.is_one for one in held.values()),
        ),
        answers=_answers(of.programme, keys, span, day, off),
        months=_months(found, span, day),
        loads=_loads(keys, day),
        most_load=mediation.agreed(of.programme),
        steps=_steps(found, of.programme),
        groups=_groups(found, of.programme),
        dropped=_dropped(found, span, day),
        hours=_hours(found, of.programme, span, day),
    )


def _start(found: Sequence[Case], programme: Programme) -> Spread:
    waits = [course.to_activity(case.programme, case.road) for case in found]
    said = [one for one in waits if one is not None]
    most = course.most_days(programme)
    kept = tally(one.kind for one in said) if most is not None else Tally()
    return Spread(tuple(one.days for one in said if one.begun), len(said), kept, most)


def _search(found: Sequence[Case], span: Span) -> Spread:
    """Of those who agreed in the span."""
    several = [one for case in found for one in course.searches(case.programme, case.road)]
    agreed = [one for one in several if one.on and span.since <= one.on < span.until]
    return Spread(tuple(one.days for one in agreed), len(agreed), Tally())


def _ages(found: Sequence[Case], day: dt.date) -> dict[str, int]:
    several = [one for case in found for one in course.searches(case.programme, case.road)]
    if not any(case.programme.transitions.drop_out for case in found):
        return {}
    return course.ages((one for one in several if one.open), day)


def _talks(keys: Iterable[uuid.UUID], day: dt.date) -> Spread:
    talks = mediation.talks_in_step(keys, ordinal=FIRST, on=day)
    return Spread(tuple(talks.values()), len(talks), Tally())


def _answers(
    programme: Programme, keys: Iterable[uuid.UUID], span: Span, day: dt.date, off: DaysOff
) -> Spread:
    most = mediation.target_days(programme)
    said = mediation.response_days(
        keys, since=span.since, until=min(span.until, day + DAY), on=day, off=off
    )
    kinds = ["lacking" if one.days > most else "met" if one.answered else "not_due" for one in said]
    days = tuple(one.days for one in said if one.answered)
    return Spread(days, len({one.enrolment for one in said}), tally(kinds), most)


def _months(found: Sequence[Case], span: Span, day: dt.date) -> Spread:
    """A month counts on the day after its last, whoever asks when."""
    until = min(span.until, day + DAY)
    kept = [course.months_kept(case.programme, case.road, span.since, until) for case in found]
    return Spread((), sum(one.due > 0 for one in kept), sum(kept, Tally()))


def _loads(keys: Sequence[uuid.UUID], day: dt.date) -> tuple[int, ...]:
    """Of everybody who is a mediator of one of these on the day. Two queries."""
    held = Assignment.assignments.held(day).filter(
        enrolment__in=keys, part=Assignment.Part.JOB_MEDIATOR
    )
    members = set(held.order_by().values_list("member_id", flat=True))
    return tuple(sorted(mediation.caseloads(members, on=day).values()))


def _steps(found: Sequence[Case], programme: Programme) -> dict[str, int]:
    """By step, in the ladder's order; then on none, and left."""
    known = Counter(_stands(case) for case in found)
    codes = [*(step.code for step in programme.primary.steps), "", "left"]
    return {code: known[code] for code in dict.fromkeys([*codes, *known])}


def _stands(case: Case) -> str:
    if case.road.exited is not None:
        return "left"
    return course.stands_on(case.programme, case.road)


def _groups(found: Sequence[Case], programme: Programme) -> dict[str, int]:
    """Of a programme that screens; of another none."""
    known = [one for one in programme.category_sets if one.code == SET]
    made = {category.code: 0 for one in known for category in one.categories}
    if not made:
        return {}
    made[""] = 0
    for case in found:
        code = course.group_in(case.road, SET)
        made[code if code in made else ""] += 1
    return made


def _dropped(found: Sequence[Case], span: Span, day: dt.date) -> Tally:
    until = min(span.until, day + DAY)
    said = [course.broke_off(case.road, span.since, until) for case in found]
    return Tally(met=said.count(True), lacking=said.count(False), not_due=said.count(None))


def _hours(found: Sequence[Case], programme: Programme, span: Span, day: dt.date) -> Spread:
    """Ordinary hours of whole months that have ended; how many reached what the programme asks
    for in one of them, of those who were at work in any."""
    line, _months_of = wanted(programme)
    until = min(span.until, day.replace(day=1))
    totals: list[float] = []
    reached = 0
    for case in found:
        months = course.ordinary(case.road, span.since, until)
        if any(months.values()):
            totals.append(float(sum(months.values(), Decimal())))
            reached += any(hours >= line for hours in months.values())
    kept = Tally(met=reached, lacking=len(totals) - reached)
    return Spread(tuple(totals), len(totals), kept, int(line))
