"""What a decision rests on: the case as the core reads it, and the core's judgement of it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from stegvis.core.programme.model import Programme
from stegvis.core.progression.days_off import ALWAYS_OPEN, DaysOff
from stegvis.core.progression.dues import DECIDE_END, Due, Earlier
from stegvis.core.progression.events import patterns
from stegvis.core.progression.facts import Fact, Reason
from stegvis.core.progression.judgement import Judgement, judgement
from stegvis.core.progression.keeping import Kept, light, mark
from stegvis.core.progression.moves import Move, barred
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.programmes.facts import programmes
from stegvis.journey.standing import facts as standing
from stegvis.journey.standing.models import StepPeriod
from stegvis.journey.steps.models import StepDecision
from stegvis.platform.tenancy.scope import current


@dataclass(frozen=True)
class Standing:
    """One enrolment, judged on a day, with the decisions it was judged from, oldest first."""

    enrolment: Enrolment
    programme: Programme
    case: tuple[Fact, ...]
    judged: Judgement
    last: Fact | None = None

    @property
    def moves(self) -> list[Move]:
        """Of the primary ladder, those that a person may decide."""
        return [move for move in self._mine if not self._bars(move)]

    @property
    def barred(self) -> list[tuple[Move, Reason]]:
        """Those that the group set closes, with the reason (INV-14)."""
        several = [(move, self._bars(move)) for move in self._mine]
        return [(move, why) for move, why in several if why]

    @property
    def _mine(self) -> list[Move]:
        ladder = self.programme.primary.code
        return [move for move in self.judged.open_moves if move.ladder == ladder]

    def _bars(self, move: Move) -> Reason | None:
        return barred(self.programme, self.judged.road, move)

    @cached_property
    def period(self) -> StepPeriod | None:
        """The open period of the primary ladder. One query, once."""
        rows = StepPeriod.periods.standing().filter(
            enrolment=self.enrolment, ladder=self.programme.primary.code, until__isnull=True
        )
        return next(iter(rows.order_by()), None)  # one is open at most: nothing to put in order


RECORDED = frozenset(
    [
        "referral",
        "enrolment",
        "exit",
        "step",
        "pause",
        "screening",
        "category",
        "scale_reading",
        "income_source",
        "judgement",
        "assignment",
        "decision",
        # told by the rooms of the case worker's week (standing.actions.tell)
        "activity",
        "attendance",
        "barrier",
        "contact",
        "document",
        "event",
        "exception",
        "follow_up",
        "goal_review",
        "information",
        "job_goal",
        "mapping_closed",
        "observation",
        "outcome_check",
        "parallel_measure",
        "plan_agreed",
        "report",
        "resource",
        "self_rating",
        # told by this room and the room of standing
        "exemption",
        # told by the rooms of the working day
        "work_assignment",
        # told by the room of hours
        "hours",
        "self_support",
    ]
)
"""The kinds of facts that the rooms write down today."""


def recordable(event: str) -> bool:
    """Whether a cadence asks for something that can be written down here. What cannot is not asked
    for: a list that is late whatever one does teaches people not to read it."""
    return any(kind in RECORDED for kind, _wanted in patterns(event))


_WHAT = {"version": "migrate", "leave": "end"}


def case(enrolment: Enrolment) -> tuple[Fact, ...]:
    """Every dated fact of the enrolment, decisions included. One query."""
    return known([enrolment.pk])[enrolment.pk].facts


@dataclass(frozen=True, slots=True)
class Known:
    """What is written down of an enrolment, which version it went over from, on which day, and the
    `last` decision as it was read, that to stay too."""

    facts: tuple[Fact, ...]
    went_over: tuple[uuid.UUID, dt.date] | None = None
    last: Fact | None = None


_DECIDED = """
union all
select enrolment_id, effective_on, 'decision', null::date, jsonb_build_object(
       'kind', kind, 'ladder', ladder, 'to', to_step, 'version', programme_id,
       'made', created_at || ' ' || id){words}
  from steps_stepdecision where enrolment_id = any(%(keys)s)
