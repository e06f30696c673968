"""A report as it can be written from what is recorded: what somebody did and what has gone forward,
never what is lacking; codes and the programme's words, never anybody's notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stegvis.core.programme.model import Programme
from stegvis.core.progression.facts import Fact
from stegvis.core.values.periods import Period
from stegvis.core.values.texts import pick
from stegvis.journey.intake.models import Enrolment, OrderLine
from stegvis.journey.plans.facts import Stand
from stegvis.journey.plans.models import Goal, GoalReview
from stegvis.journey.reports.facts.reading import unfit_word
from stegvis.journey.reports.models import ReportLine
from stegvis.journey.standing.models import Judged, StepPeriod
from stegvis.journey.steps.models import StepDecision
from stegvis.journey.steps.words import named
from stegvis.platform.ui.dates import long_day

Section = ReportLine.Section
Status = GoalReview.Status
MOST_SAID = 6  # of one kind in one passage; a report is one page


@dataclass(frozen=True, slots=True)
class Draft:
    """One passage: where it stands, what it tells of, the words; `left_out`: not unless chosen."""

    section: str
    category: str
    text: str
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """What is read of one enrolment for a report; `decisions` are those that stand, `goals` those
    of the plan that applies, `sought` how often work was looked for in the report's days."""

    enrolment: Enrolment
    programme: Programme
    facts: tuple[Fact, ...]
    periods: Sequence[StepPeriod]
    decisions: Sequence[StepDecision]
    judged: Sequence[Judged]
    orders: Sequence[OrderLine]
    goals: Sequence[Stand]
    sought: int
    track: str
    lang: str


def drafted(record: Record, period: Period) -> list[Draft]:
    """Every section, in the language that is active; one without a record is there and empty."""
    makers: Sequence[tuple[str, str, Callable[[Record, Period], Iterator[str]], bool]] = (
        (Section.DONE, "steps", _done, False),
        (Section.DECISIONS, "steps", _grounds, True),
        (Section.GOALS, "goals", _goals, False),
        (Section.PROGRESS, "progress", _progress, False),
        (Section.JOB_SEEKING, "job_seeking", _job_seeking, False),
        (Section.ATTENDANCE, "attendance", _attendance, False),
        (Section.QUESTION, "progress", _nothing, False),
        (Section.NEXT, "steps", _next, False),
    )
    return [
        Draft(section, category, "\n".join(make(record, period)), left_out)
        for section, category, make, left_out in makers
    ]


def _nothing(record: Record, period: Period) -> Iterator[str]:
    """What only a person can write."""
    return iter(())


def _done(record: Record, period: Period) -> Iterator[str]:
    for row in record.periods:
        stay = Period(row.since, row.until)
        if row.voided_at is None and stay.overlap(period):
            name = named(record.programme, row.step, record.track)
            yield _("Step %(step)s since %(day)s.") % {"step": name, "day": long_day(row.since)}
    talks = sum(1 for fact in record.facts if fact.kind == "follow_up" and fact.on in period)
    if talks:
        yield ngettext(
            "We have followed up together %(n)s time.",
            "We have followed up together %(n)s times.",
            talks,
        ) % {"n": talks}


def _grounds(record: Record, period: Period) -> Iterator[str]:
    """What was ticked when a step was decided, in the programme's words. What was written freely
    was written for the case and stays there."""
    for row in record.decisions:
        if row.effective_on not in period:
            continue
        said = [_criterion(record, reason) or reason for reason in row.reasons]
        if said:
            yield "; ".join(said) + "."


def _criterion(record: Record, code: str) -> str:
    found = record.programme.criteria.get(code)
    return pick(found.texts, record.lang) if found else ""


def _goals(record: Record, period: Period) -> Iterator[str]:
    """The goals by their titles: those reached, those on their way, then those agreed on. That one
    goes slowly, was dropped or forgotten is not told, nor what was said of it."""
    said: dict[str, list[str]] = {Status.REACHED: [], Status.GOING: [], "": []}
    for one in _to_tell(record.goals):
        status = _told_as(one, period)
        if status is not None:
            said[status].append(" ".join(one.goal.text.split()).rstrip("."))
    words = {
        Status.REACHED: _("Reached: %(goal)s."),
        Status.GOING: _("On its way: %(goal)s."),
        "": _("Agreed goal: %(goal)s."),
    }
    lines = [words[status] % {"goal": text} for status, texts in said.items() for text in texts]
    yield from lines[:MOST_SAID]


def _to_tell(goals: Sequence[Stand]) -> Iterator[Stand]:
    """Never a change of a habit, nor what stands under one: they lead to talks about motivation;
    nor a goal in words that may not go out."""
    habits = {
        one.goal.thread
        for one in goals
        if one.goal.kind == Goal.Kind.BEHAVIOUR or one.goal.behaviour is not None
    }
    for one in goals:
        if not habits & {one.goal.thread, one.goal.under} and not unfit_word(one.goal.text):
            yield one


def _told_as(one: Stand, period: Period) -> str | None:
    """Reached or on its way, "" for agreed on and no more, None for not at all. What was reached
    before these days was told then; what was seen after them is told later."""
    if period.until is not None and one.set_on >= period.until:
        return None
    looked = one.reviewed_on
    if looked is None or (period.until is not None and looked >= period.until):
        return ""
    if one.status == Status.DROPPED or (one.status == Status.REACHED and looked < period.since):
        return None
    return one.status if one.status in {Status.REACHED, Status.GOING} else ""


def _progress(record: Record, period: Period) -> Iterator[str]:
    """What a person has judged as met, the latest of each; what is lacking is not told."""
    latest: dict[str, Judged] = {}
    for row in record.judged:
        if row.on in period:
            latest[row.criterion] = row
    met = [row for row in latest.values() if row.met and _criterion(record, row.criterion)]
    for row in sorted(met, key=lambda one: one.on, reverse=True)[:MOST_SAID]:
        words = _criterion(record, row.criterion)
        yield _("%(what)s, seen %(day)s.") % {"what": words, "day": long_day(row.on)}


def _job_seeking(record: Record, period: Period) -> Iterator[str]:
    """How often, never where or with what answer (AJ-36)."""
    if record.sought:
        yield ngettext(
            "Has looked for work %(n)s time.", "Has looked for work %(n)s times.", record.sought
        ) % {"n": record.sought}


def _attendance(record: Record, period: Period) -> Iterator[str]:
    days = [fact for fact in record.facts if fact.kind == "attendance" and fact.on in period]
    known = [fact for fact in days if fact.values.get("status") not in ("unknown", "leave")]
    if known:
        there = sum(fact.values.get("status") in ("present", "late") for fact in known)
        yield _("There on %(n)s of %(of)s days.") % {"n": there, "of": len(known)}


def _next(record: Record, period: Period) -> Iterator[str]:
    ahead: list[dt.date] = [
        row.review_on for row in record.decisions if row.review_on and row.review_on >= period.since
    ]
    if ahead and record.enrolment.until is None:
        yield _("We look at the step again on %(day)s.") % {"day": long_day(max(ahead))}
