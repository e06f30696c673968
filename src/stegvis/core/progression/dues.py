"""What is to happen, by when: cadences, and the decision points of time-limited steps.

A due thing never does anything by itself. `by` is the last day in time; the day after it is
overdue. How an `every` is read:

    {weeks: 2}            at the latest two weeks after the last time
    {days: 1}             the next working day, Monday to Friday
    {weeks: 1, times: 1}  once in each ISO week, from the first whole week on
    {months: 1}           once in each month counted from the start (so with times: n)
    {times: 1}            once per stay on a step

Pauses push a date forward by their days; a week or month wholly paused asks for nothing, and so
does a window that has been let pass (an `exemption`) or in which everything is closed.

No due day lies where nobody works (`days_off.place`). A number of the source must not be late: its
day goes back. A number of ours may wait: its day goes forward. What is late is judged by the last
day in time all the same, so that moving a day never makes anybody late.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count

from stegvis.core.programme.model import Cadence, Programme
from stegvis.core.progression import exemptions
from stegvis.core.progression.days_off import ALWAYS_OPEN, DAY, DaysOff, next_open, place
from stegvis.core.progression.facts import Fact, Reason
from stegvis.core.progression.measures import View, wholly_paused
from stegvis.core.progression.moves import step_name
from stegvis.core.progression.road import Road, Stay
from stegvis.core.values.periods import Period, Week, add_months
from stegvis.core.values.sentences import Sentence

WEEK = timedelta(weeks=1)
DECIDE_END = "decide_end_or_extension"


@dataclass(frozen=True, slots=True)
class Due:
    """`what`: a cadence's code, or `decide_end_or_extension`; `by` None: no date is set anywhere.

    `earliest`: from when it may be done, or asked about. `by`: the day to plan for, one on which
    somebody works. `latest`: the last day in time, as the programme counts it. Late is who is past
    both. `window`: what an exemption would let pass; None where only a decision answers."""

    what: str
    by: date | None
    because: Reason
    earliest: date | None = None
    overdue: bool = False
    latest: date | None = None
    window: Period | None = None
    missed: int = 0  # whole times that have gone by without

    @property
    def late_from(self) -> date | None:
        """The first day on which it is late."""
        days = [day for day in (self.by, self.latest) if day is not None]
        return max(days) + DAY if days else None


@dataclass(frozen=True, slots=True)
class Earlier:
    """The version the enrolment stood on before, and the day it went over."""

    programme: Programme
    until: date


def due(
    programme: Programme,
    road: Road,
    *,
    off: DaysOff = ALWAYS_OPEN,
    before: Earlier | None = None,
) -> tuple[Due, ...]:
    """What is due next of each kind, the most pressing first; nothing while on a pause. `before`:
    a cadence that another version changed re-plans only what lies ahead of the change."""
    if road.paused:
        return ()
    asking = _Asking(programme, road, off)
    found = [
        item
        for cadence in programme.cadences
        if cadence.of != "unit" and (item := _planned(asking, cadence, before)) is not None
    ]
    found += _decisions(asking)
    return tuple(sorted(found, key=lambda item: (item.by or date.max, item.what)))


@dataclass(frozen=True, slots=True)
class _Asking:
    programme: Programme
    road: Road
    off: DaysOff


def _planned(asking: _Asking, cadence: Cadence, before: Earlier | None) -> Due | None:
    found = _of_cadence(asking, cadence)
    if before is None or found is None:
        return found
    earlier = next((c for c in before.programme.cadences if c.code == cadence.code), None)
    if earlier and _spans(before.programme, earlier) == _spans(asking.programme, cadence):
        return found
    stood = (
        _of_cadence(_Asking(before.programme, asking.road, asking.off), earlier)
        if earlier
        else None
    )
    if stood and stood.late_from and stood.late_from <= before.until:
        return stood  # late before the change is late after it
    if found.late_from is None or found.late_from > before.until:
        return found
    return _of_cadence(asking, cadence, not_before=before.until)


def _spans(programme: Programme, cadence: Cadence) -> list[dict[str, float | None]]:
    spans = (cadence.every, cadence.within, cadence.earliest, cadence.lasts)
    return [{unit: amount(programme, value) for unit, value in one.items()} for one in spans]


def _of_cadence(asking: _Asking, cadence: Cadence, *, not_before: date | None = None) -> Due | None:
    programme, road = asking.programme, asking.road
    after_exit = cadence.starts == "exit"
    if (road.exited is not None) is not after_exit or (road.enrolled is None and not after_exit):
        return None
    start, stay = _start(road, cadence)
    if start is None or not _is_for(programme, road, cadence):
        return None
    lasts = _days_on(programme, cadence.lasts, start)
    if lasts is not None and road.on >= lasts:
        return None
    start = max(start, not_before or start)
    events = [fact.on for fact in View(road).happened(cadence.event)]
    if cadence.within:
        return _once(asking, cadence, start=start, events=events)
    every = {unit: amount(programme, value) for unit, value in cadence.every.items()}
    amounts = {unit: amount for unit, amount in every.items() if amount}
    if not amounts or len(amounts) < len(every):
        return None  # the source has a word for how often, and nobody has put a number to it
    return _again(asking, cadence, amounts, start=start, events=events, stay=stay)


def _is_for(programme: Programme, road: Road, cadence: Cadence) -> bool:
    """KN-31: a cadence that names the scheme of the referral stands instead of the one that names
    none for the same event."""
    if cadence.schemes:
        return road.scheme in cadence.schemes
    return not any(
        other.event == cadence.event and road.scheme in other.schemes
        for other in programme.cadences
    )


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


def _once(asking: _Asking, cadence: Cadence, *, start: date, events: list[date]) -> Due | None:
    programme, road = asking.programme, asking.road
    let_pass = any(x.until is None or x.until > start for x in _exempted(road, cadence))
    if let_pass or any(day >= start for day in events):
        return None
    end = _days_on(programme, cadence.within, start)
    if end is None:
        return None
    first = _days_on(programme, cadence.earliest, start)
    told = {} if first is None else {"earliest": _pushed(road, start, first)}
    window = _Window(start, told.get("earliest", start), _pushed(road, start, end))
    return _dated(asking, cadence, window, "once", {"start": start, **told})


def _again(
    asking: _Asking,
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
        windows = _windows(every, start, asking.road.on)
        return _windowed(asking, cadence, windows, events=inside, times=times)
    if "weeks" in every or "days" in every:
        return _rolling(asking, cadence, every, start=start, events=events)
    since = stay.since if stay else start
    if sum(day >= since for day in events) >= times:
        return None
    reason = Reason("due_per_step", {"what": cadence.texts, "since": since})
    return Due(cadence.code, None, reason)


def _rolling(
    asking: _Asking,
    cadence: Cadence,
    every: Mapping[str, float],
    *,
    start: date,
    events: list[date],
) -> Due:
    road = asking.road
    last = max([start, *events])
    base = max([last, *exemptions.counted_from(road, cadence, events)])
    end = base + timedelta(weeks=every.get("weeks", 0))
    end = _pushed(road, base, _working_days(asking.off, end, every.get("days", 0)))
    code = "since_last" if any(day >= start for day in events) else "since_start"
    values = {"last": last, "days": (road.on - last).days}
    found = _dated(asking, cadence, _Window(base + DAY, base + DAY, end), code, values)
    return replace(found, missed=max(0, (road.on - base).days - 1) // max(1, (end - base).days))


def _windowed(
    asking: _Asking, cadence: Cadence, windows: list[Period], *, events: list[date], times: int
) -> Due | None:
    """The window that last passed without, as long as nothing has come since; else the present
    one while it is without."""
    for period in windows:
        assert period.until is not None  # noqa: S101  windows are closed
        end = period.until - DAY
        passed = period.until <= asking.road.on
        late = passed and any(day >= period.until for day in events)
        enough = sum(day in period for day in events) >= times
        let_pass = wholly_paused(asking.road, period) or exemptions.passes(
            asking.road, cadence, end
        )
        if late or enough or let_pass:
            continue
        placed = place(asking.off, end, first=period.since, may_wait=False)
        if placed is None:
            continue  # all of it was closed: nobody could have
        values = {"since": period.since, "until": end}
        code = "window_passed" if passed else "window"
        window = _Window(period.since, period.since, end, whole=True)
        return _dated(asking, cadence, window, code, values)
    return None


@dataclass(frozen=True, slots=True)
class _Window:
    """`since` to `latest`, and `first`, the first day on which it counts. `whole`: a week or month
    of its own; the others reach to the day on which somebody lets them pass."""

    since: date
    first: date
    latest: date
    whole: bool = False


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


def _dated(
    asking: _Asking,
    cadence: Cadence,
    window: _Window,
    code: str,
    values: Mapping[str, object],
) -> Due:
    """The due day of a window, put where somebody works, with the sentence that says so."""
    on, latest = asking.road.on, window.latest
    may_wait = not window.whole and _is_ours(asking.programme, cadence)
    placed = place(asking.off, latest, first=window.first, may_wait=may_wait)
    day, moved = (
        (placed.day, placed.moved) if placed else (next_open(asking.off, latest), "moved_after")
    )
    last = max(day, latest)
    overdue = on > last
    said = {"what": cadence.texts, "by": last if overdue else day, **values}
    if overdue:
        said["late"] = (on - last).days
    reason = Reason(f"{'overdue' if overdue else 'due'}_{code}", said)
    if moved and not overdue:
        reason = _moved(reason, moved, latest)
    end = latest if window.whole else max(last, on)
    return Due(
        cadence.code, day, reason, window.first, overdue, latest, Period(window.since, end + DAY)
    )


def _moved(reason: Reason, moved: str, latest: date) -> Reason:
    values = {**reason.values, "reason": Sentence(reason.code, reason.values), "latest": latest}
    return Reason(moved, values)


def _is_ours(programme: Programme, cadence: Cadence) -> bool:
    """Whether how often, or how soon, is a number of ours rather than of the source."""
    named = [value for span in (cadence.every, cadence.within) for value in span.values()]
    settings = [
        programme.settings[v] for v in named if isinstance(v, str) and v in programme.settings
    ]
    return bool({"every", "within"} & set(cadence.ours)) or any(one.ours for one in settings)


def _exempted(road: Road, cadence: Cadence) -> tuple[Fact, ...]:
    return exemptions.of_cadence(road, cadence.code)


def _decisions(asking: _Asking) -> list[Due]:
    """AJ-33: the end of a time-limited step is when someone decides; it ends nothing by itself."""
    programme, road = asking.programme, asking.road
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
        asked = add_months(ends + DAY, -1)  # to the end of June: asked about from 1 June
        placed = place(asking.off, ends, first=max(asked, stay.since), may_wait=False)
        values = {"step": step_name(programme, step, road.track), "by": ends}
        reason = Reason("overdue_decision" if overdue else "due_decision", values)
        day = placed.day if placed else ends
        if placed and placed.moved and not overdue:
            reason = _moved(reason, placed.moved, ends)
        found.append(Due(DECIDE_END, day, reason, asked, overdue, ends))
    return found


def planned_end(road: Road, stay: Stay) -> tuple[date | None, bool]:
    """The last planned day of a stay, and whether its ending has been decided. What was decided of
    earlier work says nothing of work that was given after it."""
    ends, since = stay.ends, stay.since
    for fact in road.of("work_assignment"):
        if fact.on >= stay.since and fact.values.get("ends"):
            ends, since = fact.values["ends"], fact.on
    for fact in road.of("decision"):
        if fact.on < since:
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


def _working_days(off: DaysOff, day: date, days: float) -> date:
    """So many days later, Saturdays, Sundays and closed days not counted."""
    working = replace(off, weekends=True)
    for _ in range(int(days)):
        day = next_open(working, day)
    return day


def _pushed(road: Road, start: date, end: date) -> date:
    """`end`, later by every paused day between."""
    for pause in road.pauses:
        if pause.until is None or pause.until <= start or pause.since > end:
            continue
        end += pause.until - max(pause.since, start)
    return end
