"""Core elements of a programme on one road: met, not met, not yet due; with what is still open.

An element not yet due is in no denominator. A step that was skipped has not failed (AJ-04)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from stegvis.core.programme.model import Element as Demand
from stegvis.core.programme.model import Programme, Step
from stegvis.core.progression.criteria import Judge
from stegvis.core.progression.facts import Reason
from stegvis.core.progression.measures import Finding, State
from stegvis.core.progression.road import Road, Stay
from stegvis.core.values.periods import add_months


class Fidelity(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    NOT_YET_DUE = "not_yet_due"


@dataclass(frozen=True, slots=True)
class Element:
    """`met` of `of` pieces of evidence are there. `of` 0: the model names none to look for."""

    code: str
    state: Fidelity
    because: Reason
    met: int
    of: int
    mandatory: bool
    pieces: tuple[tuple[str, Finding], ...] = ()
    """Each piece of evidence by its criterion, in the model's order."""
    known: bool = True
    """Whether records say. A piece nobody has answered, or a step that came from a list of before,
    leaves open whether the element was met: over many it is counted apart, never as a failing."""


def elements(
    programme: Programme, road: Road, *, judge: Judge | None = None
) -> tuple[Element, ...]:
    judge = judge or Judge(programme, road)
    places = {step.code: (ladder, step) for ladder in programme.ladders for step in ladder.steps}
    found = []
    for demand in programme.elements:
        ladder, step = places.get(demand.step or "", (None, None))
        stays = road.stays.get(ladder.code, ()) if ladder else ()
        found.append(_element(judge, demand, step, stays))
    return tuple(found)


def _element(judge: Judge, demand: Demand, step: Step | None, stays: tuple[Stay, ...]) -> Element:
    findings = {code: judge.finding(code, step) for code in demand.evidence}
    met = sum(finding.state == "met" for finding in findings.values())
    state, reason = _state(judge, demand, step, stays, findings=findings)
    known = state is not Fidelity.NOT_MET or _said(step, stays, findings)
    pieces = tuple(findings.items())
    return Element(demand.code, state, reason, met, len(findings), demand.mandatory, pieces, known)


def _said(step: Step | None, stays: tuple[Stay, ...], findings: dict[str, Finding]) -> bool:
    """Whether something is known to be lacking, of a step that was walked here."""
    own = [stay for stay in stays if step is not None and stay.step == step.code]
    if own and own[-1].imported:
        return False
    return any(finding.state is State.NOT_MET for finding in findings.values())


def _state(
    judge: Judge,
    demand: Demand,
    step: Step | None,
    stays: tuple[Stay, ...],
    *,
    findings: dict[str, Finding],
) -> tuple[Fidelity, Reason]:
    open_ones = [code for code, finding in findings.items() if finding.state != "met"]
    met, of = len(findings) - len(open_ones), len(findings)
    values = {"met": met, "of": of}
    if findings and not open_ones:
        return Fidelity.MET, Reason("element_met", values)
    waiting = _not_yet(judge, demand, step, stays)
    if waiting is None and _of_another_group(judge):
        waiting = Reason("element_other_group")
    if waiting is not None:
        return Fidelity.NOT_YET_DUE, waiting
    if not findings:
        return Fidelity.NOT_YET_DUE, Reason("element_no_evidence_named")
    if all(findings[code].because.code == "monthly_running" for code in open_ones):
        return Fidelity.NOT_YET_DUE, Reason("element_running", values)
    texts = tuple(judge.programme.criteria[code].texts for code in open_ones)
    return Fidelity.NOT_MET, Reason("element_not_met", {**values, "open": texts})


def _not_yet(
    judge: Judge, demand: Demand, step: Step | None, stays: tuple[Stay, ...]
) -> Reason | None:
    """Why an element cannot be asked for yet; None when it can."""
    road = judge.road
    began, ended = _home(judge, step, stays)
    if began is None:
        skipped = step is not None and any(step.code in stay.skipped for stay in stays)
        return Reason("element_skipped" if skipped else "element_ahead")
    span = {unit: _amount(judge.programme, value) for unit, value in demand.due_after.items()}
    if span:
        day = add_months(began, int(span.get("months", 0)))
        day += timedelta(weeks=span.get("weeks", 0), days=span.get("days", 0))
        if road.on < day and ended is None:
            return Reason("element_until", {"on": day})
        return None
    return None if ended is not None else Reason("element_in_step")


def _of_another_group(judge: Judge) -> bool:
    """Whether the person was screened, and never into a group for whom a step is open at all: what
    the programme delivers is not for them (FM-04)."""
    steps = (step for ladder in judge.programme.ladders for step in ladder.steps)
    asked = (judge.programme.criteria[code] for step in steps for code in step.entry)
    wanted = [one.needs for one in asked if one.measure == "category_is"]
    for needs in wanted:
        filed = judge.road.categories.get(str(needs["set"]), ())
        if filed and all(one.code != str(needs["category"]) for one in filed):
            return True
    return False


def _home(
    judge: Judge, step: Step | None, stays: tuple[Stay, ...]
) -> tuple[date | None, date | None]:
    """When the time an element belongs to began and ended: its step's, in the present attempt if
    the steps were begun anew; else the enrolment's."""
    if step is None:
        return judge.road.enrolled, judge.road.exited
    anew = judge.began_anew(step) or date.min
    own = [stay for stay in stays if stay.step == step.code and stay.since >= anew]
    if not own:
        return None, None
    return own[-1].since, own[-1].until


def _amount(programme: Programme, value: object) -> float:
    if isinstance(value, str) and value in programme.settings:
        value = programme.settings[value].value
    return value if isinstance(value, int | float) else 0
