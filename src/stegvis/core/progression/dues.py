"""What is to happen, by when: cadences, and the decision points of time-limited steps.

A due thing never does anything by itself. `by` is the last day in time; the day after it is
overdue. How an `every` is read:

    {weeks: 2}            at the latest two weeks after the last time
    {days: 1}             the next working day, Monday to Friday
    {weeks: 1, times: 1}  once in each ISO week, from the first whole week on
    {months: 1}           once in each month counted from the start (so with times: n)
    {times: 1}            once per stay on a step

Pauses push a date forward by their days; a week or month wholly paused asks for nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from stegvis.core.programme.model import Cadence, Programme
from stegvis.core.progression.facts import Reason
from stegvis.core.progression.measures import View, wholly_paused
from stegvis.core.progression.moves import step_name
from stegvis.core.progression.road import Road, Stay
from stegvis.core.values.periods import Period, Week, add_months

DAY = timedelta(days=1)
FRIDAY = 5
WEEK = timedelta(weeks=1)
DECIDE_END = "decide_end_or_extension"


@dataclass(frozen=True, slots=True)
class Due:
    """`what`: a cadence's code, or `decide_end_or_extension`; `by` None: no date is set anywhere.
    `earliest`: from when it may be done, or asked about."""

    what: str
    by: date | None
    because: Reason
    earliest: date | None = None
    overdue: bool = False


def due(programme: Programme, road: Road) -> tuple[Due, ...]:
    """What is due next of each kind, the most pressing first; nothing while on a pause."""
    if road.paused:
        return ()
    found = [
        item
        for cadence in programme.cadences
        if cadence.of != "unit" and (item := _of_cadence(programme, road, cadence)) is not None
    ]
    found += _decisions(programme, road)
    return tuple(sorted(found, key=lambda item: (item.by or date.max, item.what)))


def _of_cadence(programme: Programme, road: Road, cadence: Cadence) -> Due | None:
    after_exit = cadence.starts == "exit"
    if (road.exited is not None) is not after_exit or (road.enrolled is None and not after_exit):
        return None
    start, stay = _start(road, cadence)
    if start is None:
        return None
    lasts = _days_on(programme, cadence.lasts, start)
    if lasts is not None and road.on >= lasts:
        return None
    events = [fact.on for fact in View(road).happened(cadence.event)]
    if cadence.within:
        return _once(programme, road, cadence, start=start, events=events)
    every = {unit: amount(programme, value) for unit, value in cadence.every.items()}
    amounts = {unit: amount for unit, amount in every.items() if amount}
    if not amounts or len(amounts) < len(every):
        return None  # the source has a word for how often, and nobody has put a number to it
    return _again(road, cadence, amounts, start=start, events=events, stay=stay)


def _start(road: Road, cadence: Cadence) -> tuple[date | None, Stay | None]:
    """The day the clock starts, and the stay it runs in; None when it does not run."""
    stay = None
    if cadence.steps:
        here = (stays[-1] for stays in road.stays.values() if stays and stays[-1].until is None)
        stay = next((stay for stay in here if stay.step in cadence.steps), None)
        if stay is None:
            return None, None
    if cadence.starts:
        return _started(road, cadence), stay
    return stay.since if stay else road.enrolled, stay


def _started(road: Road, cadence: Cadence) -> date | None:
    """Once: from the first such fact, unless it was imported (what was done then is not known);
    again and again: from the latest, for as long as it lasts."""
    began = View(road).happened(cadence.starts)
    if cadence.within:
        return began[0].on if began and not began[0].values.get("imported") else None
    if not began or (began[-1].until is not None and began[-1].until <= road.on):
        return None
    return began[-1].on


def _once(
    programme: Programme, road: Road, cadence: Cadence, *, start: date, events: list[date]
) -> Due | None:
    if any(day >= start for day in events):
        return None
    end = _days_on(programme, cadence.within, start)
    if end is None:
        return None
    by = _pushed(road, start, end)
    first = _days_on(programme, cadence.earliest, start)
    earliest = None if first is None else _pushed(road, start, first)
    return _due(road, cadence, by, values={"start": start}, earliest=earliest)


def _again(
    road: Road,
    cadence: Cadence,
    every: Mapping[str, float],
    *,
    start: date,
    events: list[date],
    stay: Stay | None,
) -> Due | None:
    inside = [day for day in events if day >= start]
    times = int(every.get("times", 1))
    if "months" in every or {"weeks", "times"} <= every.keys():
        return _windowed(road, cadence, _windows(every, start, road.on), events=inside, times=times)
    if "weeks" in every or "days" in every:
        last = max(events, default=start)
        base = max(last, start)
        end = _working_days(base + timedelta(weeks=every.get("weeks", 0)), every.get("days", 0))
        code = "since_last" if inside else "since_start"
        values = {"last": base, "days": (road.on - base).days}
        return _due(road, cadence, _pushed(road, base, end), values=values, code=code)
    since = stay.since if stay else start
    if sum(day >= since for day in events) >= times:
        return None
    reason = Reason("due_per_step", {"what": cadence.texts, "since": since})
    return Due(cadence.code, None, reason)


def _windowed(
    road: Road, cadence: Cadence, windows: list[Period], *, events: list[date], times: int
) -> Due | None:
    """The window that last passed without, as long as nothing has come since; else the present
    one while it is without."""
    for window in windows:
        assert window.until is not None  # noqa: S101  windows are closed
        passed = window.until <= road.on
        late = passed and any(day >= window.until for day in events)
        enough = sum(day in window for day in events) >= times
        if late or enough or wholly_paused(road, window):
            continue
        values = {"since": window.since, "until": window.until - DAY}
        code = "window_passed" if passed else "window"
        return _due(road, cadence, window.until - DAY, values=values, code=code)
    return None


def _windows(every: Mapping[str, float], start: date, on: date) -> list[Period]:
    """The window before the one `on` lies in, if any, and that one."""
    months = int(every.get("months", 0))
    if months:
        edges = (add_months(start, months * index) for index in count())
    else:
        first = Week.of(start + timedelta(days=6)).monday
        edges = (first + WEEK * int(every["weeks"]) * index for index in count())
    since = next(edges)
    windows: list[Period] = []
    while since <= on:
        until = next(edges)
        windows = [*windows[-1:], Period(since, until)]
        since = until
    return windows


def _due(
    road: Road,
    cadence: Cadence,
    by: date,
    *,
    values: Mapping[str, object],
    code: str = "once",
    earliest: date | None = None,
) -> Due:
    overdue = road.on > by
    said = {"what": cadence.texts, "by": by, **values}
    if earliest is not None:
        said["earliest"] = earliest
    if overdue:
        said["late"] = (road.on - by).days
    reason = Reason(f"{'overdue' if overdue else 'due'}_{code}", said)
    return Due(cadence.code, by, reason, earliest, overdue)


def _decisions(programme: Programme, road: Road) -> list[Due]:
    """AJ-33: the end of a time-limited step is when someone decides; it ends nothing by itself."""
    found = []
    for ladder in programme.ladders:
        stay = road.current(ladder.code)
        step = next((s for s in ladder.steps if stay and s.code == stay.step), None)
        if stay is None or step is None or not step.time_limited:
            continue
        ends, decided = planned_end(road, stay)
        if ends is None or decided:
            continue
        overdue = road.on > ends
        values = {"step": step_name(programme, step, road.track), "by": ends}
        reason = Reason("overdue_decision" if overdue else "due_decision", values)
        asked = add_months(ends + DAY, -1)  # to the end of June: asked about from 1 June
        found.append(Due(DECIDE_END, ends, reason, asked, overdue))
    return found


def planned_end(road: Road, stay: Stay) -> tuple[date | None, bool]:
    """The last planned day of a stay, and whether its ending has been decided."""
    ends = stay.ends
    for fact in road.of("work_assignment"):
        if fact.on >= stay.since and fact.values.get("ends"):
            ends = fact.values["ends"]
    for fact in road.of("decision"):
        if fact.on < stay.since:
            continue
        if fact.values["what"] == "end":
            return ends, True
        if fact.values["what"] == "extend" and fact.values.get("ends"):
            ends = max(ends or fact.values["ends"], fact.values["ends"])
    return ends, False


def amount(programme: Programme, value: object) -> float | None:
    """A plain number, or the value of the setting it names; None while that is not set."""
    if isinstance(value, str) and value in programme.settings:
        value = programme.settings[value].value
    return value if isinstance(value, int | float) else None


def _days_on(programme: Programme, span: Mapping[str, object], start: date) -> date | None:
    """The day a span after `start` ends; None for an empty span or one not set."""
    amounts = {unit: amount(programme, value) for unit, value in span.items()}
    if not amounts or None in amounts.values():
        return None
    day = add_months(start, int(amounts.get("months") or 0))
    return day + timedelta(weeks=amounts.get("weeks") or 0, days=amounts.get("days") or 0)


def _working_days(day: date, days: float) -> date:
    """So many days later, Saturdays and Sundays not counted."""
    for _ in range(int(days)):
        day += DAY * (8 - day.isoweekday() if day.isoweekday() >= FRIDAY else 1)
    return day


def _pushed(road: Road, start: date, end: date) -> date:
    """`end`, later by every paused day between."""
    for pause in road.pauses:
        if pause.until is None or pause.until <= start or pause.since > end:
            continue
        end += pause.until - max(pause.since, start)
    return end
