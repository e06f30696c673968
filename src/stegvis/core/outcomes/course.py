"""How a course ran, read from roads: how soon after the plan, how long a match took, how contact
was kept, who broke off, what hours came of it. Figures of one person each; nobody's names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from stegvis.core.outcomes.fidelity import Tally
from stegvis.core.programme.model import Cadence, Programme
from stegvis.core.progression.dues import amount
from stegvis.core.progression.measures import View, hours_by_month
from stegvis.core.progression.road import Road
from stegvis.core.progression.windows import Kept, series

PLAN, ACTIVITY, AGREEMENT = "plan_agreed", "first_activity", "agreement"
BANDS = (30, 90, 180)  # days (ours): up to one month, three, six, and more


@dataclass(frozen=True, slots=True)
class Wait:
    """Days from the plan to the first activity, or so far. `most`: as many as the programme
    allows; None where it names no number."""

    days: int
    begun: bool
    most: int | None

    @property
    def kind(self) -> str:
        if self.most is None:
            return "unknown"
        if self.days > self.most:
            return "lacking"
        return "met" if self.begun else "not_due"


def most_days(programme: Programme) -> int | None:
    """Within how many days of the plan the first activity is asked for (FM-15)."""
    rule = _start_rule(programme)
    days = amount(programme, rule.within["days"]) if rule else None
    return int(days) if days else None


def _start_rule(programme: Programme) -> Cadence | None:
    for one in programme.cadences:
        if one.event == ACTIVITY and one.starts == PLAN and "days" in one.within:
            return one
    return None


def to_activity(programme: Programme, road: Road) -> Wait | None:
    """From the first plan to the first activity on that day or after it; None without a plan.
    What began before the plan was agreed had no wait."""
    view = View(road)
    plans = view.happened(PLAN)
    if not plans:
        return None
    planned = plans[0].on
    later = [fact.on for fact in view.happened(ACTIVITY) if fact.on >= planned]
    until = later[0] if later else road.exited or road.on
    return Wait((until - planned).days, bool(later), most_days(programme))


@dataclass(frozen=True, slots=True)
class Search:
    """A stay on the step that looks for a match. `open`: it goes on. `days`: to the agreement, or
    so far."""

    days: int
    agreed: bool
    open: bool
    since: date
    on: date | None  # of the agreement


def searches(programme: Programme, road: Road) -> list[Search]:
    """Of programmes that begin a step again after a drop-out: the stays on it (FM-43)."""
    rule = programme.transitions.drop_out
    if rule is None:
        return []
    signed = [fact.on for fact in road.of(AGREEMENT)]
    found = []
    for stay in road.stays.get(rule.ladder, ()):
        if stay.step != rule.restart_step:
            continue
        until = stay.until or road.on
        on = next((day for day in signed if stay.since <= day <= until), None)
        days = ((on or until) - stay.since).days
        found.append(Search(days, on is not None, stay.until is None, stay.since, on))
    return found


def ages(open_ones: Iterable[Search], on: date) -> dict[str, int]:
    """How many of the open ones are of each age, by the first day of the band."""
    found = dict.fromkeys(("0", *(str(days + 1) for days in BANDS)), 0)
    for one in open_ones:
        days = (on - one.since).days
        low = max((band + 1 for band in BANDS if days > band), default=0)
        found[str(low)] += 1
    return found


def months_kept(programme: Programme, road: Road, since: date, until: date) -> Tally:
    """Months of the first year that ended in [since, until): with contact, without (FM-35)."""
    found = series(programme, road)
    inside = [one.kept for one in found.windows if since <= one.last < until] if found else []
    return Tally(met=inside.count(Kept.MET), lacking=inside.count(Kept.MISSED))


def broke_off(road: Road, since: date, until: date) -> bool | None:
    """Whether a course at a company was broken off in [since, until); None: there was none."""
    if any(since <= fact.on < until for fact in road.of("drop_out")):
        return True
    there = [f for f in road.of("placement") if f.on < until and (not f.until or f.until > since)]
    return False if there else None


def ordinary(road: Road, since: date, until: date) -> dict[str, Decimal]:
    """Ordinary hours known by calendar month in [since, until), of months all of whose rows say."""
    low, high = f"{since:%Y-%m}", f"{until:%Y-%m}"
    months = hours_by_month(road.of("hours"))
    return {
        month: hours
        for month, (hours, is_open, _on) in months.items()
        if low <= month < high and not is_open
    }


def group_in(road: Road, category_set: str) -> str:
    """The latest category of a set; empty: none yet."""
    filed = road.categories.get(category_set, ())
    return filed[-1].code if filed else ""


def stands_on(programme: Programme, road: Road) -> str:
    """The step of the first ladder somebody stands on; empty: none."""
    stay = road.current(programme.primary.code)
    return stay.step if stay else ""