"""
_DECISIONS = _DECIDED.format(
    words=" || jsonb_build_object('grounds', grounds, 'own_words', own_words)"
)
_CODES = _DECIDED.format(words="")  # nothing is judged by anybody's words


def known(enrolments: Iterable[uuid.UUID]) -> dict[uuid.UUID, Known]:
    """For many enrolments at once. One query."""
    found = standing.cases(enrolments, also=_DECISIONS)
    return {key: _told(facts) for key, facts in found.items()}


ON_LISTS = frozenset({"contact", "document", "event", "follow_up", "report"})
"""The kinds of facts that lists ask of a judgement beside what it says."""

KEPT = Kept(2000)
"""Of this process: docs/decisions/0049. Codes and days alone, no names and no words."""


def weighed(
    versions: Mapping[uuid.UUID, uuid.UUID], *, on: dt.date, off: DaysOff = ALWAYS_OPEN
) -> dict[uuid.UUID, Judgement]:
    """Many enrolments by their versions, judged for a list that knows ON_LISTS. What is known of
    them is asked of the database each time, behind its wall; whoever has been judged by just that
    is not judged again. One query."""
    texts = standing.told(versions, also=_CODES)
    here = current().tenant
    marks = {key: mark(text, version=versions[key], on=on, off=off) for key, text in texts.items()}
    found = {key: KEPT.find((here, key), under) for key, under in marks.items()}
    anew = {key: _told(standing.read(texts[key])) for key, one in found.items() if one is None}
    models = models_for({versions[key] for key in anew}, anew.values())
    for key, one in anew.items():
        judged = light(weigh(versions[key], one, models, on=on, off=off), ON_LISTS)
        KEPT.keep((here, key), marks[key], judged)
        found[key] = judged
    return {key: judged for key, judged in found.items() if judged is not None}


def _told(facts: tuple[Fact, ...]) -> Known:
    """The decisions as the core reads them; to stay moved nobody."""
    read = [fact for fact in facts if fact.kind == "decision" and "made" in fact.values]
    read.sort(key=lambda fact: fact.values["made"])
    decided = [_decided(fact) for fact in read if fact.values["kind"] != StepDecision.Kind.STAY]
    others = [fact for fact in facts if fact.kind != "decision" or "made" not in fact.values]
    ways = [(fact.values["kind"], uuid.UUID(fact.values["version"]), fact.on) for fact in read]
    together = sorted((*others, *decided), key=lambda fact: (fact.on, fact.kind))
    return Known(tuple(together), _went_over(ways), read[-1] if read else None)


def _decided(fact: Fact) -> Fact:
    said = {name: fact.values.get(name) for name in ("ladder", "to", "grounds", "own_words")}
    values = {"what": _WHAT.get(fact.values["kind"], "step"), **said}
    return replace(fact, values={name: value for name, value in values.items() if value})


def went_over(decisions: Iterable[StepDecision]) -> tuple[uuid.UUID, dt.date] | None:
    """The version before the last change of version, and the day of the change. What came before
    the first decision of all is not known, and then nothing is said."""
    return _went_over([(row.kind, row.programme_id, row.effective_on) for row in decisions])


def _went_over(
    ways: list[tuple[str, uuid.UUID, dt.date]],
) -> tuple[uuid.UUID, dt.date] | None:
    changes = [
        (before[1], row[2])
        for before, row in pairwise(ways)
        if row[0] == StepDecision.Kind.VERSION and before[1] != row[1]
    ]
    return changes[-1] if changes else None


def models_for(
    versions: Iterable[uuid.UUID], several: Iterable[Known]
) -> Mapping[uuid.UUID, Programme]:
    """The models of enrolments, and of those they went over from. At most one query."""
    before = {one.went_over[0] for one in several if one.went_over}
    return programmes({*versions, *before})


def weigh(
    version: uuid.UUID,
    one: Known,
    models: Mapping[uuid.UUID, Programme],
    *,
    on: dt.date,
    off: DaysOff = ALWAYS_OPEN,
) -> Judgement:
    before = None
    if one.went_over and one.went_over[0] in models:
        before = Earlier(models[one.went_over[0]], one.went_over[1])
    return judgement(models[version], one.facts, on, off=off, before=before)


def asked(judged: Judgement) -> Iterator[Due]:
    """What is due with a date and can be written down here."""
    events = {cadence.code: cadence.event for cadence in judged.programme.cadences}
    for one in judged.due:
        if one.by and (one.what == DECIDE_END or recordable(events[one.what])):
            yield one


def case_with(enrolment: Enrolment, decisions: Iterable[StepDecision]) -> tuple[Fact, ...]:
    """The same for a page that has read the decisions already. One query."""
    return _joined(standing.case(enrolment.pk), decisions)


def _joined(facts: tuple[Fact, ...], decisions: Iterable[StepDecision]) -> tuple[Fact, ...]:
    decided = tuple(_fact(row) for row in decisions if row.kind != StepDecision.Kind.STAY)
    return tuple(sorted((*facts, *decided), key=lambda fact: (fact.on, fact.kind)))


def _fact(row: StepDecision) -> Fact:
    values = {
        "what": _WHAT.get(row.kind, "step"),
        "ladder": row.ladder,
        "to": row.to_step,
        "grounds": row.grounds,
        "own_words": row.own_words,
    }
    said = {name: value for name, value in values.items() if value}
    return Fact(on=row.effective_on, kind="decision", values=said)


def judged(enrolment: Enrolment, *, on: dt.date) -> Standing:
    """As the lists and the person's page judge it. One query."""
    version, one = enrolment.programme_id, known([enrolment.pk])[enrolment.pk]
    models = models_for({version}, [one])
    found = weigh(version, one, models, on=on)
    return Standing(enrolment, models[version], one.facts, found, one.last)


def reporting_steps(programme: Programme) -> frozenset[str]:
    """The steps in which the programme asks for a report to whoever referred or enrolled."""
    codes: set[str] = set()
    for cadence in programme.cadences:
        if any(kind == "report" for kind, _wanted in patterns(cadence.event)):
            codes |= set(cadence.steps) or {step.code for step in programme.primary.steps}
    return frozenset(codes)


def lacks_report(stood: Standing) -> bool:
    """Whether the present step would be closed without the report it asks for (AJ-47)."""
    here = stood.judged.road.current(stood.programme.primary.code)
    if here is None or here.step not in reporting_steps(stood.programme):
        return False
    return not any(fact.kind == "report" and fact.on >= here.since for fact in stood.case)
