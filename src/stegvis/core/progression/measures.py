"""What the automatic criteria measure, from recorded facts. What is not known is never zero.

The names and parameters are those of core/programme/measures. Every measure answers with a
Finding; where records leave a figure open the measure works with the interval of what may be true
and says met or not met only when both ends say so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from stegvis.core.progression.events import holds, patterns
from stegvis.core.progression.facts import Fact, Reason
from stegvis.core.progression.road import Road
from stegvis.core.values.periods import Period, Week, monthly_windows
from stegvis.core.values.presence import between

WORKING_DAYS = 5
DAYS_IN_WEEK = 7
MINUTES = 60


class State(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"  # not recorded, or recorded so that it may be either
    TO_JUDGE = "to_judge"  # a person has to say


@dataclass(frozen=True, slots=True)
class Finding:
    state: State
    because: Reason
    evidence: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """The facts a criterion may look at: the road's, after `after` when something began anew."""

    road: Road
    after: date | None = None

    @property
    def on(self) -> date:
        return self.road.on

    def of(self, kind: str) -> tuple[Fact, ...]:
        facts = self.road.kinds.get(kind, ())
        if self.after is None:
            return facts
        return tuple(fact for fact in facts if fact.on > self.after)

    def happened(self, event: str, also: Mapping[str, Any] | None = None) -> list[Fact]:
        """The facts that count as the event and hold the further values, by day."""
        several = patterns(event)
        found = [
            fact
            for kind, wanted in several
            for fact in self.of(kind)
            if (not wanted or holds(fact, wanted)) and (not also or holds(fact, also))
        ]
        if len(several) > 1:
            found.sort(key=_on)
        return found


def _on(fact: Fact) -> date:
    return fact.on


type Measure = Callable[[View, Mapping[str, Any]], Finding]


def attendance_share(view: View, needs: Mapping[str, Any]) -> Finding:
    """INV-22: attended of expected time, approved leave in neither, over the last weeks."""
    rows = view.of("attendance")
    span = timedelta(weeks=needs["weeks"])
    inside = [fact for fact in rows if view.on - span < fact.on]
    if not inside:
        return _unknown("attendance_none", weeks=needs["weeks"])
    if rows[0].on > view.on - span + timedelta(weeks=1):
        return _unknown("attendance_too_short", weeks=needs["weeks"], since=rows[0].on)
    least, most, expected, unweighed = _attended(inside)
    if expected == 0 or unweighed:
        return _unknown("attendance_unweighed", weeks=needs["weeks"], n=unweighed)
    wanted = Decimal(str(needs["at_least"])) * expected
    values = {
        "low": _percent(least, expected),
        "high": _percent(most, expected),
        "wanted": Decimal(str(needs["at_least"])) * 100,
        "hours": Decimal(expected) / MINUTES,
        "weeks": needs["weeks"],
    }
    seen = (inside[0].on, inside[-1].on)
    code = "attendance_share" if least == most else "attendance_between"
    return Finding(_verdict(least >= wanted, most >= wanted), Reason(code, values), seen)


def _attended(rows: list[Fact]) -> tuple[Decimal, Decimal, Decimal, int]:
    """Least and most attended minutes, expected minutes, and rows without expected hours."""
    least, most, total, unweighed = Decimal(), Decimal(), Decimal(), 0
    for fact in rows:
        values = fact.values
        if values.get("approved") or values["status"] == "leave":
            continue
        hours = values.get("expected_hours")
        if hours is None:
            unweighed += 1
            continue
        expected = Decimal(str(hours)) * MINUTES
        low, high = _minutes(values, expected)
        least, most, total = least + low, most + high, total + expected
    return least, most, total, unweighed


def _minutes(values: Mapping[str, Any], expected: Decimal) -> tuple[Decimal, Decimal]:
    """Between which minutes the attended time of one row lies."""
    hours, late = values.get("attended_hours"), values.get("late_minutes")
    return between(
        values["status"],
        expected,
        attended=None if hours is None else Decimal(str(hours)) * MINUTES,
        late=None if late is None else Decimal(str(late)),
    )


