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
from stegvis.journey.reports.models import ReportLine
from stegvis.journey.standing.models import Judged, StepPeriod
from stegvis.journey.steps.models import StepDecision
from stegvis.journey.steps.words import named
from stegvis.platform.ui.dates import long_day

Section = ReportLine.Section
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
    """What is read of one enrolment for a report; `decisions` are those that stand."""

    enrolment: Enrolment
    programme: Programme
    facts: tuple[Fact, ...]
    periods: Sequence[StepPeriod]
    decisions: Sequence[StepDecision]
    judged: Sequence[Judged]
    orders: Sequence[OrderLine]
    track: str
    lang: str


def drafted(record: Record, period: Period) -> list[Draft]:
    """Every section, in the language that is active; one without a record is there and empty."""
    makers: Sequence[tuple[str, str, Callable[[Record, Period], Iterator[str]], bool]] = (
        (Section.DONE, "steps", _done, False),
        (Section.DECISIONS, "steps", _grounds, True),
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
    sought = sum(
        1
        for fact in record.facts
        if fact.on in period and "job_search" in (fact.values.get("what"), fact.kind)
    )
    if sought:
        yield ngettext(
            "Has looked for work %(n)s time.", "Has looked for work %(n)s times.", sought
        ) % {"n": sought}


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
