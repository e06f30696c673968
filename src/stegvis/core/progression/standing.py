"""Where someone stands: per ladder, scale and category, what is asked next, and what to notice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from stegvis.core.programme.model import Category, Entry, Ladder, LadderKind, Programme, Step
from stegvis.core.progression.criteria import ENTRY, Condition, Judge, still_lacking
from stegvis.core.progression.dues import planned_end
from stegvis.core.progression.facts import Reason
from stegvis.core.progression.measures import State
from stegvis.core.progression.moves import (
    excepted,
    outside_programme,
    step_name,
    unanswered_drop_out,
)
from stegvis.core.progression.road import STOOD_ON, Filed, Reading, Road, Stay

LONG_STAY = "long_step_days"
"""The setting after how many days on a step someone is asked to look; without it nobody is."""

INCOME = "income_sources"
"""The vocabulary of a programme that asks what the person lives on."""


@dataclass(frozen=True, slots=True)
class OnLadder:
    """`current` None: not entered, in a gap, or ended. `passed`, `skipped`, `ahead` hold the codes
    of the other steps: been on, gone past without, not reached."""

    ladder: str
    kind: LadderKind
    current: Stay | None
    days: int | None
    passed: tuple[str, ...]
    skipped: tuple[str, ...]
    ahead: tuple[str, ...]
    stays: tuple[Stay, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    on: date
    referred: date | None
    enrolled: date | None
    exited: date | None
    paused_since: date | None
    ladders: tuple[OnLadder, ...]
    readings: Mapping[str, Reading]  # the latest, by scale ladder
    categories: Mapping[str, Filed]  # the latest, by category set
    conditions: tuple[Condition, ...]  # all criteria asked now, met or not
    notices: tuple[Reason, ...]


def standing(programme: Programme, road: Road, *, judge: Judge | None = None) -> Standing:
    judge = judge or Judge(programme, road)
    return Standing(
        on=road.on,
        referred=road.referred,
        enrolled=road.enrolled,
        exited=road.exited,
        paused_since=road.pauses[-1].since if road.paused else None,
        ladders=tuple(_on(road, ladder) for ladder in programme.ladders if ladder.kind in STOOD_ON),
        readings={code: readings[-1] for code, readings in road.readings.items()},
        categories={code: filed[-1] for code, filed in road.categories.items()},
        conditions=conditions(programme, road, judge=judge),
        notices=tuple(notices(programme, road)),
    )


def lacking(
    programme: Programme, road: Road, *, judge: Judge | None = None
) -> tuple[Condition, ...]:
    """What is not met of what is asked now: not met, unknown, or for a person to judge."""
    return still_lacking(conditions(programme, road, judge=judge))


def conditions(
    programme: Programme, road: Road, *, judge: Judge | None = None
) -> tuple[Condition, ...]:
    """The criteria for the way in, for leaving the present step and entering the next."""
    if road.exited is not None:
        return ()
    judge = judge or Judge(programme, road)
    found = list(_way_in(programme, road))
    for ladder in programme.ladders:
        if ladder.kind not in STOOD_ON or not ladder.steps:
            continue
        current = road.current(ladder.code)
        if current is not None:
            here = _step(ladder, current)
            found += judge.leaving(here)
            after = next((s for s in ladder.steps if s.ordinal == here.ordinal + 1), None)
            found += judge.entering(after) if after else ()
        elif (
            ladder.entry is Entry.FIRST and not ladder.optional and not road.stays.get(ladder.code)
        ):
            found += judge.entering(ladder.steps[0])
    return tuple(found)


def _way_in(programme: Programme, road: Road) -> Iterator[Condition]:
    """AJ-01: what is asked before any step. Met and unmet alike, so that it can be shown."""
    if programme.requires_referral:
        if road.referred is None:
            yield Condition("referral", "", ENTRY, State.NOT_MET, Reason("no_referral"))
        else:
            reason = Reason("referral", {"on": road.referred})
            yield Condition("referral", "", ENTRY, State.MET, reason, (road.referred,))
    if road.enrolled is None:
        yield Condition("enrolment", "", ENTRY, State.NOT_MET, Reason("no_enrolment"))


def _on(road: Road, ladder: Ladder) -> OnLadder:
    stays = road.stays.get(ladder.code, ())
    current = road.current(ladder.code)
    been = {stay.step for stay in stays}
    past = {code for stay in stays for code in stay.skipped} - been
    here = current.step if current else None
    codes = [step.code for step in ladder.steps]
    return OnLadder(
        ladder=ladder.code,
        kind=ladder.kind,
        current=current,
        days=current.days(road.on) if current else None,
        passed=tuple(code for code in codes if code in been and code != here),
        skipped=tuple(code for code in codes if code in past),
        ahead=tuple(code for code in codes if code not in been and code not in past),
        stays=stays,
    )


def notices(programme: Programme, road: Road) -> Iterator[Reason]:
    """What someone should look at. A notice never hinders anything."""
    yield from _income_notices(programme, road)
    if road.exited is not None:
        return
    yield from _category_notices(programme, road)
    yield from _drop_out_notices(programme, road)
    for ladder in programme.ladders:
        stay = road.current(ladder.code)
        if stay is not None:
            yield from _stay_notices(programme, road, _step(ladder, stay), stay)
        for other in road.stays.get(ladder.code, ()):
            if other.gap_days and not other.imported:
                yield Reason("gap", {"since": other.since, "days": other.gap_days})


def _income_notices(programme: Programme, road: Road) -> Iterator[Reason]:
    """AJ-62: what one lives on is asked for at entry and exit where the programme names sources;
    "unknown" is an answer."""
    if INCOME not in programme.vocabularies or road.enrolled is None:
        return
    told = {fact.values.get("at") for fact in road.of("income_source")}
    if "entry" not in told:
        yield Reason("income_not_told_entry")
    if road.exited is not None and "exit" not in told:
        yield Reason("income_not_told_exit")


def _category_notices(programme: Programme, road: Road) -> Iterator[Reason]:
    """INV-14 as advice, and the expected pairing of category and step (AJ-63)."""
    outside = outside_programme(programme, road)
    if outside is not None:
        yield outside
    for group in programme.category_sets:
        filed = road.categories.get(group.code)
        for category in group.categories:
            if filed and category.code == filed[-1].code and category.expected_steps:
                yield from _unexpected(programme, road, category)


def _unexpected(programme: Programme, road: Road, category: Category) -> Iterator[Reason]:
    """A category speaks of the ladder its expected steps are on, and of no other."""
    for ladder in programme.ladders:
        current = road.current(ladder.code)
        codes = {step.code for step in ladder.steps}
        if current is None or not codes.intersection(category.expected_steps):
            continue
        if current.step not in category.expected_steps:
            name = step_name(programme, _step(ladder, current), road.track)
            yield Reason("category_unexpected", {"category": category.texts, "step": name})


def _drop_out_notices(programme: Programme, road: Road) -> Iterator[Reason]:
    open_one = unanswered_drop_out(programme, road)
    if open_one is None:
        return
    rule, fact = open_one
    yield Reason("dropped_out", {"on": fact.on})
    exception = excepted(rule, road, fact.on)
    for other in road.of("exception"):
        if other.on >= fact.on and other is not exception and exception is None:
            yield Reason("exception_wrong_role", {"by": other.values.get("by", "")})
    if exception is not None:
        yield Reason("excepted", {"exception": rule.exceptions[exception.values["code"]]})


def _stay_notices(programme: Programme, road: Road, step: Step, stay: Stay) -> Iterator[Reason]:
    days = stay.days(road.on)
    name = step_name(programme, step, road.track)
    long_stay = programme.settings.get(LONG_STAY)
    if step.duration_weeks and days > step.duration_weeks[1] * 7:
        yield Reason("stay_longer", {"step": name, "days": days, "weeks": step.duration_weeks[1]})
    elif long_stay and isinstance(long_stay.value, int) and days >= long_stay.value:
        yield Reason("stay_long", {"step": name, "days": days})
    if stay.support and step.support and stay.support != step.support:
        yield Reason("support_differs", {"step": name})
    if step.time_limited:
        ends, decided = planned_end(road, stay)  # INV-15 as advice
        if ends is None and not decided:
            yield Reason("no_end_date", {"step": name})


def _step(ladder: Ladder, stay: Stay) -> Step:
    return next(step for step in ladder.steps if step.code == stay.step)