def late_count(view: View, needs: Mapping[str, Any]) -> Finding:
    """Late at most so many times in the last weeks; a day of unknown attendance may be one."""
    span = timedelta(weeks=needs["weeks"])
    rows = view.of("attendance")
    inside = [fact for fact in rows if view.on - span < fact.on]
    if not inside:
        return _unknown("attendance_none", weeks=needs["weeks"])
    if rows[0].on > view.on - span + timedelta(weeks=1):
        return _unknown("attendance_too_short", weeks=needs["weeks"], since=rows[0].on)
    late = [
        fact
        for fact in inside
        if fact.values["status"] == "late" or fact.values.get("late_minutes")
    ]
    open_days = sum(fact.values["status"] == "unknown" for fact in inside)
    values = {
        "n": len(late),
        "open": open_days,
        "at_most": needs["at_most"],
        "weeks": needs["weeks"],
        "days": len(inside),
    }
    state = _verdict(len(late) + open_days <= needs["at_most"], len(late) <= needs["at_most"])
    code = "late_count_open" if open_days else "late_count"
    seen = tuple(fact.on for fact in late) or (inside[0].on, inside[-1].on)
    return Finding(state, Reason(code, values), seen)


def planned_weeks(view: View, needs: Mapping[str, Any]) -> Finding:
    """AJ-31: whole weeks planned by the person and carried out; four days of five is none."""
    first = view.on - timedelta(weeks=needs["within_weeks"])
    latest = {Week.parse(fact.values["week"]): fact for fact in view.of("planned_week")}
    own = {
        week: fact
        for week, fact in latest.items()
        if week.monday > first and fact.values["planned_by"] == "participant"
    }
    if not own:
        return _unknown("planned_weeks_none", weeks=needs["within_weeks"])
    whole = {week: _whole(fact) for week, fact in own.items()}
    sure = [week for week, (least, _) in whole.items() if least]
    maybe = [week for week, (_, most) in whole.items() if most]
    days = max(fact.values.get("days_done") or 0 for fact in own.values())
    values = {"n": len(sure), "wanted": needs["weeks"], "days": days}
    state = _verdict(len(sure) >= needs["weeks"], len(maybe) >= needs["weeks"])
    return Finding(state, Reason("planned_weeks", values), tuple(sorted(own[w].on for w in sure)))


def _whole(fact: Fact) -> tuple[bool, bool]:
    """Whether the whole week certainly was, and may have been, planned and carried out."""
    days = fact.values.get("days") or WORKING_DAYS
    counts = (fact.values.get("days_planned"), fact.values.get("days_done"))
    known = [count for count in counts if count is not None]
    may_be = all(count >= days for count in known)
    return may_be and len(known) == len(counts), may_be


def ordinary_hours_in_month(view: View, needs: Mapping[str, Any]) -> Finding:
    """INV-11: ordinary paid hours of a calendar month; practice and subsidised hours never count.
    One row per month and employer, the latest correction is the one that holds."""
    rows = view.of("hours")
    if not rows:
        return _unknown("hours_none", hours=needs["hours"])
    wanted = Decimal(str(needs["hours"]))
    months = hours_by_month(rows)
    enough = sorted(month for month, (sure, _, _) in months.items() if sure >= wanted)
    maybe = [month for month, (sure, is_open, _) in months.items() if is_open or sure >= wanted]
    best = max(months, key=lambda month: (months[month][0], month))
    values = {
        "n": len(enough),
        "months": needs["months"],
        "hours": months[best][0],
        "month": best,
        "wanted": wanted,
    }
    state = _verdict(len(enough) >= needs["months"], len(maybe) >= needs["months"])
    seen = tuple(sorted(months[month][2] for month in enough))
    return Finding(state, Reason("hours_month", values), seen)


def hours_by_month(rows: tuple[Fact, ...]) -> dict[str, tuple[Decimal, bool, date]]:
    """Per month: the ordinary hours known, whether a row leaves them open, and the day the row
    that completed the picture came in."""
    latest = {(f.values["month"], f.values.get("employer")): f for f in rows}
    months: dict[str, tuple[Decimal, bool, date]] = {}
    for (month, _), fact in latest.items():
        hours = fact.values.get("ordinary")
        sure, is_open, on = months.get(month, (Decimal(), False, fact.on))
        known = Decimal() if hours is None else Decimal(str(hours))
        months[month] = (sure + known, is_open or hours is None, max(on, fact.on))
    return months


def category_is(view: View, needs: Mapping[str, Any]) -> Finding:
    filed = view.road.categories.get(needs["set"], ())
    if not filed:
        return _unknown("category_none")
    last = filed[-1]
    state = State.MET if last.code == str(needs["category"]) else State.NOT_MET
    values = {"category": last.code, "wanted": str(needs["category"]), "on": last.on}
    return Finding(state, Reason("category_is", values), (last.on,))


