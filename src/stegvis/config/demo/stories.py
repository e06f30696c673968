"""How people walk: at their own pace, now and then past a step, back, or on a pause (AJ-03, AJ-04,
AJ-05). The figures are ours; they give stairs that look like those of a real unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from stegvis.config.demo.case import Case
from stegvis.config.demo.plan import days, working_day
from stegvis.core.programme.model import CategorySet, LadderKind

WEEK = 7
SHORTEST_STAY = 10  # days
INSTRUMENT = {"need_category": "Instrument X", "screening_group": ""}


@dataclass(frozen=True, slots=True)
class Pace:
    """`weeks`: how long a step usually takes; `entry`: how likely one begins on each step;
    `skips`, `backs`, `stays`: of a hundred decisions."""

    weeks: tuple[float, ...]
    entry: tuple[float, ...]
    skips: int = 6
    backs: int = 9
    stays: int = 12
    incomes: tuple[str, ...] = ("income_support", "activity_support", "sickness_benefit", "unknown")
    wage: str = "wage"
    exits: Mapping[str, str] = field(default_factory=dict)  # our reason → the programme's own


PACES: Mapping[str, Pace] = {
    "jobbtrappa": Pace(
        weeks=(6, 16, 22, 26, 15, 30),
        entry=(0.72, 0.13, 0.08, 0.04, 0.03, 0),
        incomes=("forsorjningsstod", "forsorjningsstod", "sjukersattning", "okand"),
        wage="lon",
    ),
    "flere_skal_med": Pace(
        weeks=(7, 32, 40),
        entry=(1, 0, 0),
        skips=0,
        backs=24,
        incomes=("kontanthjaelp", "kontanthjaelp", "kontanthjaelp", "ukendt"),
        wage="loen",
    ),
    "knut3_pv": Pace(weeks=(5, 12, 18, 24, 16, 26), entry=(0.9, 0.07, 0.03, 0, 0, 0)),
    "jobbinvest": Pace(
        weeks=(9, 18, 34, 30),
        entry=(1, 0, 0, 0),
        exits={
            "work": "own_support_work",
            "study": "own_support_education",
            "other_programme": "ordinary_programme",
        },
    ),
    "supported_employment": Pace(weeks=(6, 8, 14, 8, 50), entry=(0.85, 0.15, 0, 0, 0)),
}
LEAVING = ("dropout", "other_programme", "sick", "moved", "study")


def entry_step(case: Case, pace: Pace) -> int:
    steps = len(case.programme.primary.steps)
    return case.plan.rng.choices(range(1, steps + 1), pace.entry[:steps])[0]


def begin(case: Case, pace: Pace, ordinal: int, *, group: str = "") -> None:
    """The first day: what the person lives on, the need, the step one begins on. `group`: the
    screening group, where it is not one of those the programme is for."""
    since, step = case.enrolment["since"], case.step_at(ordinal)
    case.income("entry", case.plan.rng.choice(pace.incomes), since)
    for which in case.programme.category_sets:
        code = group or case.plan.rng.choice(_fitting(which, step.code))
        case.categorise(which.code, code, since, INSTRUMENT.get(which.code, ""))
    case.judge_all(step, since, of_ten=9)
    case.on_paper(step, since)
    case.decide(ordinal, since)


def _fitting(which: CategorySet, step: str) -> list[str]:
    """The categories whose expected steps hold this one; without expectations, all inside."""
    inside = [one for one in which.categories if one.in_programme]
    fitting = [one.code for one in inside if step in one.expected_steps]
    return fitting or [one.code for one in inside]


def _again(case: Case, on: dt.date) -> None:
    """The need is mostly looked at anew on a new step; an unexpected pairing is only noticed."""
    for which in case.programme.category_sets:
        filed = [r for r in case.of("standing.Category") if r["category_set"] == which.code]
        fitting = _fitting(which, case.step.code if case.step else "")
        if filed and filed[-1]["code"] not in fitting and case.plan.some(0.8):
            code = case.plan.rng.choice(fitting)
            case.categorise(which.code, code, on, INSTRUMENT.get(which.code, ""))


def walk(case: Case, pace: Pace, *, until: dt.date, after: dt.date | None = None) -> None:
    """From where the person stands, decision by decision, for as long as there is time; none
    before `after` (what lies before it has been told)."""
    while case.period:
        stay = _length(case, pace)
        since = max(case.of("steps.StepDecision")[-1]["effective_on"], after or dt.date.min)
        if case.plan.some(0.07):
            stay += _pause(case, since + days(stay / 3), until)
        on = working_day(since + days(stay))
        if on >= until or not _move(case, pace, on, until):
            return


def _length(case: Case, pace: Pace) -> int:
    assert case.period is not None  # noqa: S101 -- asked only of somebody who stands somewhere
    weeks = pace.weeks[min(case.period["ordinal"], len(pace.weeks)) - 1]
    return max(SHORTEST_STAY, int(weeks * WEEK * case.plan.rng.lognormvariate(0, 0.45)))


def _pause(case: Case, since: dt.date, until: dt.date) -> int:
    """A break of some weeks. It moves nobody; one that is not over stays open."""
    length = case.plan.rng.randint(15, 80)
    others = case.of("standing.Pause")
    if since >= until or any(p["until"] is None or p["until"] > since for p in others):
        return 0
    case.pause(since, since + days(length) if since + days(length) <= until else None)
    return length


def _move(case: Case, pace: Pace, on: dt.date, until: dt.date) -> bool:
    """One decision. False when the road has no further step."""
    assert case.period is not None  # noqa: S101 -- as above
    here, top = case.period["ordinal"], len(case.programme.primary.steps)
    rolled = case.plan.rng.randrange(100)
    if rolled < pace.stays:
        return _stay(case, here, on, until)
    if rolled < pace.stays + pace.backs and here > 1 and _may_fall(case):
        _back(case, here, on)
    elif here == top:
        return False
    elif 0 <= rolled - pace.stays - pace.backs < pace.skips and here + 2 <= top:
        _forward(case, here + 2, on)
    else:
        _forward(case, here + 1, on)
        _corrected(case, on, until)
    return True


def _forward(case: Case, ordinal: int, on: dt.date) -> None:
    step = case.step_at(ordinal)
    before = on - days(case.plan.rng.randint(1, 8))
    well_known = case.plan.some(0.85)
    case.judge_all(step, before, of_ten=10 if well_known else 7)
    if well_known:
        case.on_paper(step, before)
    case.decide(ordinal, on, review_on=on + days(case.plan.rng.randint(21, 50)))
    _again(case, on)


def _may_fall(case: Case) -> bool:
    """Where the model says what a drop-out leads to, people fall out of that step only."""
    rule = case.programme.transitions.drop_out
    return rule is None or bool(case.step and case.step.code == rule.from_step)


def _back(case: Case, here: int, on: dt.date) -> None:
    rule = case.programme.transitions.drop_out
    step = case.step
    if rule and step and step.code == rule.from_step:
        case.decide(case.programme.step(rule.restart_step).ordinal, on, drop_out=True)
    else:
        case.decide(here - 1, on, review_on=on + days(28))


def _stay(case: Case, here: int, on: dt.date, until: dt.date) -> bool:
    """Decided: a while longer here. Then the time here runs on, and may run out of `until`."""
    case.decide(here, on, review_on=on + days(case.plan.rng.randint(28, 60)))
    longer = working_day(on + days(case.plan.rng.randint(40, 160)))
    top = len(case.programme.primary.steps)
    if longer >= until or here == top:
        return False
    _forward(case, here + 1, longer)
    return True


def _corrected(case: Case, on: dt.date, until: dt.date) -> None:
    soon = working_day(on + days(3))
    if case.plan.some(0.025) and soon < until:
        case.correct(soon)


def finish(case: Case, pace: Pace, on: dt.date) -> None:
    """Leave: near the top mostly to work, lower down for reasons of many kinds."""
    assert case.period is not None  # noqa: S101 -- who has left cannot leave
    on = max(on, case.period["since"] + days(SHORTEST_STAY))
    share = case.period["ordinal"] / len(case.programme.primary.steps)
    at_work = case.plan.some(share * 0.75)
    reason = "work" if at_work else case.plan.rng.choice(LEAVING)
    income = pace.wage if at_work else case.of("intake.Income")[0]["source"]
    case.leave(on, pace.exits.get(reason, reason if not pace.exits else "other"), income)


def readings(case: Case, *, until: dt.date) -> None:
    """A reading of every scale each second or third month, mostly upwards (JI-32)."""
    for ladder in case.programme.ladders:
        if ladder.kind is not LadderKind.SCALE:
            continue
        level, on = 1, case.enrolment["since"] + days(14)
        while on < until:
            level = min(max(level + case.plan.rng.choice((0, 0, 1, 1, 1, -1)), 1), 5)
            own = min(5, level + case.plan.rng.choice((-1, 0, 0, 1))) or 1
            case.read_scale(ladder.code, level, working_day(on), own)
            on += days(case.plan.rng.randint(55, 95))


def due_today(case: Case, today: dt.date) -> None:
    """Everything that a person judges has been judged as met: somebody should decide."""
    if case.period is None or case.period["ordinal"] >= len(case.programme.primary.steps):
        return
    on = today - days(case.plan.rng.randint(1, 6))
    if on > case.period["since"]:
        case.judge_all(case.step_at(case.period["ordinal"] + 1), on)