def recorded(view: View, needs: Mapping[str, Any]) -> Finding:
    """A fact of that kind, or event of that name, with the values asked for."""
    wanted = {name: value for name, value in needs.items() if name != "fact"}
    found = view.happened(needs["fact"], wanted)
    if not found:
        return Finding(State.NOT_MET, Reason("not_recorded"))
    days = tuple(fact.on for fact in found)
    return Finding(State.MET, Reason("recorded", {"on": days[-1]}), days)


def answered(view: View, needs: Mapping[str, Any]) -> Finding:
    """Something is written in the field of the latest such fact."""
    found = view.happened(needs["fact"])
    if not found:
        return Finding(State.NOT_MET, Reason("not_recorded"))
    last = found[-1]
    if last.values.get(needs["field"]) in (None, "", (), []):
        return Finding(State.NOT_MET, Reason("not_answered", {"on": last.on}), (last.on,))
    return Finding(State.MET, Reason("answered", {"on": last.on}), (last.on,))


def monthly(view: View, needs: Mapping[str, Any]) -> Finding:
    """So many events in each monthly window since the latest start and while it lasts; wholly
    paused windows and the one still running do not count."""
    own = {"fact", "per_month", "months", "starts"}
    starts = view.happened(needs["starts"])
    if not starts:
        return _unknown("monthly_not_started")
    ended = min(view.on, starts[-1].until or view.on)
    done = [
        window
        for window in monthly_windows(starts[-1].on, needs["months"])
        if window.until and window.until <= ended and not wholly_paused(view.road, window)
    ]
    wanted = {name: value for name, value in needs.items() if name not in own}
    events = [fact.on for fact in view.happened(needs["fact"], wanted)]
    kept = [w for w in done if sum(day in w for day in events) >= needs["per_month"]]
    if not done:
        return _unknown("monthly_running", until=next(monthly_windows(starts[-1].on, 1)).until)
    missed = next((window for window in done if window not in kept), None)
    values: dict[str, Any] = {"n": len(kept), "of": len(done)}
    if missed is None:
        return Finding(State.MET, Reason("monthly_kept", values), tuple(events))
    values |= {"since": missed.since, "until": (missed.until or missed.since) - timedelta(days=1)}
    return Finding(State.NOT_MET, Reason("monthly_missed", values), tuple(events))


def scale_at_least(view: View, needs: Mapping[str, Any]) -> Finding:
    readings = view.road.readings.get(needs["ladder"], ())
    if not readings:
        return _unknown("scale_none")
    last = readings[-1]
    state = State.MET if last.level >= needs["at_least"] else State.NOT_MET
    values = {"level": last.level, "wanted": needs["at_least"], "on": last.on}
    return Finding(state, Reason("scale_level", values), (last.on,))


MEASURES: Mapping[str, Measure] = {
    "attendance_share": attendance_share,
    "late_count": late_count,
    "planned_weeks": planned_weeks,
    "ordinary_hours_in_month": ordinary_hours_in_month,
    "category_is": category_is,
    "recorded": recorded,
    "answered": answered,
    "monthly": monthly,
    "scale_at_least": scale_at_least,
}

READS: Mapping[str, tuple[str, ...]] = {
    "attendance_share": ("attendance",),
    "late_count": ("attendance",),
    "planned_weeks": ("planned_week",),
    "ordinary_hours_in_month": ("hours",),
    "category_is": ("category", "screening"),
    "scale_at_least": ("scale_reading",),
}
"""The kinds of facts each measure reads, beside those its parameters name."""

CORRECTED_BY: Mapping[str, tuple[str, ...]] = {
    "hours": ("month", "employer"),
    "planned_week": ("week",),
}
"""Kinds whose later row about the same thing replaces the earlier one."""


def wholly_paused(road: Road, window: Period) -> bool:
    return any(
        pause.since <= window.since
        and (pause.until is None or (window.until is not None and window.until <= pause.until))
        for pause in road.pauses
    )


def _verdict(surely: bool, possibly: bool) -> State:  # noqa: FBT001  a pair of one kind
    if surely:
        return State.MET
    return State.UNKNOWN if possibly else State.NOT_MET


def _unknown(code: str, **values: Any) -> Finding:
    return Finding(State.UNKNOWN, Reason(code, values))


def _percent(part: Decimal, whole: Decimal) -> Decimal:
    """Rounded down to a tenth, so that 89.96 % does not read as the 90 % it is not."""
    return (part * 1000 / whole).to_integral_value(rounding="ROUND_FLOOR") / 10
